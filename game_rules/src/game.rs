//! The game: `check` an action, `apply` it, look at it through a `View`.

use std::{fmt, sync::Arc};

use crate::{
    Action, BySeat, DeckSeed, Events, Legal, LegalActions, Phase, PieceSet, Refusal, RuleSet, Seat, StackedDeckError,
    Table, View, action::Step, automatic::automatic, deck::Deck, refusal::examine,
};

/// A game of four seats as a value: no clock, no I/O. It changes only by [`apply`](Self::apply), which takes nothing but
/// a checked step. `Debug` shows the table, neither hands nor seed.
#[derive(Clone)]
pub struct Game {
    pub(crate) table: Table,
    pub(crate) hands: BySeat<PieceSet>,
    pub(crate) deck: Deck,
}

impl Game {
    /// Begins a game and deals its first round.
    pub fn new(rules: RuleSet, seed: DeckSeed) -> (Self, Events) {
        Self::begin(rules, Deck::Seeded(seed))
    }

    /// Begins a game whose deals are given, for puzzles and tests. After the last the first comes again.
    ///
    /// # Errors
    /// When there is no deal, or one that does not give eight of the 32 pieces to each seat.
    pub fn stacked(rules: RuleSet, deals: Arc<[BySeat<PieceSet>]>) -> Result<(Self, Events), StackedDeckError> {
        Ok(Self::begin(rules, Deck::stacked(deals)?))
    }

    fn begin(rules: RuleSet, deck: Deck) -> (Self, Events) {
        let mut game = Self { table: Table::new(rules), hands: BySeat::default(), deck };
        let mut events = Events::new();
        game.start_round(&mut events);
        (game, events)
    }

    /// Asks whether a seat may do this now.
    ///
    /// # Errors
    /// The first rule that it breaks; the game stays as it is.
    pub fn check(&self, seat: Seat, action: Action) -> Result<Legal, Refusal> {
        examine(&self.table, self.hands[seat], seat, action)?;
        Ok(Legal { step: Step::Act(seat, action), ply: self.table.ply })
    }

    /// The start of the next round, when the last one is scored and the game goes on.
    pub fn next_round(&self) -> Option<Legal> {
        let scored = matches!(self.table.phase, Phase::Scoring(_));
        scored.then_some(Legal { step: Step::NextRound, ply: self.table.ply })
    }

    /// Takes a checked step and tells what it brought about, in order. It can't fail.
    ///
    /// # Panics
    /// When the step was checked at another ply than this, or for another game: a bug of the caller.
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

    /// What a seat may do now; nothing when it is not its turn.
    pub fn legal_actions(&self, seat: Seat) -> LegalActions {
        LegalActions::new(&self.table, seat, self.hands[seat])
    }

    /// What the server does for a seat that does not decide in time; none when it has nothing to decide.
    pub fn automatic(&self, seat: Seat) -> Option<Action> {
        automatic(&self.table, seat, self.hands[seat])
    }

    /// All that a seat may know.
    pub fn view(&self, seat: Seat) -> View {
        View::new(seat, self.hands[seat], self.table.clone())
    }

    /// All that everybody may know.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// The deck's seed, to be shown when the game has ended; none when its deals were given.
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
