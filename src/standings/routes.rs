//! The operations on standings.

use super::views;
use crate::rest::endpoint::{Endpoint, endpoints};

pub(crate) const ENDPOINTS: &[Endpoint] = endpoints![
    Others: views::stats, NotFound = "There is no account with this id";
    Others: views::games;
    Others: views::leaderboard;
];
