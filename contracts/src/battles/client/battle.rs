//! The bodies about battles.

use game_rules::{Piece, PieceSet, RedealDecision, Seat};
use schemars::JsonSchema;
use serde_json::{Map, Value, json};
use vocabulary::{Choice, Difficulty, Name, Pace, Pieces, RoomId, RoomOptions, RoomRequest};

use super::{FromJson, schema::SubmittedAction};
use crate::{
    Malformed,
    battles::error::Refusal,
    fields::Fields,
    options::{Changes, Names, difficulties},
    text::shortened,
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

/// `POST /battles`: a new battle. Every field is optional.
#[derive(Debug, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "BattleRequest")]
pub struct BattleCreation {
    /// The name, 1 to 50 characters after trimming; the server chooses one if left out.
    pub name: Option<Name>,
    /// Whether the list of battles shows it.
    is_public: Option<bool>,
    #[serde(flatten)]
    #[schemars(with = "BattleOptions")]
    changes: Changes,
}

/// The options of a battle; a missing field has the server's default.
#[derive(Clone, Debug, Default, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BattleOptions {
    /// The level of the battle's bots.
    pub bot_difficulty: Option<Difficulty>,
    /// Whether bots fill empty seats at the start.
    pub fill_with_bots: Option<bool>,
    /// The time for a decision, in seconds.
    #[schemars(range(min = 1, max = 3600))]
    pub turn_timeout_seconds: Option<u32>,
    /// How fast bots act.
    pub pace: Option<Pace>,
    /// Variants of the rules of the game.
    pub rules: Option<RuleVariants>,
}

/// Variants of the rules; a missing field has its default, `null` removes a limit.
#[derive(Clone, Copy, Debug, Default, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RuleVariants {
    /// The total of points that ends the game.
    #[schemars(range(min = 10, max = 200))]
    pub target_score: Option<u16>,
    /// The round after which the game ends.
    #[schemars(range(min = 1, max = 100))]
    pub max_rounds: Option<u8>,
    /// Which sets compete with the leader's.
    pub competing_types: Option<CompetingTypesName>,
    /// How often in a row a player may declare zero.
    #[schemars(range(min = 1, max = 10))]
    pub zero_streak_limit: Option<u8>,
    /// The sum of all declarations that the last one must not complete.
    #[schemars(range(min = 1, max = 32))]
    pub forbid_total: Option<u8>,
}

/// Which sets compete with the leader's.
#[derive(Clone, Copy, Debug, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "CompetingTypes")]
pub enum CompetingTypesName {
    /// Only sets of the leader's type.
    LeaderType,
    /// A higher type of the same size beats a lower one.
    AnyType,
}

impl BattleCreation {
    /// The options of the battle; missing fields keep the default.
    #[must_use]
    pub fn options(&self, defaults: &RoomOptions) -> RoomOptions {
        RoomOptions { public: self.is_public.unwrap_or(defaults.public), ..self.changes.applied_to(defaults) }
    }
}

impl FromJson for BattleCreation {
    fn from_fields(values: &Map<String, Value>) -> Result<Self, Refusal> {
        let fields = Fields::new(values);
        Ok(Self {
            name: fields.get("name").map(|_| fields.name("name")).transpose()?,
            is_public: fields.optional_flag("isPublic")?,
            changes: Changes::read(&fields, &NAMES)?,
        })
    }
}

/// `POST /battles/{id}/join`: takes a seat. The body is optional.
#[derive(Clone, Debug, Default, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "JoinRequest")]
pub struct JoinBody {
    /// A name for this battle instead of the account's; it must not look like that of another account, of the server or
    /// of a bot.
    pub player_name: Option<Name>,
}

impl FromJson for JoinBody {
    fn from_fields(values: &Map<String, Value>) -> Result<Self, Refusal> {
        Ok(Self { player_name: Fields::new(values).optional_person("playerName")? })
    }
}

/// `POST /battles/{id}/kick`: the host removes a person before the start.
#[derive(Clone, Copy, Debug, JsonSchema)]
#[schemars(rename = "KickRequest")]
pub struct KickBody {
    /// The person's seat, 0 to 3.
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

/// `POST /api/v1/game/state`: an action of the caller's own seat. Any other field would set state, which is not
/// possible.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "ActionRequest")]
pub struct ActionSubmission {
    /// The battle's id.
    #[schemars(with = "String", example = &"ABCD2345")]
    pub battle_id: RoomId,
    /// The caller's action.
    #[schemars(with = "SubmittedAction")]
    pub action: RoomRequest,
}

impl FromJson for ActionSubmission {
    fn from_fields(values: &Map<String, Value>) -> Result<Self, Refusal> {
        // Checked first: a body with `state` and without an action must be rejected for that, not for the missing
        // field.
        only(values, "", &["battleId", "action"])?;
        let fields = Fields::new(values);
        fields.require(&["battleId", "action"])?;
        Ok(Self { battle_id: battle_id(&fields)?, action: action(values)? })
    }
}

/// `POST /api/v1/ai/action`: what a bot would do in the caller's place.
#[derive(Clone, Copy, Debug, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "HintRequest")]
pub struct HintRequest {
    /// The battle's id.
    #[schemars(with = "String", example = &"ABCD2345")]
    pub battle_id: RoomId,
    /// The level of the bot; the battle's level if left out.
    pub difficulty: Option<Difficulty>,
}

impl FromJson for HintRequest {
    fn from_fields(values: &Map<String, Value>) -> Result<Self, Refusal> {
        let fields = Fields::new(values);
        Ok(Self { battle_id: battle_id(&fields)?, difficulty: fields.optional_word("difficulty", &difficulties())? })
    }
}

/// Decodes a battle's id. A text that is not a valid id is an unknown battle.
fn battle_id(fields: &Fields<'_>) -> Result<RoomId, Refusal> {
    let text = fields.text("battleId")?;
    text.parse().map_err(|_| Refusal::battle_not_found(text))
}

/// Decodes the field `action` of a message or a body.
///
/// # Errors
/// `STATE_NOT_WRITABLE` if it has fields that no action has, otherwise `VALIDATION_FAILED` with the field.
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
        Kind::Declare => RoomRequest::Act(Choice::Declare(fields.declaration("value")?)),
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

/// Rejects what would set state: any field that does not belong here.
pub(in crate::battles) fn only(values: &Map<String, Value>, path: &str, known: &[&str]) -> Result<(), Refusal> {
    let others = values.keys().filter(|field| !known.contains(&field.as_str()));
    let others: Vec<String> = others.map(|field| format!("{path}{}", shortened(field))).collect();
    if others.is_empty() { Ok(()) } else { Err(Refusal::state_not_writable(&others)) }
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
        let piece: Piece = id.parse().map_err(|_| wrong(format!("has {:?}, which is not a piece", shortened(id))))?;
        if set.contains(piece) {
            return Err(wrong(format!("holds {piece} twice")));
        }
        set.insert(piece);
    }
    if set.is_empty() { Err(wrong("is empty".to_owned())) } else { Ok(set) }
}
