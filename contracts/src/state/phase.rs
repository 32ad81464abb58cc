//! The names of the phases.

use game_rules::PhaseKind;

/// The phases' names, in their order.
pub(super) const PHASES: [&str; 6] = ["not_started", "preparation", "declaration", "turn", "scoring", "game_over"];

/// The phase's name on the wire; `None` is the time before the start.
pub(super) const fn phase_name(phase: Option<PhaseKind>) -> &'static str {
    match phase {
        None => PHASES[0],
        Some(PhaseKind::Preparation) => PHASES[1],
        Some(PhaseKind::Declaration) => PHASES[2],
        Some(PhaseKind::Turn) => PHASES[3],
        Some(PhaseKind::Scoring) => PHASES[4],
        Some(PhaseKind::Over) => PHASES[5],
    }
}
