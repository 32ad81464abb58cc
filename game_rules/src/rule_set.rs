//! The variants of the game (the rules: Variants).

use serde::{Deserialize, Serialize};

use crate::CompetingTypes;

/// The rules of a game, chosen once, when its room is created. [`Default`] is the usual game.
///
/// ```
/// use game_rules::RuleSet;
///
/// let short = RuleSet::default().with_target_score(30)?.with_max_rounds(Some(5))?;
/// assert_eq!(short.target_score(), 30);
/// assert!(short.with_target_score(9).is_err());
/// # Ok::<(), game_rules::RuleSetError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "Fields", into = "Fields")]
pub struct RuleSet {
    target_score: u16,
    max_rounds: Option<u8>,
    competing_types: CompetingTypes,
    zero_streak_limit: Option<u8>,
    forbid_total: Option<u8>,
}

impl Default for RuleSet {
    fn default() -> Self {
        Self {
            target_score: 50,
            max_rounds: Some(20),
            competing_types: CompetingTypes::LeaderType,
            zero_streak_limit: Some(2),
            forbid_total: Some(8),
        }
    }
}

impl RuleSet {
    /// The total that ends the game, 10 to 200 points; default 50.
    pub const fn target_score(&self) -> u16 {
        self.target_score
    }

    /// The last round, 1 to 100; default 20. `None`: only a total ends the game, or round 65,535.
    pub const fn max_rounds(&self) -> Option<u8> {
        self.max_rounds
    }

    /// Which plays compete with the leader's.
    pub const fn competing_types(&self) -> CompetingTypes {
        self.competing_types
    }

    /// How many times in a row a seat may declare zero, 1 to 10; default 2. `None`: any number of times.
    pub const fn zero_streak_limit(&self) -> Option<u8> {
        self.zero_streak_limit
    }

    /// The total that the fourth declaration may not make, 1 to 32; default 8. `None`: every total is allowed.
    pub const fn forbid_total(&self) -> Option<u8> {
        self.forbid_total
    }

    /// Whether a game by these rules is at least as long as one by the default rules: neither its target nor its last
    /// round is lower.
    pub fn is_full_length(&self) -> bool {
        let default = Self::default();
        let rounds = |rules: &Self| rules.max_rounds.map_or(u16::MAX, u16::from);
        self.target_score >= default.target_score && rounds(self) >= rounds(&default)
    }

    /// The same rules with a different target, 10 to 200 points.
    ///
    /// # Errors
    /// If the number is out of range.
    pub fn with_target_score(self, points: u16) -> Result<Self, RuleSetError> {
        within("target_score", 10, 200, points)?;
        Ok(Self { target_score: points, ..self })
    }

    /// The same rules with a different last round, 1 to 100, or without one.
    ///
    /// # Errors
    /// If the number is out of range.
    pub fn with_max_rounds(self, rounds: Option<u8>) -> Result<Self, RuleSetError> {
        within_if_some("max_rounds", 100, rounds)?;
        Ok(Self { max_rounds: rounds, ..self })
    }

    /// The same rules with different competing types.
    #[must_use]
    pub const fn with_competing_types(self, competing_types: CompetingTypes) -> Self {
        Self { competing_types, ..self }
    }

    /// The same rules with a different limit of zeros in a row, 1 to 10, or without one.
    ///
    /// # Errors
    /// If the number is out of range.
    pub fn with_zero_streak_limit(self, limit: Option<u8>) -> Result<Self, RuleSetError> {
        within_if_some("zero_streak_limit", 10, limit)?;
        Ok(Self { zero_streak_limit: limit, ..self })
    }

    /// The same rules with a different forbidden total, 1 to 32, or without one.
    ///
    /// # Errors
    /// If the number is out of range.
    pub fn with_forbid_total(self, total: Option<u8>) -> Result<Self, RuleSetError> {
        within_if_some("forbid_total", 32, total)?;
        Ok(Self { forbid_total: total, ..self })
    }
}

fn within(rule: &'static str, min: u16, max: u16, value: u16) -> Result<(), RuleSetError> {
    if (min..=max).contains(&value) { Ok(()) } else { Err(RuleSetError { rule, min, max }) }
}

fn within_if_some(rule: &'static str, max: u16, value: Option<u8>) -> Result<(), RuleSetError> {
    value.map_or(Ok(()), |value| within(rule, 1, max, value.into()))
}

/// A rule is out of its range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{rule} is not between {min} and {max}")]
pub struct RuleSetError {
    /// The rule's name, such as `target_score`.
    pub rule: &'static str,
    /// The lowest legal value.
    pub min: u16,
    /// The highest legal value.
    pub max: u16,
}

/// The rules as a record holds them, not yet checked. A missing field has its default, so that records from before a
/// rule was added still load.
#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Fields {
    target_score: u16,
    max_rounds: Option<u8>,
    competing_types: CompetingTypes,
    zero_streak_limit: Option<u8>,
    forbid_total: Option<u8>,
}

impl Default for Fields {
    fn default() -> Self {
        RuleSet::default().into()
    }
}

impl From<RuleSet> for Fields {
    fn from(rules: RuleSet) -> Self {
        let RuleSet { target_score, max_rounds, competing_types, zero_streak_limit, forbid_total } = rules;
        Self { target_score, max_rounds, competing_types, zero_streak_limit, forbid_total }
    }
}

impl TryFrom<Fields> for RuleSet {
    type Error = RuleSetError;

    fn try_from(fields: Fields) -> Result<Self, Self::Error> {
        Self::default()
            .with_competing_types(fields.competing_types)
            .with_target_score(fields.target_score)?
            .with_max_rounds(fields.max_rounds)?
            .with_zero_streak_limit(fields.zero_streak_limit)?
            .with_forbid_total(fields.forbid_total)
    }
}
