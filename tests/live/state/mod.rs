//! Contract state, a test per clause.

mod connecting;
