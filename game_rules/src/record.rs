//! A whole game in its shortest form: rules, seed and actions, from which everything else follows.

use serde::{Deserialize, Serialize};

use crate::{Action, DeckSeed, Event, Game, Refusal, RuleSet, Seat};

/// All that has to be kept of a game. Until the game has ended, it is as secret as the seed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Record {
    /// The rules of the game.
    pub rules: RuleSet,
    /// The deck's seed.
    pub seed: DeckSeed,
    /// All actions, in order, with their seats. Starts of rounds are left out, because each follows the last action of
    /// a round.
    pub actions: Vec<(Seat, Action)>,
}

impl Record {
    /// Replays the game, and returns it with all its events, in order. Each scored round is followed by the next one at
    /// once, also after the last action: a replayed game never waits in the scoring phase.
    ///
    /// # Errors
    /// If an action is illegal, so that this is not the record of a game.
    pub fn replay(&self) -> Result<(Game, Vec<Event>), ReplayError> {
        let (mut game, first) = Game::new(self.rules, self.seed.clone());
        let mut events = first.to_vec();
        for (index, &(seat, action)) in self.actions.iter().enumerate() {
            let legal = game.check(seat, action).map_err(|refusal| ReplayError { index, refusal })?;
            events.extend(game.apply(legal));
            if let Some(next) = game.next_round() {
                events.extend(game.apply(next));
            }
        }
        Ok((game, events))
    }
}

/// An action of the record is illegal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("action {index} of the record is illegal: {refusal}")]
pub struct ReplayError {
    /// The index of the first illegal action, from 0.
    pub index: usize,
    /// The rule that it breaks.
    #[source]
    pub refusal: Refusal,
}
