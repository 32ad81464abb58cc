//! What a player knows of the game, and the view from which a bot decides: nothing in it comes from anywhere but the
//! messages to this very player.

use bots::Brain;
use game_rules::{
    Action, BySeat, Declaration, DeclarationSet, Declaring, Phase, PieceSet, Play, Preparation, RuleSet, Seat, SeatSet,
    StarterReason, Table, Turn, Turning, View, turn_winner,
};
use vocabulary::Difficulty;

/// The state of the game, as the last message about it says.
#[derive(Clone, Default)]
pub struct Standing {
    /// The round, counted from 1.
    pub round: u16,
    /// The points of the game.
    pub totals: BySeat<i32>,
    /// The piles won in this round.
    pub captured: BySeat<u8>,
    /// The declarations of this round.
    pub declarations: BySeat<Option<Declaration>>,
    /// The multiplier of the round's points, if the message has it.
    pub multiplier: Option<u32>,
    /// Who declares first, if the message has it.
    pub starter: Option<Seat>,
    /// The plays of the current turn, in order.
    pub now: Vec<(Seat, Play)>,
    /// What the player is asked.
    pub ask: Option<Ask>,
}

/// What the player is asked to decide.
#[derive(Clone, Copy, Debug)]
pub enum Ask {
    /// Whether to ask for a redeal; the seats that have not decided yet.
    Redeal(SeatSet),
    /// The numbers that may be declared.
    Declare(DeclarationSet),
    /// The pieces to play.
    Play {
        /// The turn, counted from 1 in each round.
        turn: u8,
        /// How many pieces must be played; `None` for the leader.
        required: Option<u8>,
    },
}

/// A player's memory of one game.
pub struct Mind {
    brain: Box<dyn Brain + Send>,
    seat: Seat,
    hand: PieceSet,
    /// What was played in this round, in order.
    plays: Vec<(Seat, Play)>,
    round: u16,
    multiplier: u32,
    starter: Option<Seat>,
    declarations: BySeat<Option<Declaration>>,
    zero_streaks: BySeat<u8>,
    deals: u64,
}

impl Mind {
    /// A player of this level in a new game; the seed varies its choices.
    #[must_use]
    pub fn new(level: Difficulty, seed: u64) -> Self {
        Self {
            brain: bots::brain(level, seed),
            seat: Seat::ALL[0],
            hand: PieceSet::EMPTY,
            plays: Vec::new(),
            round: 0,
            multiplier: 1,
            starter: None,
            declarations: BySeat::default(),
            zero_streaks: BySeat::default(),
            deals: 0,
        }
    }

    /// The player's seat is known.
    pub fn sits_at(&mut self, seat: Seat) {
        self.seat = seat;
    }

    /// The player's seat; until it is known, the first.
    #[must_use]
    pub const fn seat(&self) -> Seat {
        self.seat
    }

    /// The player's own pieces.
    pub fn holds(&mut self, hand: PieceSet) {
        self.hand = hand;
    }

    /// Somebody played these pieces.
    pub fn played(&mut self, seat: Seat, pieces: PieceSet) {
        self.plays.extend(Play::new(pieces).map(|play| (seat, play)));
    }

    /// New hands were dealt: all that was played is gone.
    pub fn dealt(&mut self) {
        self.plays.clear();
        self.deals += 1;
    }

    /// Takes in the state of the game.
    pub fn stands(&mut self, standing: &Standing) {
        if standing.round != self.round {
            for (seat, streak) in self.zero_streaks.iter_mut() {
                let zero = self.declarations[seat] == Some(Declaration::ZERO);
                *streak = if zero { streak.saturating_add(1) } else { 0 };
            }
            self.round = standing.round;
            (self.multiplier, self.starter) = (1, None);
        }
        self.declarations = standing.declarations;
        self.multiplier = standing.multiplier.unwrap_or(self.multiplier);
        self.starter = standing.starter.or(self.starter);
    }

    /// What the bot decides. The number of the last event varies its choices.
    pub fn decide(&mut self, standing: &Standing, ask: Ask, number: u64) -> Action {
        let view = View::told(self.seat, self.hand, self.table(standing, ask, number));
        self.brain.decide(&view)
    }

    /// The table as everybody knows it. What no message tells is as the rules have it.
    fn table(&self, standing: &Standing, ask: Ask, number: u64) -> Table {
        let phase = self.phase(standing, ask);
        let now: &[(Seat, Play)] = match &phase {
            Phase::Turn(turning) => &turning.plays,
            _ => &[],
        };
        let count = self.hand.len() as u8;
        let held = |seat: Seat| {
            let played = now.iter().find(|(by, _)| *by == seat).map_or(0, |(_, play)| play.len() as u8);
            count.saturating_sub(played)
        };
        Table {
            rules: RuleSet::default(),
            round: self.round,
            ply: number as u32,
            deals: self.deals,
            multiplier: self.multiplier,
            starter: self.starter.map(|seat| (seat, self.reason())),
            totals: standing.totals,
            zero_streaks: self.zero_streaks,
            declarations: self.declarations,
            captured: standing.captured,
            hand_counts: BySeat::from_fn(held),
            turns: self.turns(ask, now).into_iter().take(8).collect(),
            phase,
        }
    }

