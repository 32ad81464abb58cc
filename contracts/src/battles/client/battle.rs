//! The bodies that concern battles.

use game_rules::{Declaration, Piece, PieceSet, RedealDecision, Seat};
use schemars::JsonSchema;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use vocabulary::{Choice, Difficulty, Name, Pace, Pieces, RoomId, RoomOptions, RoomRequest};

use super::{FromJson, NameText, SubmittedAction};
use crate::{
    Malformed,
    battles::{error::Refusal, server::Action},
    fields::Fields,
    options::{Names, Wishes, difficulties},
};

const NAMES: Names = Names {
    fill_with_bots: "fillWithBots",
    bot_difficulty: "botDifficulty",
    turn_timeout_seconds: "turnTimeoutSeconds",
    pace: "pace",
    rules: "rules",
    target_score: "targetScore",
    max_rounds: "maxRounds",
    competing_types: "competingTypes",
    zero_streak_limit: "zeroStreakLimit",
    forbid_total: "forbidTotal",
};

/// `POST /battles`: every field may be left out.
#[derive(Debug, ToSchema, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = BattleRequest)]
#[schemars(rename = "BattleRequest")]
pub struct BattleCreation {
    /// What it is called, 1 to 50 characters after trimming; the server finds a name if it is left out.
    #[schema(value_type = Option<NameText>)]
    #[schemars(with = "Option<String>")]
    pub name: Option<Name>,
    /// Whether it is listed.
    is_public: Option<bool>,
    #[serde(flatten)]
    #[schema(value_type = BattleOptions)]
    #[schemars(with = "BattleOptions")]
    wishes: Wishes,
}

/// How a battle is set up; what is left out is as the server has it.
#[derive(Clone, Debug, Default, ToSchema, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BattleOptions {
    /// The level of its bots.
    pub bot_difficulty: Option<Difficulty>,
    /// Whether empty seats get bots at the start.
    pub fill_with_bots: Option<bool>,
    /// How long a decision may take, in seconds.
    #[schema(minimum = 1, maximum = 3600)]
    #[schemars(range(min = 1, max = 3600))]
    pub turn_timeout_seconds: Option<u32>,
    /// How fast bots act.
    pub pace: Option<Pace>,
    /// Variants of the rules.
    pub rules: Option<RuleVariants>,
}

/// Variants of the rules; what is left out is as usual, null takes a limit away.
#[derive(Clone, Copy, Debug, Default, ToSchema, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RuleVariants {
    /// The points that end the game.
    #[schema(minimum = 10, maximum = 200)]
    #[schemars(range(min = 10, max = 200))]
    pub target_score: Option<u16>,
    /// The round that ends the game.
    #[schema(minimum = 1, maximum = 100)]
    #[schemars(range(min = 1, max = 100))]
    pub max_rounds: Option<u8>,
    /// Which sets compete with the leader's.
    pub competing_types: Option<CompetingTypesName>,
    /// How many zeros in a row may be declared.
    #[schema(minimum = 1, maximum = 10)]
    #[schemars(range(min = 1, max = 10))]
    pub zero_streak_limit: Option<u8>,
    /// The sum that the last declaration may not make.
    #[schema(minimum = 1, maximum = 32)]
    #[schemars(range(min = 1, max = 32))]
    pub forbid_total: Option<u8>,
}

/// Which sets compete with the leader's: only those of its type, or higher types of the same size too.
#[derive(Clone, Copy, Debug, ToSchema, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = CompetingTypes)]
#[schemars(rename = "CompetingTypes")]
pub enum CompetingTypesName {
    /// Only sets of the leader's type.
    LeaderType,
    /// A higher type of the same size beats a lower one.
    AnyType,
}

impl BattleCreation {
    /// How the room is set up where the body says nothing.
    #[must_use]
    pub fn options(&self, defaults: &RoomOptions) -> RoomOptions {
        RoomOptions { public: self.is_public.unwrap_or(defaults.public), ..self.wishes.fulfilled(defaults) }
    }
}

impl FromJson for BattleCreation {
    fn from_fields(values: &Map<String, Value>) -> Result<Self, Refusal> {
        let fields = Fields::new(values);
        Ok(Self {
            name: fields.get("name").map(|_| fields.name("name")).transpose()?,
            is_public: fields.optional_flag("isPublic")?,
            wishes: Wishes::read(&fields, &NAMES)?,
        })
    }
}

/// `POST /battles/{id}/join`: the body may be left out.
#[derive(Clone, Debug, Default, ToSchema, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = JoinRequest)]
#[schemars(rename = "JoinRequest")]
pub struct JoinBody {
    /// Another name than the account's, for this battle alone; not one that looks like another account's, the server's or a bot's.
    #[schema(value_type = Option<NameText>)]
    #[schemars(with = "Option<String>")]
    pub player_name: Option<Name>,
}

impl FromJson for JoinBody {
    fn from_fields(values: &Map<String, Value>) -> Result<Self, Refusal> {
        Ok(Self { player_name: Fields::new(values).optional_person("playerName")? })
    }
}

/// `POST /battles/{id}/kick`: the host removes a person before the start.
#[derive(Clone, Copy, Debug, ToSchema, JsonSchema)]
#[schema(as = KickRequest)]
#[schemars(rename = "KickRequest")]
pub struct KickBody {
    /// The person's seat, 0 to 3.
    #[schema(value_type = u8, minimum = 0, maximum = 3)]
    #[schemars(with = "u8", range(max = 3))]
    pub seat: Seat,
}

impl FromJson for KickBody {
    fn from_fields(values: &Map<String, Value>) -> Result<Self, Refusal> {
        let seat = Fields::new(values).integer("seat", 0, 3)?;
        let seat = usize::try_from(seat).ok().and_then(Seat::new);
        Ok(Self { seat: seat.ok_or_else(|| Refusal::of_field("seat", "is not between 0 and 3"))? })
    }
}

