//! What a change of phase tells: a round's beginning, who won a turn, the scores.

use super::{
    player::Player,
    wire::{LastTurn, Phase, PhaseChange},
    words,
};

impl Player {
    /// Takes in how the game stands now.
    pub(super) fn phase_change(&mut self, change: PhaseChange) {
        let old_round = self.table.game.round_number;
        let old_phase = std::mem::replace(&mut self.table.phase, change.phase);
        self.table.game = change.game_state;
        let lines = self.phase_lines(&old_phase, old_round);
        lines.into_iter().for_each(|line| self.tell(line));
    }

    fn phase_lines(&mut self, old: &Phase, old_round: u32) -> Vec<String> {
        let round = self.table.game.round_number;
        let mut lines = Vec::new();
        if round != old_round {
            lines.push(String::new());
            lines.push(self.paint.bold(&format!("=== Round {round} ===")));
        }
        match &self.table.phase {
            Phase::Preparation { weak_hands, redeal_multiplier, .. } => {
                if *redeal_multiplier > multiplier(old) && round == old_round {
                    lines.push(format!(
                        "The pieces are dealt again; the round's points count times {redeal_multiplier}."
                    ));
                }
                let others: Vec<_> = weak_hands.iter().filter(|name| **name != self.table.own_name).collect();
                let is_news = !matches!(old, Phase::Preparation { weak_hands: old, redeal_multiplier: before, .. } if old == weak_hands && before == redeal_multiplier);
                if is_news && !others.is_empty() {
                    lines.push(format!("A weak hand, and the choice to deal again: {}.", words::and(&others)));
                }
            }
            Phase::Declaration { current_player, declarations, .. } if declarations.is_empty() => {
                lines.push(format!(
                    "{} first and {} the first turn.",
                    self.table.does(current_player, "declare"),
                    lead(self.table.who(current_player))
                ));
            }
            Phase::Turn { last_turn, .. } => {
                self.turn_line(last_turn.as_ref()).into_iter().for_each(|line| lines.push(line))
            }
            Phase::Scoring { last_turn, round_scores, redeal_multiplier } => {
                lines.extend(self.turn_line(last_turn.as_ref()));
                lines.push(String::new());
                lines.extend(self.table.round_lines(round_scores, self.paint));
                if *redeal_multiplier > 1 {
                    lines.push(format!(
                        "  (After redeals, the points of this round counted times {redeal_multiplier}.)"
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
    fn turn_line(&self, last: Option<&LastTurn>) -> Option<String> {
        let last = last?;
        let told = self.told_turn == Some((self.table.game.round_number, last.turn_number));
        let piles = words::count(last.piles, "pile");
        (!told).then(|| format!("{} the turn and {piles}.", self.table.does(&last.winner, "win")))
    }

    fn last_told(&self) -> Option<(u32, u8)> {
        match &self.table.phase {
            Phase::Turn { last_turn, .. } | Phase::Scoring { last_turn, .. } => {
                Some((self.table.game.round_number, last_turn.as_ref()?.turn_number))
            }
            _ => None,
        }
    }
}

fn lead(who: &str) -> &'static str {
    if who == "You" { "lead" } else { "leads" }
}

fn multiplier(phase: &Phase) -> u32 {
    match phase {
        Phase::Preparation { redeal_multiplier, .. } => *redeal_multiplier,
        _ => 1,
    }
}
