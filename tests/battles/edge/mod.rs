//! What stands between the network and the handlers, over real sockets.

mod cross_origin;
mod headers;
mod limits;
mod mistakes;
mod page;
mod proxies;
mod time;
mod tls;
mod upgrades;
mod unread;
