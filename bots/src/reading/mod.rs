//! What a policy reads out of a position: which plays there are, and what hands, plays and points are worth.

pub(crate) mod choices;
pub(crate) mod follow;
pub(crate) mod lead;
pub(crate) mod need;
pub(crate) mod odds;
pub(crate) mod position;
pub(crate) mod prospect;
pub(crate) mod race;
pub(crate) mod stakes;
pub(crate) mod strength;
