//! The options of a room as clients send them: the same ranges and words in every contract, under each one's field
//! names.

use game_rules::{CompetingTypes, RuleSet, RuleSetError};
use serde_json::json;
use vocabulary::{Difficulty, Pace, RoomOptions};

use crate::{Malformed, fields::Fields};

/// The levels by their names on the wire.
pub(crate) fn difficulties() -> [(&'static str, Difficulty); 4] {
    Difficulty::ALL.map(|level| (level.as_str(), level))
}

const COMPETING: [(&str, CompetingTypes); 2] =
    [("leader_type", CompetingTypes::LeaderType), ("any_type", CompetingTypes::AnyType)];

/// The names of the fields in a contract.
pub(crate) struct Names {
    pub(crate) fill_with_bots: &'static str,
    pub(crate) bot_difficulty: &'static str,
    pub(crate) turn_timeout_seconds: &'static str,
    pub(crate) pace: &'static str,
    pub(crate) rules: &'static str,
    pub(crate) target_score: &'static str,
    pub(crate) max_rounds: &'static str,
    pub(crate) competing_types: &'static str,
    pub(crate) zero_streak_limit: &'static str,
    pub(crate) forbid_total: &'static str,
}

/// The options that a client sets; the others keep the server's default.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Changes {
    fill_with_bots: Option<bool>,
    difficulty: Option<Difficulty>,
    turn_timeout_seconds: Option<u32>,
    pace: Option<Pace>,
    rules: RuleChanges,
}

/// The rules that a client sets; an inner `None` removes a limit.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct RuleChanges {
    target_score: Option<u16>,
    max_rounds: Option<Option<u8>>,
    competing_types: Option<CompetingTypes>,
    zero_streak_limit: Option<Option<u8>>,
    forbid_total: Option<Option<u8>>,
}

impl Changes {
    /// Decodes them; missing fields keep the default.
    pub(crate) fn read(fields: &Fields<'_>, names: &Names) -> Result<Self, Malformed> {
        let timeout = fields.optional_integer(names.turn_timeout_seconds, 1, 3_600)?;
        Ok(Self {
            turn_timeout_seconds: timeout.and_then(|seconds| u32::try_from(seconds).ok()),
            fill_with_bots: fields.optional_flag(names.fill_with_bots)?,
            difficulty: fields.optional_word(names.bot_difficulty, &difficulties())?,
            pace: fields.optional_word(names.pace, &Pace::ALL.map(|pace| (pace.as_str(), pace)))?,
            rules: match fields.optional_object(names.rules)? {
                Some(fields) => RuleChanges::read(&fields, names)?,
                None => RuleChanges::default(),
            },
        })
    }

    /// The options of the room.
    pub(crate) fn applied_to(&self, defaults: &RoomOptions) -> RoomOptions {
        RoomOptions {
            public: defaults.public,
            fill_with_bots: self.fill_with_bots.unwrap_or(defaults.fill_with_bots),
            difficulty: self.difficulty.unwrap_or(defaults.difficulty),
            turn_timeout_seconds: self.turn_timeout_seconds.unwrap_or(defaults.turn_timeout_seconds),
            pace: self.pace.unwrap_or(defaults.pace),
            // Each was checked when it was read, and none depends on another.
            rules: self.rules.applied_to(defaults.rules).unwrap_or(defaults.rules),
        }
    }
}

impl RuleChanges {
    fn read(fields: &Fields<'_>, names: &Names) -> Result<Self, Malformed> {
        let points = fields.optional_integer(names.target_score, 0, u64::from(u16::MAX))?;
        let changes = Self {
            target_score: points.and_then(|points| u16::try_from(points).ok()),
            max_rounds: limit(fields, names.max_rounds)?,
            competing_types: fields.optional_word(names.competing_types, &COMPETING)?,
            zero_streak_limit: limit(fields, names.zero_streak_limit)?,
            forbid_total: limit(fields, names.forbid_total)?,
        };
        match changes.applied_to(RuleSet::default()) {
            Ok(_) => Ok(changes),
            Err(error) => Err(beyond(fields, names, &error)),
        }
    }

    fn applied_to(&self, mut rules: RuleSet) -> Result<RuleSet, RuleSetError> {
        if let Some(points) = self.target_score {
            rules = rules.with_target_score(points)?;
        }
        if let Some(rounds) = self.max_rounds {
            rules = rules.with_max_rounds(rounds)?;
        }
        if let Some(competing) = self.competing_types {
            rules = rules.with_competing_types(competing);
        }
        if let Some(zeros) = self.zero_streak_limit {
            rules = rules.with_zero_streak_limit(zeros)?;
        }
        if let Some(total) = self.forbid_total {
            rules = rules.with_forbid_total(total)?;
        }
        Ok(rules)
    }
}

/// A limit that `null` removes; the outer `None` is a missing field.
fn limit(fields: &Fields<'_>, field: &str) -> Result<Option<Option<u8>>, Malformed> {
    if fields.is_null(field) {
        return Ok(Some(None));
    }
    let number = fields.optional_integer(field, 0, u64::from(u8::MAX))?;
    Ok(number.map(|number| u8::try_from(number).ok()))
}

fn beyond(fields: &Fields<'_>, names: &Names, error: &RuleSetError) -> Malformed {
    let field = match error.rule {
        "target_score" => names.target_score,
        "max_rounds" => names.max_rounds,
        "zero_streak_limit" => names.zero_streak_limit,
        "forbid_total" => names.forbid_total,
        other => other,
    };
    Malformed::OutOfRange {
        field: fields.path(field),
        problem: format!("is not between {} and {}", error.min, error.max),
        allowed: json!({ "min": error.min, "max": error.max }),
    }
}
