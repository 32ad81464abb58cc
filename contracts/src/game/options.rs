//! `create_room.options` → how a room is set up.

use vocabulary::RoomOptions;

use crate::{
    Malformed,
    fields::Fields,
    options::{Names, Wishes},
};

const NAMES: Names = Names {
    fill_with_bots: "fill_with_bots",
    bot_difficulty: "bot_difficulty",
    turn_timeout_seconds: "turn_timeout_seconds",
    pace: "pace",
    rules: "rules",
    target_score: "target_score",
    max_rounds: "max_rounds",
    competing_types: "competing_types",
    zero_streak_limit: "zero_streak_limit",
    forbid_total: "forbid_total",
};

/// Reads `is_public` and `options` of `create_room`; what is missing stays as the server has it.
pub(super) fn read(data: &Fields<'_>, defaults: &RoomOptions) -> Result<RoomOptions, Malformed> {
    let public = data.optional_flag("is_public")?.unwrap_or(defaults.public);
    let wishes = match data.optional_object("options")? {
        Some(options) => Wishes::read(&options, &NAMES)?,
        None => Wishes::default(),
    };
    Ok(RoomOptions { public, ..wishes.fulfilled(defaults) })
}
