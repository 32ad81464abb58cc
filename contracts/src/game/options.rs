//! `create_room.options` → how a room is set up.

use game_rules::{CompetingTypes, RuleSet, RuleSetError};
use serde_json::json;
use vocabulary::{Pace, RoomOptions};

use super::decode::DIFFICULTIES;
use crate::{Malformed, fields::Fields};

const PACES: [(&str, Pace); 3] = [("normal", Pace::Normal), ("fast", Pace::Fast), ("instant", Pace::Instant)];
const COMPETING: [(&str, CompetingTypes); 2] =
    [("leader_type", CompetingTypes::LeaderType), ("any_type", CompetingTypes::AnyType)];

/// Reads `is_public` and `options` of `create_room`; what is missing stays as the server has it.
pub(super) fn read(data: &Fields<'_>, defaults: &RoomOptions) -> Result<RoomOptions, Malformed> {
    let public = data.optional_flag("is_public")?.unwrap_or(defaults.public);
    let Some(options) = data.optional_object("options")? else {
        return Ok(RoomOptions { public, ..*defaults });
    };
    let timeout = options.optional_integer("turn_timeout_seconds", 1, 3_600)?;
    Ok(RoomOptions {
        public,
        fill_with_bots: options.optional_flag("fill_with_bots")?.unwrap_or(defaults.fill_with_bots),
        difficulty: options.optional_word("bot_difficulty", &DIFFICULTIES)?.unwrap_or(defaults.difficulty),
        turn_timeout_seconds: timeout
            .and_then(|seconds| u32::try_from(seconds).ok())
            .unwrap_or(defaults.turn_timeout_seconds),
        pace: options.optional_word("pace", &PACES)?.unwrap_or(defaults.pace),
        rules: match options.optional_object("rules")? {
            Some(fields) => rules(&fields, defaults.rules)?,
            None => defaults.rules,
        },
    })
}

fn rules(fields: &Fields<'_>, mut rules: RuleSet) -> Result<RuleSet, Malformed> {
    if let Some(points) = fields.optional_integer("target_score", 0, u64::from(u16::MAX))? {
        let points = u16::try_from(points).unwrap_or(u16::MAX);
        rules = rules.with_target_score(points).map_err(|error| beyond(fields, &error))?;
    }
    if let Some(rounds) = limit(fields, "max_rounds")? {
        rules = rules.with_max_rounds(rounds).map_err(|error| beyond(fields, &error))?;
    }
    if let Some(competing) = fields.optional_word("competing_types", &COMPETING)? {
        rules = rules.with_competing_types(competing);
    }
    if let Some(zeros) = limit(fields, "zero_streak_limit")? {
        rules = rules.with_zero_streak_limit(zeros).map_err(|error| beyond(fields, &error))?;
    }
    if let Some(total) = limit(fields, "forbid_total")? {
        rules = rules.with_forbid_total(total).map_err(|error| beyond(fields, &error))?;
    }
    Ok(rules)
}

/// A limit that `null` takes away; the outer `None` is a field that is not there.
fn limit(fields: &Fields<'_>, field: &str) -> Result<Option<Option<u8>>, Malformed> {
    if fields.is_null(field) {
        return Ok(Some(None));
    }
    let number = fields.optional_integer(field, 0, u64::from(u8::MAX))?;
    Ok(number.map(|number| u8::try_from(number).ok()))
}

fn beyond(fields: &Fields<'_>, error: &RuleSetError) -> Malformed {
    Malformed::OutOfRange {
        field: fields.path(error.rule),
        problem: format!("is not between {} and {}", error.min, error.max),
        allowed: json!({ "min": error.min, "max": error.max }),
    }
}
