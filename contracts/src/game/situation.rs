//! How a game stands, on the wire: phases, scores, plays and hands.

use arrayvec::ArrayVec;
use game_rules::{Phase, PhaseKind, Piece, PieceSet, RedealDecision, Seat, SeatSet, Table, valid_sets};
use schemars::JsonSchema;
use serde::Serialize;
use vocabulary::{Roster, Situation, redeal_word};

use super::server::{ByName, Text};

/// `game_state`. With `phase` and `phase_data` where it stands alone.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct GameState<'a> {
    /// Counting from 1; 0 before the start.
    pub round_number: u32,
    /// The turn that is on, or was last completed, in this round; 0 before the first.
    pub turn_number: u8,
    /// Everybody, by position.
    pub players: ArrayVec<PlayerData<'a>, 4>,
    /// Everybody's points.
    pub scores: ByName<'a, i32>,
    /// Everybody's piles in this round.
    pub pile_counts: ByName<'a, u8>,
    /// Only in `reconnected` and `room_joined`: the phase.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase: Option<Text<'a>>,
    /// Only in `reconnected` and `room_joined`: what belongs to the phase.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase_data: Option<PhaseData<'a>>,
}

/// One player. There is no field for a hand.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PlayerData<'a> {
    /// Unique in the room.
    pub name: Text<'a>,
    /// 0 to 3.
    pub position: u8,
    /// Points.
    pub score: i32,
    /// False while a bot stands in for a person.
    pub is_active: bool,
    /// Whether the seat was given to a bot.
    pub is_bot: bool,
}

/// A piece.
#[derive(Clone, Copy, Debug, JsonSchema)]
pub struct PieceData {
    /// `p1` to `p32`.
    pub id: &'static str,
    /// `GENERAL` to `SOLDIER`.
    pub rank: &'static str,
    /// `RED` or `BLACK`.
    pub color: &'static str,
    /// 1 to 14.
    pub point: u8,
}

/// `phase_data`, by phase.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum PhaseData<'a> {
    /// `PREPARATION`
    Preparation {
        /// Who was dealt a weak hand.
        weak_hands: ArrayVec<Text<'a>, 4>,
        /// What the round's points are multiplied by.
        redeal_multiplier: u32,
        /// Whether anyone has yet to decide.
        waiting_for_decisions: bool,
        /// True after a redeal.
        #[serde(skip_serializing_if = "Option::is_none")]
        redeal_complete: Option<bool>,
        /// `accept`, `decline` or null, for the weak hands.
        decisions: ByName<'a, Option<Text<'a>>>,
    },
    /// `DECLARATION`
    Declaration {
        /// Whose turn it is to declare.
        current_player: Text<'a>,
        /// Who declares when.
        declaration_order: ArrayVec<Text<'a>, 4>,
        /// What was declared.
        declarations: ByName<'a, u8>,
        /// The sum so far.
        total_declared: u8,
        /// What the current player may declare.
        valid_declarations: ArrayVec<u8, 9>,
    },
    /// `TURN`
    Turn {
        /// Whose turn it is to play.
        current_player: Text<'a>,
        /// Counting from 1 in each round.
        turn_number: u8,
        /// How many pieces everybody plays; null until the leader has chosen.
        required_piece_count: Option<u8>,
        /// What was played in this turn.
        current_plays: ByName<'a, Play>,
        /// Who won the turn before; null in the first turn of a round.
        last_winner: Option<Text<'a>>,
        /// The pieces at stake: four times the required count.
        current_pile_count: u8,
        /// Who plays when.
        turn_order: ArrayVec<Text<'a>, 4>,
        /// What everybody has declared in this round.
        declarations: ByName<'a, u8>,
        /// The turn before; null in the first turn of a round.
        last_turn: Option<LastTurn<'a>>,
    },
    /// `SCORING`
    Scoring {
        /// How the round went for everybody.
        round_scores: ByName<'a, RoundScoreData>,
        /// What the round's points were multiplied by.
        redeal_multiplier: u32,
        /// The round's last turn.
        last_turn: Option<LastTurn<'a>>,
    },
    /// `GAME_OVER`
    GameOver {
        /// Several share a tie.
        winners: ArrayVec<Text<'a>, 4>,
        /// Everybody's points.
        final_scores: ByName<'a, i32>,
    },
    /// `NOT_STARTED`
    NotStarted {},
}

/// A completed turn.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LastTurn<'a> {
    /// Counting from 1 in each round.
    pub turn_number: u8,
    /// What was played, by player.
    pub plays: ByName<'a, Play>,
    /// Who won it.
    pub winner: Text<'a>,
    /// How many piles it brought.
    pub piles: u8,
}

