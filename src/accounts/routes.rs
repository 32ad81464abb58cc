//! The operations of accounts.

use super::{auth, users};
use crate::rest::endpoint::{Endpoint, endpoints};

pub(crate) const ENDPOINTS: &[Endpoint] = endpoints![
    Authentication: auth::register, UsernameTaken, Unavailable;
    Login: auth::login, InvalidCredentials, Banned, Unavailable;
    Authentication: auth::refresh, Unauthorized = "The refresh token is unknown, used, revoked or expired", Unavailable;
    Authentication: auth::logout, Unavailable;
    Login: auth::token, InvalidCredentials, Banned, Unavailable;
    Others: users::me;
    Others: users::change, InvalidCredentials = "The current password is wrong",
        NameTaken = "Another account has this name, or one that can be mistaken for it",
        RateLimited = "Too many requests; attempts on the password count as logins";
    Others: users::other, NotFound = "There is no account with this id";
];
