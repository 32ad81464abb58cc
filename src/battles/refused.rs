//! Refusals about battles, and ids from addresses and accounts.

use store::Account;
use vocabulary::{Denial, Name, RoomId};

use crate::rest::answer::Refused;

/// The id of a battle. A text that is not a valid id belongs to no battle.
pub(super) fn battle_id(text: &str) -> Result<RoomId, Refused> {
    text.parse().map_err(|_| no_such_battle(text))
}

pub(super) fn no_such_battle(text: &str) -> Refused {
    let room = text.chars().take(64).collect();
    Denial::RoomNotFound { room }.into()
}

pub(super) fn not_seated() -> Refused {
    Denial::NotInRoom.into()
}

/// The names under which an account may join, the preferred one first.
pub(super) fn names(account: &Account) -> [Name; 2] {
    [&account.display_name, &account.username].map(|name| Name::stored(name))
}
