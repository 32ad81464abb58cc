//! What a change of phase tells: a round's beginning, who won a turn, the scores.

use clients::game::server::{LastTurn, PhaseChange, PhaseData};

use super::{player::Player, words};

impl Player {
    /// Takes in how the game stands now.
    pub(super) fn phase_change(&mut self, change: PhaseChange<'static>) {
        let old_round = self.table.game.round_number;
        let old_phase = std::mem::replace(&mut self.table.phase, change.phase_data);
        self.table.game = change.game_state;
        let lines = self.phase_lines(&old_phase, old_round);
        lines.into_iter().for_each(|line| self.tell(line));
    }

    fn phase_lines(&mut self, old: &PhaseData<'_>, old_round: u32) -> Vec<String> {
        let round = self.table.game.round_number;
        let mut lines = Vec::new();
        if round != old_round {
            lines.push(String::new());
            lines.push(self.paint.bold(&format!("=== Round {round} ===")));
        }
        match &self.table.phase {
            PhaseData::Preparation(now) => {
                if now.redeal_multiplier > multiplier(old) && round == old_round {
                    lines.push(format!(
                        "The pieces are dealt again; the round's points count times {}.",
                        now.redeal_multiplier
                    ));
                }
                let others: Vec<_> = now.weak_hands.iter().filter(|name| **name != self.table.own_name).collect();
                let is_known = matches!(old, PhaseData::Preparation(old)
                    if old.weak_hands == now.weak_hands && old.redeal_multiplier == now.redeal_multiplier);
                if !is_known && !others.is_empty() {
                    lines.push(format!("A weak hand, and the choice to deal again: {}.", words::and(&others)));
                }
            }
            PhaseData::Declaration(now) if now.declarations.0.is_empty() => {
                lines.push(format!(
                    "{} first and {} the first turn.",
                    self.table.does(&now.current_player, "declare"),
                    lead(self.table.who(&now.current_player))
                ));
            }
            PhaseData::Turn(now) => lines.extend(self.turn_line(now.last_turn.as_ref())),
            PhaseData::Scoring(now) => {
                lines.extend(self.turn_line(now.last_turn.as_ref()));
                lines.push(String::new());
                lines.extend(self.table.round_lines(&now.round_scores, self.paint));
                if now.redeal_multiplier > 1 {
                    lines.push(format!(
                        "  (After redeals, the points of this round counted times {}.)",
                        now.redeal_multiplier
                    ));
                }
            }
            _ => {}
        }
        if let Some(told) = self.last_told() {
            self.told_turn = Some(told);
        }
        lines
    }

    /// The turn before, unless it was told already.
    fn turn_line(&self, last: Option<&LastTurn<'_>>) -> Option<String> {
        let last = last?;
        let told = self.told_turn == Some((self.table.game.round_number, last.turn_number));
        let piles = words::count(last.piles, "pile");
        (!told).then(|| format!("{} the turn and {piles}.", self.table.does(&last.winner, "win")))
    }

    fn last_told(&self) -> Option<(u32, u8)> {
        let last = match &self.table.phase {
            PhaseData::Turn(now) => now.last_turn.as_ref(),
            PhaseData::Scoring(now) => now.last_turn.as_ref(),
            _ => None,
        };
        Some((self.table.game.round_number, last?.turn_number))
    }
}

fn lead(who: &str) -> &'static str {
    if who == "You" { "lead" } else { "leads" }
}

fn multiplier(phase: &PhaseData<'_>) -> u32 {
    match phase {
        PhaseData::Preparation(now) => now.redeal_multiplier,
        _ => 1,
    }
}
