//! The state of a battle: for everybody, and with the caller's own pieces if the caller has a seat.

use std::collections::BTreeMap;

use game_rules::{Declaration, Phase, PieceSet, PlayType, Seat, Table};
use schemars::JsonSchema;
use serde::Serialize;
use vocabulary::{Roster, Situation};

use super::{Piece, PlayerAction, ValidSet, piece::ids};

/// The state of a game (seed, "Game State"). `you`, `hand` and `validSets` are the caller's own; nobody receives the
/// hands of others.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GameState {
    /// The battle's id.
    #[schemars(example = &"ABCD2345")]
    pub battle_id: String,
    /// The round, counted from 1; 0 before the start.
    pub round: u16,
    /// The id of the player who must act; empty if nobody must. Several players with weak hands decide at the same
    /// time: then it is the first of them, and each of them may decide (`CURRENT`).
    pub current_turn: String,
    /// The players by id.
    pub players: BTreeMap<String, PlayerState>,
    /// The phase of the game.
    pub status: GameStatus,
    /// The last decision of the game.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "PlayerAction")]
    pub last_action: Option<PlayerAction>,
    /// The caller's own player id, if the caller has a seat.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub you: Option<String>,
    /// The caller's own pieces by descending points.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 8), with = "Vec<Piece>")]
    pub hand: Option<Vec<Piece>>,
    /// Every valid set in the caller's hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<ValidSet>")]
    pub valid_sets: Option<Vec<ValidSet>>,
    /// The numbers that the player of `currentTurn` may declare; only in `DECLARATION`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<u8>")]
    pub valid_declarations: Option<Vec<u8>>,
    /// When the server acts for players who have not decided, or deals the next round, in milliseconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    pub deadline: Option<u64>,
    /// The multiplier of the round's points: one more than its redeals.
    pub multiplier: u32,
    /// The ids of the players in the order of declaring; from `DECLARATION` on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<String>")]
    pub declaration_order: Option<Vec<String>>,
    /// The current turn, counted from 1 in each round; only in `TURN`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 8), with = "u8")]
    pub turn_number: Option<u8>,
    /// How many pieces each player plays, once the leader has played; only in `TURN`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 6), with = "u8")]
    pub required_piece_count: Option<u8>,
    /// The plays of this turn in order; only in `TURN`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<CurrentPlay>")]
    pub current_plays: Option<Vec<CurrentPlay>>,
}

/// The phase of a game.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum GameStatus {
    /// The battle waits for players.
    Waiting,
    /// Players with weak hands decide about a redeal.
    Preparation,
    /// The players declare their piles.
    Declaration,
    /// The players play their pieces.
    Turn,
    /// The round is scored; the next one follows.
    Scoring,
    /// The game has ended.
    GameOver,
}

impl From<game_rules::PhaseKind> for GameStatus {
    fn from(kind: game_rules::PhaseKind) -> Self {
        match kind {
            game_rules::PhaseKind::Preparation => Self::Preparation,
            game_rules::PhaseKind::Declaration => Self::Declaration,
            game_rules::PhaseKind::Turn => Self::Turn,
            game_rules::PhaseKind::Scoring => Self::Scoring,
            game_rules::PhaseKind::Over => Self::GameOver,
        }
    }
}

/// The state of one player (seed, "Game State").
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct PlayerState {
    /// The points of the game so far.
    pub health: i32,
    /// The number of pieces in the hand.
    #[schemars(range(max = 8))]
    pub energy: u8,
    /// More facts about the player.
    pub status: Vec<StatusEffect>,
    /// The place of the player.
    pub position: Position,
}

/// The place of a player.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Position {
    /// The seat, 0 to 3.
    #[schemars(range(max = 3))]
    pub seat: usize,
}

/// A fact about a player.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StatusEffect {
    /// A bot plays, on its own seat or for a person.
    Bot,
    /// The person has no connection.
    Disconnected,
    /// The player is the host and may start the battle.
    Host,
    /// The player starts the round.
    Starter,
    /// The player must act now.
    Current,
    /// The player has a weak hand and may ask for a redeal.
    WeakHand,
    /// The player has declared in this round.
    Declared {
        /// The declared piles, 0 to 8.
        #[schemars(range(max = 8))]
        value: u8,
    },
    /// The player has taken piles in this round.
    Piles {
        /// The number of piles, 0 to 8.
        #[schemars(range(max = 8))]
        value: u8,
    },
    /// The player has given up the game; a bot plays on.
    Forfeited,
}

/// A play in the current turn.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CurrentPlay {
    /// The id of the player.
    pub player_id: String,
    /// The ids of the pieces.
    #[schemars(length(min = 1, max = 6))]
    pub piece_ids: Vec<String>,
    /// The type of the set: `SINGLE` to `DOUBLE_STRAIGHT`, or `INVALID`, which can't win.
    #[schemars(extend("enum" = PlayType::ALL.map(PlayType::as_str)), example = &"PAIR")]
    pub play_type: &'static str,
}

