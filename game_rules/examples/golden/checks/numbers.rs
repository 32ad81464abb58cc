//! `declares` and `scores`: the legal declarations, and their points.

use game_rules::{Declaration, DeclarationTurn, RuleSet, base_score};
use serde::Deserialize;

use super::{Checked, Verdict, same};

/// The legal declarations of one seat.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Options {
    declared_total: u8,
    is_last: bool,
    zero_streak: u8,
    options: Vec<u8>,
}

pub(super) fn check_declaration(row: &Options) -> Checked {
    // Every seat but the last has the same options as the first.
    let declared = if row.is_last { 3 } else { 0 };
    let turn = DeclarationTurn { total: row.declared_total, declared, zero_streak: row.zero_streak };
    let legal: Vec<u8> = turn.legal(&RuleSet::default()).iter().map(Declaration::value).collect();
    same("options", &legal, &row.options)?;
    Ok(Verdict::Passed)
}

/// The points of a declaration and the piles won.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Score {
    declared: u8,
    actual: u8,
    multiplier: i32,
    base: i32,
    score: i32,
}

pub(super) fn check_score(row: &Score) -> Checked {
    let declared = Declaration::new(row.declared).ok_or_else(|| format!("{} is no declaration", row.declared))?;
    let base = base_score(declared, row.actual);
    same("base", base, row.base)?;
    same("score", base * row.multiplier, row.score)?;
    Ok(Verdict::Passed)
}
