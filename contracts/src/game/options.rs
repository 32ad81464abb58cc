//! `create_room.options` → the options of a room.

use vocabulary::RoomOptions;

use crate::{
    Malformed,
    fields::Fields,
    options::{Changes, Names},
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

/// Decodes `is_public` and `options` of `create_room`; missing fields keep the server's default.
pub(super) fn read(data: &Fields<'_>, defaults: &RoomOptions) -> Result<RoomOptions, Malformed> {
    let public = data.optional_flag("is_public")?.unwrap_or(defaults.public);
    let changes = match data.optional_object("options")? {
        Some(options) => Changes::read(&options, &NAMES)?,
        None => Changes::default(),
    };
    Ok(RoomOptions { public, ..changes.applied_to(defaults) })
}
