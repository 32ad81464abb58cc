//! Players of the arena that no room can seat: they show how good the levels are.

pub(crate) mod baseline;
pub(crate) mod clairvoyant;
pub(crate) mod original;