/// What someone played.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Play {
    /// The pieces.
    pub pieces: ArrayVec<PieceData, 6>,
    /// What they form.
    pub play_type: String,
}

/// One player's round.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct RoundScoreData {
    /// Piles declared.
    pub declared: u8,
    /// Piles taken.
    pub captured: u8,
    /// Points before the multiplier.
    pub base_score: i32,
    /// The round's multiplier.
    pub multiplier: u32,
    /// Points of the round.
    pub round_score: i32,
    /// Points of the game so far.
    pub total_score: i32,
}

/// `hand_updated`: one's own pieces.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Hand {
    /// By falling points.
    pub pieces: ArrayVec<PieceData, 8>,
    /// How many.
    pub count: usize,
    /// Every set that one could lead with.
    pub valid_sets: Vec<ValidSet>,
}

/// A set that one could lead with.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ValidSet {
    /// Its pieces.
    pub piece_ids: ArrayVec<&'static str, 6>,
    /// What they form.
    pub play_type: String,
}

impl Hand {
    /// Words a hand.
    pub(super) fn new(hand: PieceSet) -> Self {
        let sets = valid_sets(hand);
        Self {
            pieces: hand.iter().map(PieceData::new).collect(),
            count: hand.len(),
            valid_sets: sets
                .iter()
                .map(|set| ValidSet {
                    piece_ids: set.pieces().iter().map(piece_id).collect(),
                    play_type: set.play_type().to_string(),
                })
                .collect(),
        }
    }
}

impl PieceData {
    /// Words a piece.
    pub(super) fn new(piece: Piece) -> Self {
        Self {
            id: piece_id(piece),
            rank: piece.rank().as_str(),
            color: piece.color().as_str(),
            point: piece.points(),
        }
    }
}

impl Serialize for PieceData {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut piece = serializer.serialize_struct("Piece", 4)?;
        piece.serialize_field("id", self.id)?;
        piece.serialize_field("rank", self.rank)?;
        piece.serialize_field("color", self.color)?;
        piece.serialize_field("point", &self.point)?;
        piece.end()
    }
}

impl Play {
    /// Words a play.
    pub(super) fn new(play: game_rules::Play) -> Self {
        Self {
            pieces: play.pieces().iter().map(PieceData::new).collect(),
            play_type: play.play_type().to_string(),
        }
    }
}

/// The piece's id: `p1` to `p32`.
pub(super) fn piece_id(piece: Piece) -> &'static str {
    const IDS: [&str; 32] = [
        "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9", "p10", "p11", "p12", "p13", "p14", "p15", "p16", "p17",
        "p18", "p19", "p20", "p21", "p22", "p23", "p24", "p25", "p26", "p27", "p28", "p29", "p30", "p31", "p32",
    ];
    IDS[usize::from(piece.number()) - 1]
}

/// The phase's name.
pub(super) const fn phase_name(kind: PhaseKind) -> &'static str {
    match kind {
        PhaseKind::Preparation => "PREPARATION",
        PhaseKind::Declaration => "DECLARATION",
        PhaseKind::Turn => "TURN",
        PhaseKind::Scoring => "SCORING",
        PhaseKind::Over => "GAME_OVER",
    }
}

/// The name of the situation's phase.
pub(super) fn phase(situation: &Situation) -> &'static str {
    situation.table.as_ref().map_or("NOT_STARTED", |table| phase_name(table.phase.kind()))
}

/// Words the players and their scores.
pub(super) fn game_state(situation: &Situation) -> GameState<'_> {
    let roster = &*situation.roster;
    let table = situation.table.as_deref();
    let score = |seat: Seat| table.map_or(0, |table| table.totals[seat]);
    GameState {
        round_number: table.map_or(0, |table| u32::from(table.round)),
        turn_number: table.map_or(0, turn_number),
        players: roster
            .players()
            .map(|(seat, player)| PlayerData {
                name: player.name.as_str().into(),
                position: position(seat),
                score: score(seat),
                is_active: player.active,
                is_bot: player.is_bot(),
            })
            .collect(),
        scores: by_name(roster, score),
        pile_counts: by_name(roster, |seat| table.map_or(0, |table| table.captured[seat])),
        phase: None,
        phase_data: None,
    }
}

/// The same with phase and phase data, for messages in which it stands alone.
pub(super) fn whole_game_state(situation: &Situation) -> GameState<'_> {
    GameState { phase: Some(phase(situation).into()), phase_data: Some(phase_data(situation)), ..game_state(situation) }
}

