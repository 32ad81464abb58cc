//! Clients of a Liap Tui server.
//!
//! - [`Dial`] and [`Socket`]: a WebSocket with time limits, in any contract.
//! - [`game`], [`battles`], [`state`], [`chat`], [`live_log`]: the messages of each contract, from the contracts' own types.
//! - [`Seat`]: a seat in contract *game* or *battles* that survives a lost connection; [`mind::Mind`] can play it.
//! - [`Http`]: plain requests, with registration and login.
//! - [`load`]: a load generator.
//! - [`process`]: a server as a process, for tests.
//!
//! # A game against three bots
//! ```no_run
//! use clients::{
//!     Dial, Seat, What,
//!     dialect::Names,
//!     game::{CreateRoom, Options},
//!     mind::Mind,
//! };
//! use vocabulary::{Difficulty, Pace};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let dial = Dial::to("ws://127.0.0.1:8000".parse()?);
//! let options = Options { pace: Some(Pace::Instant), ..Options::default() };
//! let (room_name, player_name) = ("Example".to_owned(), "Ann".to_owned());
//! let room = CreateRoom { room_name, player_name, is_public: None, options: Some(options) };
//! let mut seat = Seat::create(dial, room).await?;
//! seat.start().await;
//!
//! let (dialect, mut mind, mut names) = (seat.dialect(), Mind::new(Difficulty::Medium, 1), Names::default());
//! loop {
//!     let Ok(heard) = seat.next().await else {
//!         // The connection is lost: take the seat again. The missed events are in `back.missed`.
//!         let _back = seat.come_back().await?;
//!         seat.send_again().await;
//!         continue;
//!     };
//!     match heard.what {
//!         What::Started => {
//!             names = dialect.names(&heard.text).unwrap_or_default();
//!             names.seat(seat.name()).into_iter().for_each(|own| mind.sits_at(own));
//!         }
//!         What::Hand => dialect.hand(&heard.text).into_iter().for_each(|hand| mind.holds(hand)),
//!         What::Stands => {
//!             let Some(standing) = dialect.standing(&heard.text, &names, seat.name()) else { continue };
//!             mind.stands(&standing);
//!             if let Some(ask) = standing.ask {
//!                 let action = mind.decide(&standing, ask, seat.last());
//!                 seat.act(action).await;
//!             }
//!         }
//!         What::Over => return Ok(()),
//!         _ => {}
//!     }
//! }
//! # }
//! ```

mod address;
pub mod battles;
pub mod chat;
pub mod dialect;
pub mod game;
mod http;
pub mod live_log;
pub mod load;
pub mod mind;
pub mod process;
mod seat;
mod socket;
pub mod state;

pub use self::{
    address::{InvalidAddress, ServerAddress},
    dialect::{Dialect, What},
    http::{Answer, Http, HttpError},
    seat::{Heard, Return, Seat, SeatError},
    socket::{ConnectError, Dial, End, Socket},
};

/// A message as the text to send. Messages hold strings, numbers and lists, which are always JSON.
fn text(message: &impl serde::Serialize) -> String {
    serde_json::to_string(message).unwrap_or_default()
}
