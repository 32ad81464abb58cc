//! Contract live_log, a test per clause.

mod connecting;
