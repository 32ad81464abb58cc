//! What one client may do to the server, and what it may not.

mod abuse;
mod experts;
mod heartbeat;
mod rooms;
mod slow_readers;
mod work;
