//! What stands between the network and the handlers, over real sockets.

mod cross_origin;
mod handshakes;
mod headers;
mod hosts;
mod limits;
mod mistakes;
mod noise;
mod page;
mod proxies;
mod time;
mod tls;
mod unread;
mod upgrades;
