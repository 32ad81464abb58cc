//! What one client may do to the server, and what it may not.

mod abuse;
mod heartbeat;
mod ordinary_pages;
mod slow_readers;
mod work;
