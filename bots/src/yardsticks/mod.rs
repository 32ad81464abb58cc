//! Players of the arena that no room can seat: the levels are measured against them.

pub(crate) mod baseline;
pub(crate) mod clairvoyant;
pub(crate) mod original;