/// `POST /api/v1/game/state`: an action of the caller's own seat. Any other field would set state, which nobody can.
#[derive(Clone, Debug, ToSchema, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ActionRequest)]
#[schemars(rename = "ActionRequest")]
pub struct ActionSubmission {
    /// The battle.
    #[schema(value_type = String, example = "ABCD2345")]
    #[schemars(with = "String")]
    pub battle_id: RoomId,
    /// What the caller decides.
    #[schema(value_type = SubmittedAction)]
    #[schemars(with = "Action")]
    pub action: RoomRequest,
}

impl FromJson for ActionSubmission {
    fn from_fields(values: &Map<String, Value>) -> Result<Self, Refusal> {
        // First of all: a body with `state` and without an action must hear that, and not what it lacks.
        only(values, "", &["battleId", "action"])?;
        let fields = Fields::new(values);
        fields.require(&["battleId", "action"])?;
        Ok(Self { battle_id: battle_id(&fields)?, action: action(values)? })
    }
}

/// `POST /api/v1/ai/action`: what would a bot do in the caller's place?
#[derive(Clone, Copy, Debug, ToSchema, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = HintRequest)]
pub struct HintRequest {
    /// The battle.
    #[schema(value_type = String, example = "ABCD2345")]
    #[schemars(with = "String")]
    pub battle_id: RoomId,
    /// How well the bot plays; the battle's own level if it is left out.
    pub difficulty: Option<Difficulty>,
}

impl FromJson for HintRequest {
    fn from_fields(values: &Map<String, Value>) -> Result<Self, Refusal> {
        let fields = Fields::new(values);
        Ok(Self { battle_id: battle_id(&fields)?, difficulty: fields.optional_word("difficulty", &difficulties())? })
    }
}

/// A text that can't be an id is a battle that does not exist.
fn battle_id(fields: &Fields<'_>) -> Result<RoomId, Refusal> {
    let text = fields.text("battleId")?;
    text.parse().map_err(|_| Refusal::battle_not_found(text))
}

/// Reads the field `action` of a message or a body.
///
/// # Errors
/// `STATE_NOT_WRITABLE` when it holds more than an action has, else `VALIDATION_FAILED` with the field.
pub(in crate::battles) fn action(values: &Map<String, Value>) -> Result<RoomRequest, Refusal> {
    let fields = Fields::new(values);
    fields.require(&["action"])?;
    let Some(fields) = fields.optional_object("action")? else { return Err(Refusal::of_field("action", "is missing")) };
    let kind = fields.word("type", &KINDS)?;
    let own: &[&str] = match kind {
        Kind::Declare => &["type", "value"],
        Kind::Play => &["type", "pieceIds"],
        Kind::AcceptRedeal | Kind::DeclineRedeal | Kind::Start => &["type"],
    };
    if let Some(Value::Object(action)) = values.get("action") {
        only(action, "action.", own)?;
    }
    Ok(match kind {
        Kind::Declare => RoomRequest::Act(Choice::Declare(declaration(&fields)?)),
        Kind::Play => RoomRequest::Act(Choice::Play(Pieces::Named(pieces(&fields)?))),
        Kind::AcceptRedeal => RoomRequest::Act(Choice::Redeal(RedealDecision::Accept)),
        Kind::DeclineRedeal => RoomRequest::Act(Choice::Redeal(RedealDecision::Decline)),
        Kind::Start => RoomRequest::Start,
    })
}

/// The kinds of action.
#[derive(Clone, Copy)]
enum Kind {
    Declare,
    Play,
    AcceptRedeal,
    DeclineRedeal,
    Start,
}

const KINDS: [(&str, Kind); 5] = [
    ("declare", Kind::Declare),
    ("play", Kind::Play),
    ("accept_redeal", Kind::AcceptRedeal),
    ("decline_redeal", Kind::DeclineRedeal),
    ("start", Kind::Start),
];

/// Refuses what would set state: any field that does not belong here.
pub(in crate::battles) fn only(values: &Map<String, Value>, path: &str, known: &[&str]) -> Result<(), Refusal> {
    let others = values.keys().filter(|field| !known.contains(&field.as_str()));
    let others: Vec<String> = others.map(|field| format!("{path}{}", shortened(field))).collect();
    if others.is_empty() { Ok(()) } else { Err(Refusal::state_not_writable(&others)) }
}

fn shortened(text: &str) -> String {
    text.chars().take(64).collect()
}

fn declaration(fields: &Fields<'_>) -> Result<Declaration, Malformed> {
    let number = fields.integer("value", 0, 8)?;
    Ok(u8::try_from(number).ok().and_then(Declaration::new).unwrap_or_default())
}

fn pieces(fields: &Fields<'_>) -> Result<PieceSet, Malformed> {
    let wrong = |problem: String| Malformed::OutOfRange {
        field: fields.path("pieceIds"),
        problem,
        allowed: json!({ "items": "p1 to p32", "min": 1, "unique": true }),
    };
    let mut set = PieceSet::EMPTY;
    for value in fields.list("pieceIds")? {
        let id = value.as_str().ok_or_else(|| fields.wrong_type("pieceIds", "array of strings", value))?;
        let piece: Piece = id.parse().map_err(|_| wrong(format!("holds {:?}, which is no piece", shortened(id))))?;
        if set.contains(piece) {
            return Err(wrong(format!("holds {piece} twice")));
        }
        set.insert(piece);
    }
    if set.is_empty() { Err(wrong("is empty".to_owned())) } else { Ok(set) }
}
