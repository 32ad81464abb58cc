//! What points make of a guild.

/// The points of one level.
const LEVEL: i64 = 500;
/// The tiers, the best first, each with the points from which on a guild is in it.
const TIERS: [(i64, &str); 4] = [(50_000, "Tier 1"), (10_000, "Tier 2"), (2_000, "Tier 3"), (500, "Tier 4")];

/// The level of a guild, from 1.
pub(super) fn level(points: i64) -> i64 {
    1 + points.max(0) / LEVEL
}

pub(super) fn tier(points: i64) -> &'static str {
    TIERS.iter().find(|(from, _)| points >= *from).map_or("Tier 5", |(_, tier)| tier)
}
