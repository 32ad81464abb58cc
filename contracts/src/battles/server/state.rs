//! How a battle's game stands: for everybody, and with the caller's own pieces for who has a seat.

use std::collections::BTreeMap;

use game_rules::{Declaration, Phase, PieceSet, PlayType, Seat, Table};
use schemars::JsonSchema;
use serde::Serialize;
use utoipa::ToSchema;
use vocabulary::{Roster, Situation};

use super::{Piece, PlayerAction, ValidSet, piece::ids};

/// How a game stands (seed, "Game State"). `you`, `hand` and `validSets` are the caller's own: what others hold is told to
/// nobody.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GameState {
    /// The battle.
    #[schema(example = "ABCD2345")]
    pub battle_id: String,
    /// Counting from 1; 0 before the start.
    pub round: u16,
    /// The id of the player to act, empty when nobody is. Several weak hands are asked at once: then it is the first of
    /// them, and every one of them may decide (`CURRENT`).
    pub current_turn: String,
    /// Everybody, by id.
    pub players: BTreeMap<String, PlayerState>,
    /// The phase.
    pub status: GameStatus,
    /// The last decision of the game.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub last_action: Option<PlayerAction>,
    /// The caller's own player id, for one who has a seat.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub you: Option<String>,
    /// The caller's own pieces, by falling points.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 8)]
    #[schemars(length(max = 8))]
    pub hand: Option<Vec<Piece>>,
    /// Every set that the caller could lead with.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub valid_sets: Option<Vec<ValidSet>>,
    /// What the player of `currentTurn` may declare; only in `DECLARATION`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub valid_declarations: Option<Vec<u8>>,
    /// When the server acts for those who have not decided, or deals the next round; milliseconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub deadline: Option<u64>,
    /// What the round's points are multiplied by: one more than its redeals.
    pub multiplier: u32,
    /// The ids of the players in the order in which they declare, from the declaration on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub declaration_order: Option<Vec<String>>,
    /// The turn that is on, counting from 1 in each round; only in `TURN`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 8)]
    #[schemars(range(min = 1, max = 8))]
    pub turn_number: Option<u8>,
    /// How many pieces everybody plays, once the leader has chosen; only in `TURN`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 6)]
    #[schemars(range(min = 1, max = 6))]
    pub required_piece_count: Option<u8>,
    /// What was played in this turn, in order; only in `TURN`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub current_plays: Option<Vec<CurrentPlay>>,
}

/// Where a game stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum GameStatus {
    /// The battle gathers players.
    Waiting,
    /// Weak hands decide about a redeal.
    Preparation,
    /// The players declare.
    Declaration,
    /// The players play.
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

/// One player's standing (seed, "Game State").
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema, JsonSchema)]
pub struct PlayerState {
    /// The points of the game.
    pub health: i32,
    /// How many pieces they hold.
    #[schema(maximum = 8)]
    #[schemars(range(max = 8))]
    pub energy: u8,
    /// What else is to be said of them.
    pub status: Vec<StatusEffect>,
    /// Where they sit.
    pub position: Position,
}

/// Where a player sits.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema, JsonSchema)]
pub struct Position {
    /// 0 to 3.
    #[schema(maximum = 3)]
    #[schemars(range(max = 3))]
    pub seat: usize,
}

/// What is to be said of a player.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema, JsonSchema)]
#[serde(tag = "type", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StatusEffect {
    /// A bot plays: its own seat, or for a person.
    Bot,
    /// The person has no connection.
    Disconnected,
    /// May start the battle.
    Host,
    /// Starts the round.
    Starter,
    /// Is to act now.
    Current,
    /// Was dealt a weak hand and may ask for a redeal.
    WeakHand,
    /// Has declared in this round.
    Declared {
        /// How many piles.
        #[schema(maximum = 8)]
        #[schemars(range(max = 8))]
        value: u8,
    },
    /// Has taken piles in this round.
    Piles {
        /// How many.
        #[schema(maximum = 8)]
        #[schemars(range(max = 8))]
        value: u8,
    },
    /// Gave the game up; a bot plays on.
    Forfeited,
}

/// What someone played in the present turn.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CurrentPlay {
    /// Who.
    pub player_id: String,
    /// Their ids.
    #[schema(min_items = 1, max_items = 6)]
    #[schemars(length(min = 1, max = 6))]
    pub piece_ids: Vec<String>,
    /// What they form: `SINGLE` to `DOUBLE_STRAIGHT`, or `INVALID`, which can't win.
    #[schema(value_type = String, example = "PAIR")]
    #[schemars(extend("enum" = PlayType::ALL.map(PlayType::as_str)))]
    pub play_type: &'static str,
}

/// `GET /state/history`: how the game stood after one of its events, as the caller may see it.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema, JsonSchema)]
pub struct HistoryEntry {
    /// The number of the event in the battle.
    pub sequence: u64,
    /// When, in milliseconds since 1970.
    pub timestamp: u64,
    /// How the game stood then.
    pub state: GameState,
}

impl GameState {
    /// Words how things stand; with a viewer, with who that is, and with the pieces that only they may see.
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

/// The id at a seat; empty for an empty seat, of which a game has none.
fn id(roster: &Roster, seat: Seat) -> String {
    roster.player_id(seat).map(|id| id.to_string()).unwrap_or_default()
}
