//! What follows from a position without playing on: the plays that it allows, and what hands, plays and points are
//! worth.

pub(crate) mod choices;
pub(crate) mod follow;
pub(crate) mod hand_value;
pub(crate) mod lead;
pub(crate) mod need;
pub(crate) mod odds;
pub(crate) mod position;
pub(crate) mod stakes;
pub(crate) mod strength;
pub(crate) mod win_probability;
