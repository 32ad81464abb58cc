//! Contract *game* beside this one: the people of its own tests.

#[expect(dead_code, reason = "its own tests use all of it")]
#[path = "../../service/support/guest.rs"]
mod guest;

pub(crate) use self::guest::Guest;
pub(crate) use super::Connection;