/// `GET /state/history`: the state after one event, as the caller may see it.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct HistoryEntry {
    /// The number of the event in the battle.
    pub sequence: u64,
    /// When it happened, in milliseconds since 1970.
    pub timestamp: u64,
    /// The state after the event.
    pub state: GameState,
}

impl GameState {
    /// Encodes the state; for a viewer with a seat also `you` and the hand, which only they may see.
    #[must_use]
    pub fn of(situation: &Situation, viewer: Option<(Seat, Option<PieceSet>)>) -> Self {
        let roster = &*situation.roster;
        let table = situation.table.as_deref();
        let ids = |seats: [Seat; 4]| seats.into_iter().map(|seat| id(roster, seat)).collect();
        let turn = table.and_then(turning);
        Self {
            battle_id: roster.room.to_string(),
            round: table.map_or(0, |table| table.round),
            current_turn: table
                .and_then(|table| table.pending().iter().next())
                .map_or(String::new(), |seat| id(roster, seat)),
            players: roster.players().map(|(seat, _)| (id(roster, seat), PlayerState::of(situation, seat))).collect(),
            status: table.map_or(GameStatus::Waiting, |table| table.phase.kind().into()),
            last_action: PlayerAction::last(situation),
            you: viewer.map(|(seat, _)| id(roster, seat)),
            hand: None,
            valid_sets: None,
            valid_declarations: table.and_then(valid_declarations),
            deadline: situation.deadline.map(|deadline| deadline.0),
            multiplier: table.map_or(1, |table| table.multiplier),
            declaration_order: table.and_then(Table::declaration_order).map(ids),
            turn_number: turn.map(|turn| turn.number),
            required_piece_count: turn.and_then(|turn| turn.required),
            current_plays: turn.map(|turn| current_plays(roster, turn)),
        }
        .holding(viewer.and_then(|(_, hand)| hand))
    }

    /// The same with the caller's own pieces.
    #[must_use]
    pub fn holding(self, hand: Option<PieceSet>) -> Self {
        Self { hand: hand.map(Piece::hand), valid_sets: hand.map(ValidSet::of), ..self }
    }
}

impl PlayerState {
    fn of(situation: &Situation, seat: Seat) -> Self {
        let table = situation.table.as_deref();
        Self {
            health: table.map_or(0, |table| table.totals[seat]),
            energy: table.map_or(0, |table| table.hand_counts[seat]),
            status: effects(situation, seat),
            position: Position { seat: seat.index() },
        }
    }
}

fn effects(situation: &Situation, seat: Seat) -> Vec<StatusEffect> {
    let roster = &*situation.roster;
    let Some(player) = &roster.seats[seat] else { return Vec::new() };
    let mut effects = Vec::new();
    let mut add = |applies: bool, effect| effects.extend(applies.then_some(effect));
    add(player.is_bot() || !player.is_active(), StatusEffect::Bot);
    let away = !player.is_bot() && !player.has_forfeited() && !situation.connected.contains(seat);
    add(away, StatusEffect::Disconnected);
    add(roster.host == Some(seat), StatusEffect::Host);
    if let Some(table) = situation.table.as_deref() {
        let settled = table.declaration_order().is_some();
        add(settled && table.starter.is_some_and(|(starter, _)| starter == seat), StatusEffect::Starter);
        add(table.pending().contains(seat), StatusEffect::Current);
        let weak = matches!(&table.phase, Phase::Preparation(preparation) if preparation.weak.contains(seat));
        add(weak, StatusEffect::WeakHand);
        if let Some(declared) = table.declarations[seat] {
            add(true, StatusEffect::Declared { value: declared.value() });
        }
        let plays = matches!(table.phase, Phase::Turn(_) | Phase::Scoring(_) | Phase::Over(_));
        add(plays, StatusEffect::Piles { value: table.captured[seat] });
    }
    add(player.has_forfeited(), StatusEffect::Forfeited);
    effects
}

fn turning(table: &Table) -> Option<&game_rules::Turning> {
    match &table.phase {
        Phase::Turn(turn) => Some(turn),
        Phase::Preparation(_) | Phase::Declaration(_) | Phase::Scoring(_) | Phase::Over(_) => None,
    }
}

fn valid_declarations(table: &Table) -> Option<Vec<u8>> {
    match &table.phase {
        Phase::Declaration(declaring) => Some(declaring.legal.iter().map(Declaration::value).collect()),
        Phase::Preparation(_) | Phase::Turn(_) | Phase::Scoring(_) | Phase::Over(_) => None,
    }
}

fn current_plays(roster: &Roster, turn: &game_rules::Turning) -> Vec<CurrentPlay> {
    let words = |(seat, play): &(Seat, game_rules::Play)| CurrentPlay {
        player_id: id(roster, *seat),
        piece_ids: ids(play.pieces()),
        play_type: play.play_type().as_str(),
    };
    turn.plays.iter().map(words).collect()
}

/// The id of the player at a seat; empty for an empty seat, which a game does not have.
fn id(roster: &Roster, seat: Seat) -> String {
    roster.player_id(seat).map(|id| id.to_string()).unwrap_or_default()
}
