//! What stands between the network and the handlers, over real sockets.

mod cross_origin;
mod crowd;
mod handshakes;
mod headers;
mod hosts;
mod limits;
mod mistakes;
mod noise;
mod nul;
mod page;
mod plain_http;
mod proxies;
mod renewal;
mod request_ids;
mod time;
mod tls;
mod unread;
mod upgrades;
