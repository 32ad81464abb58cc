//! What one client may do to the server, and what it may not.

mod abuse;
mod disk;
mod experts;
mod heartbeat;
mod live_log;
mod ordinary_pages;
mod rooms;
mod slow_readers;
mod work;
