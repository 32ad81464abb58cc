//! Contract chat, a test per clause.

mod connecting;