    /// Why the starter starts: the rules leave no choice.
    const fn reason(&self) -> StarterReason {
        match (self.multiplier, self.round) {
            (1, 0 | 1) => StarterReason::HasGeneralRed,
            (1, _) => StarterReason::WonLastTurn,
            _ => StarterReason::AcceptedRedeal,
        }
    }

    fn phase(&self, standing: &Standing, ask: Ask) -> Phase {
        match ask {
            Ask::Redeal(weak) => {
                Phase::Preparation(Preparation { weak, decisions: BySeat::default(), redealt: self.multiplier > 1 })
            }
            Ask::Declare(legal) => Phase::Declaration(Declaring { current: self.seat, legal }),
            Ask::Play { turn, required } => Phase::Turn(Turning {
                leader: standing.now.first().map_or(self.seat, |(seat, _)| *seat),
                number: turn,
                plays: standing.now.iter().copied().take(3).collect(),
                current: self.seat,
                required,
            }),
        }
    }

    /// The completed turns of the round; none when some of it was missed.
    fn turns(&self, ask: Ask, now: &[(Seat, Play)]) -> Vec<Turn> {
        let Ask::Play { turn: number, .. } = ask else { return Vec::new() };
        let is_earlier = |play: &&(Seat, Play)| !now.contains(play);
        let earlier: Vec<(Seat, Play)> = self.plays.iter().filter(is_earlier).copied().collect();
        if earlier.len() != 4 * usize::from(number.saturating_sub(1)) {
            return Vec::new();
        }
        let competing = RuleSet::default().competing_types();
        let turn = |plays: &[(Seat, Play); 4]| Turn {
            leader: plays[0].0,
            plays: *plays,
            winner: turn_winner(plays, competing),
            piles: plays[0].1.len() as u8,
        };
        earlier.as_chunks::<4>().0.iter().map(turn).collect()
    }
}

#[cfg(test)]
mod tests {
    use game_rules::{DeckSeed, Event, Game};

    use super::*;

    /// What a message about this table would say to a seat.
    fn told(table: &Table) -> Standing {
        Standing {
            round: table.round,
            totals: table.totals,
            captured: table.captured,
            declarations: table.declarations,
            multiplier: Some(table.multiplier),
            starter: table.declaration_order().map(|order| order[0]),
            now: match &table.phase {
                Phase::Turn(turning) => turning.plays.to_vec(),
                _ => Vec::new(),
            },
            ask: match &table.phase {
                Phase::Preparation(preparation) => Some(Ask::Redeal(preparation.undecided())),
                Phase::Declaration(declaring) => Some(Ask::Declare(declaring.legal)),
                Phase::Turn(turning) => Some(Ask::Play { turn: turning.number, required: turning.required }),
                Phase::Scoring(_) | Phase::Over(_) => None,
            },
        }
    }

    /// Plays whole games from what seats are told, next to the game itself.
    #[test]
    fn a_player_sees_the_table_as_it_is() {
        for seed in 0..20 {
            let (mut game, mut events) = Game::new(RuleSet::default(), DeckSeed::from_bytes([seed; 32]));
            let mut minds = Seat::ALL.map(|seat| {
                let mut mind = Mind::new(Difficulty::Medium, 1);
                mind.sits_at(seat);
                mind
            });
            loop {
                for mind in &mut minds {
                    for event in &events {
                        match event {
                            Event::Dealt { .. } => mind.dealt(),
                            Event::Played { seat, play } => mind.played(*seat, play.pieces()),
                            _ => {}
                        }
                    }
                    mind.stands(&told(game.table()));
                    mind.holds(game.view(mind.seat()).hand());
                }
                let Some(seat) = game.table().pending().iter().next() else {
                    match game.next_round() {
                        Some(next) => events = game.apply(next),
                        None => break,
                    }
                    continue;
                };
                let standing = told(game.table());
                let (mind, ask) = (&mut minds[seat.index()], standing.ask.unwrap());
                let mut seen = mind.table(&standing, ask, 0);
                (seen.ply, seen.deals) = (game.table().ply, game.table().deals);
                if matches!(seen.phase, Phase::Preparation(_)) {
                    // Who has decided already and why the last starter started is told to those who care.
                    (seen.phase, seen.starter) = (game.table().phase.clone(), game.table().starter);
                }
                assert_eq!(&seen, game.table(), "seed {seed}");
                let action = mind.decide(&standing, ask, 0);
                let legal = game.check(seat, action).expect("what a bot decides is legal");
                events = game.apply(legal);
            }
        }
    }
}
