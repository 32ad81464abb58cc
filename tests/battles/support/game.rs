//! Contract *game* beside this one: the people of its own tests.
#![expect(dead_code, reason = "its own tests use all of it")]

use super::{DEADLINE, schemas, within};

#[path = "../../service/support/connection.rs"]
mod connection;
#[path = "../../service/support/guest.rs"]
mod guest;

pub(crate) use self::{connection::Connection, guest::Guest};
