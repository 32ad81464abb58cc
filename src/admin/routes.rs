//! The operations for operators.

use super::{analytics, bans, broadcast, maintenance, rooms, users};
use crate::rest::endpoint::{Endpoint, endpoints};

pub(crate) const ENDPOINTS: &[Endpoint] = endpoints![
    Others: rooms::list;
    Others: rooms::close, NotFound = "There is no such room";
    Others: bans::list;
    Others: bans::ban, NotFound = "There is no such account, connection or person", OwnAccount, OwnAddress;
    Others: bans::lift, NotFound = "There is no such ban";
    Others: bans::disconnect, NotFound = "There is no such account, connection or person";
    Others: broadcast::broadcast;
    Others: broadcast::current, NotFound = "There is no current announcement";
    Others: broadcast::withdraw, NotFound = "There is no current announcement";
    Others: maintenance::plan;
    Others: maintenance::planned, NotFound = "No pause is planned";
    Others: maintenance::end, NotFound = "No pause is planned";
    Others: analytics::analytics;
    Others: users::find;
    Others: users::block, NotFound = "There is no account with this id", OwnAccount;
    Others: users::unblock, NotFound = "There is no account with this id";
    Others: users::reset_password, NotFound = "There is no account with this id";
];