/// Words what belongs to the phase.
pub(super) fn phase_data(situation: &Situation) -> PhaseData<'_> {
    let roster = &*situation.roster;
    let Some(table) = situation.table.as_deref() else { return PhaseData::NotStarted {} };
    match &table.phase {
        Phase::Preparation(preparation) => PhaseData::Preparation {
            weak_hands: names(roster, preparation.weak),
            redeal_multiplier: table.multiplier,
            waiting_for_decisions: !table.pending().is_empty(),
            redeal_complete: preparation.redealt.then_some(true),
            decisions: decisions(roster, preparation),
        },
        Phase::Declaration(declaring) => PhaseData::Declaration {
            current_player: roster.name(declaring.current).into(),
            declaration_order: table
                .declaration_order()
                .map(|order| order.iter().map(|seat| roster.name(*seat).into()).collect())
                .unwrap_or_default(),
            declarations: declarations(roster, table),
            total_declared: table.total_declared(),
            valid_declarations: declaring.legal.iter().map(game_rules::Declaration::value).collect(),
        },
        Phase::Turn(turning) => turn(roster, table, turning),
        Phase::Scoring(result) => PhaseData::Scoring {
            round_scores: round_scores(roster, &result.scores),
            redeal_multiplier: table.multiplier,
            last_turn: last_turn(roster, table),
        },
        Phase::Over(over) => PhaseData::GameOver {
            winners: names(roster, over.winners),
            final_scores: by_name(roster, |seat| table.totals[seat]),
        },
    }
}

fn decisions<'a>(roster: &'a Roster, preparation: &game_rules::Preparation) -> ByName<'a, Option<Text<'a>>> {
    let word = |decision: Option<RedealDecision>| decision.map(|decision| redeal_word(decision).into());
    ByName(preparation.weak.iter().map(|seat| (roster.name(seat).into(), word(preparation.decisions[seat]))).collect())
}

fn turn<'a>(roster: &'a Roster, table: &Table, turning: &game_rules::Turning) -> PhaseData<'a> {
    PhaseData::Turn {
        current_player: roster.name(turning.current).into(),
        turn_number: turning.number,
        required_piece_count: turning.required,
        current_plays: plays(roster, &turning.plays),
        last_winner: table.last_winner().map(|seat| roster.name(seat).into()),
        current_pile_count: turning.required.map_or(0, |count| 4 * count),
        turn_order: turning.leader.order().iter().map(|seat| roster.name(*seat).into()).collect(),
        declarations: declarations(roster, table),
        last_turn: last_turn(roster, table),
    }
}

fn last_turn<'a>(roster: &'a Roster, table: &Table) -> Option<LastTurn<'a>> {
    let turn = table.turns.last()?;
    Some(LastTurn {
        turn_number: count(table.turns.len()),
        plays: plays(roster, &turn.plays),
        winner: roster.name(turn.winner).into(),
        piles: turn.piles,
    })
}

fn plays<'a>(roster: &'a Roster, plays: &[(Seat, game_rules::Play)]) -> ByName<'a, Play> {
    ByName(plays.iter().map(|(seat, play)| (roster.name(*seat).into(), Play::new(*play))).collect())
}

fn declarations<'a>(roster: &'a Roster, table: &Table) -> ByName<'a, u8> {
    let declared = table.declarations.iter();
    ByName(declared.filter_map(|(seat, number)| Some((roster.name(seat).into(), (*number)?.value()))).collect())
}

fn round_scores<'a>(
    roster: &'a Roster,
    scores: &game_rules::BySeat<game_rules::RoundScore>,
) -> ByName<'a, RoundScoreData> {
    by_name(roster, |seat| {
        let score = &scores[seat];
        RoundScoreData {
            declared: score.declared.value(),
            captured: score.captured,
            base_score: score.base,
            multiplier: score.multiplier,
            round_score: score.score,
            total_score: score.total,
        }
    })
}

fn turn_number(table: &Table) -> u8 {
    match &table.phase {
        Phase::Turn(turning) => turning.number,
        Phase::Preparation(_) | Phase::Declaration(_) | Phase::Scoring(_) | Phase::Over(_) => count(table.turns.len()),
    }
}

/// A table over the taken seats, by name.
pub(super) fn by_name<T>(roster: &Roster, value: impl Fn(Seat) -> T) -> ByName<'_, T> {
    ByName(roster.players().map(|(seat, player)| (player.name.as_str().into(), value(seat))).collect())
}

/// The names of some seats.
pub(super) fn names(roster: &Roster, seats: SeatSet) -> ArrayVec<Text<'_>, 4> {
    seats.iter().map(|seat| roster.name(seat).into()).collect()
}

/// A seat's number.
pub(super) fn position(seat: Seat) -> u8 {
    count(seat.index())
}

fn count(small: usize) -> u8 {
    u8::try_from(small).unwrap_or(u8::MAX)
}
