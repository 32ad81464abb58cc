//! A whole game in short: rules, seed and actions, from which everything else follows.

use serde::{Deserialize, Serialize};

use crate::{Action, DeckSeed, Event, Game, Refusal, RuleSet, Seat};

/// What has to be kept of a game. Until it has ended this is as secret as the seed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Record {
    /// By which rules it was played.
    pub rules: RuleSet,
    /// The deck's seed.
    pub seed: DeckSeed,
    /// Who did what, in order. The starts of rounds are not recorded: they follow by themselves.
    pub actions: Vec<(Seat, Action)>,
}

impl Record {
    /// Plays the game again, and gives it and all its events, in order. A scored round is followed by the next one at
    /// once, after the last action too: a replayed game never waits in the scoring phase.
    ///
    /// # Errors
    /// When an action is illegal: the record is not one of this game.
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

/// A record whose actions don't follow the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("action {index} of the record is illegal: {refusal}")]
pub struct ReplayError {
    /// The number of the first illegal action, from 0.
    pub index: usize,
    /// Which rule it breaks.
    #[source]
    pub refusal: Refusal,
}
