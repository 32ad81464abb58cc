//! A room as a value: a fold over its facts, without an actor, a clock or a store.
//!
//! A [`Fact`] is one thing that happened to a room. [`State::apply`] is the one place where a room changes; it returns the
//! numbered notices that follow. Everything else is a function of facts: the [`History`] of a live room, [`Kept`] rooms
//! after a restart, the [`replay`] of a finished game, and their bytes in a journal ([`codec`]).

mod answers;
mod claim;
pub mod codec;
mod digest;
mod fact;
mod founding;
mod history;
mod kept;
pub mod replay;
mod result;
mod state;
mod view;

pub use answers::{Answer, Answers, Recall, first_heard};
pub use claim::Claim;
pub use digest::EventDigest;
pub use fact::{AccountJoined, Entry, Fact, Joined, NetworkMark, Numbered, Started};
pub use founding::Founding;
pub use history::{History, Moment, Past};
pub use kept::Kept;
pub use result::{GameResult, PlayerResult};
pub use state::{Keeping, Narration, Removal, Stage, State, Unfitting, who};
pub use view::RoomView;
