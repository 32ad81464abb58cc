//! The game: `check` an action, `apply` it, and look at the game through a `View`.

use std::{fmt, sync::Arc};

use crate::{
    Action, BySeat, DeckSeed, Events, Legal, LegalActions, Phase, PieceSet, Refusal, RuleSet, Seat, StackedDeckError,
    Table, View, action::Step, automatic::automatic, deck::Deck, refusal::examine,
};

/// A game of four seats as a value: no clock, no I/O. Only [`apply`](Self::apply) changes it, and that takes only a
/// checked step. `Debug` shows the table, but neither hands nor seed.
#[derive(Clone)]
pub struct Game {
    pub(crate) table: Table,
    pub(crate) hands: BySeat<PieceSet>,
    pub(crate) deck: Deck,
}

impl Game {
    /// Starts a game and deals its first round.
    pub fn new(rules: RuleSet, seed: DeckSeed) -> (Self, Events) {
        Self::begin(rules, Deck::Seeded(seed))
    }

    /// Starts a game with given deals, for puzzles and tests. After the last deal, they start over.
    ///
    /// # Errors
    /// If there are no deals, or one does not give eight of the 32 pieces to each seat.
    pub fn stacked(rules: RuleSet, deals: Arc<[BySeat<PieceSet>]>) -> Result<(Self, Events), StackedDeckError> {
        Ok(Self::begin(rules, Deck::stacked(deals)?))
    }

    fn begin(rules: RuleSet, deck: Deck) -> (Self, Events) {
        let mut game = Self { table: Table::new(rules), hands: BySeat::default(), deck };
        let mut events = Events::new();
        game.start_round(&mut events);
        (game, events)
    }

    /// Checks whether a seat may take this action now.
    ///
    /// # Errors
    /// The first rule that the action breaks.
    pub fn check(&self, seat: Seat, action: Action) -> Result<Legal, Refusal> {
        examine(&self.table, self.hands[seat], seat, action)?;
        Ok(Legal { step: Step::Act(seat, action), ply: self.table.ply })
    }

    /// The start of the next round; `None` unless a round was scored and the game goes on.
    pub fn next_round(&self) -> Option<Legal> {
        let scored = matches!(self.table.phase, Phase::Scoring(_));
        scored.then_some(Legal { step: Step::NextRound, ply: self.table.ply })
    }

    /// Takes a checked step and returns its events, in order. It can't fail.
    ///
    /// # Panics
    /// If the step was checked at a different ply or for another game, which is a bug in the caller.
    pub fn apply(&mut self, legal: Legal) -> Events {
        assert_eq!(legal.ply, self.table.ply, "the step was checked at another ply");
        self.table.ply += 1;
        let mut events = Events::new();
        match legal.step {
            Step::NextRound => self.start_round(&mut events),
            Step::Act(seat, Action::Redeal(decision)) => self.decide_redeal(seat, decision, &mut events),
            Step::Act(seat, Action::Declare(declaration)) => self.declare(seat, declaration, &mut events),
            Step::Act(seat, Action::Play(play)) => self.play(seat, play, &mut events),
        }
        events
    }

    /// The legal actions of a seat; none if it does not have to act.
    pub fn legal_actions(&self, seat: Seat) -> LegalActions {
        LegalActions::new(&self.table, seat, self.hands[seat])
    }

    /// The action of a seat that does not decide in time; `None` if it has nothing to decide.
    pub fn automatic(&self, seat: Seat) -> Option<Action> {
        automatic(&self.table, seat, self.hands[seat])
    }

    /// Everything that a seat may know.
    pub fn view(&self, seat: Seat) -> View {
        View::new(seat, self.hands[seat], self.table.clone())
    }

    /// Everything that all seats may know.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// The deck's seed, which may be shown after the end of the game; `None` if the deals were given.
    pub fn seed(&self) -> Option<&DeckSeed> {
        match &self.deck {
            Deck::Seeded(seed) => Some(seed),
            Deck::Stacked(_) => None,
        }
    }
}

impl fmt::Debug for Game {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Game").field("table", &self.table).finish_non_exhaustive()
    }
}
