//! The bodies about guilds, the clubs of accounts.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, json};
use vocabulary::Name;

use super::{GUILD_NAME_MAX_CHARS, GUILD_NAME_MIN_CHARS, client::FromJson, error::Refusal};
use crate::fields::Fields;

/// The most points that one deposit may move.
const DEPOSIT_MAX: u64 = 1_000_000_000;

/// A guild's name: 3 to 32 characters after trimming, none of them a control character or one that reorders or hides
/// text.
// As `NameText`, with one to thirty characters between the first and the last one.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only described")]
struct GuildNameText(#[schemars(regex(pattern = GUILD_NAME), example = &"Dragon Riders")] String);

const GUILD_NAME: &str = r"^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*[^\u0000- \u007f-\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f\u2066-\u2069\u3000\ufeff][^\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]{1,30}[^\u0000- \u007f-\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f\u2066-\u2069\u3000\ufeff][\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$";

/// `POST /guilds`: a new guild.
#[derive(Debug, JsonSchema)]
#[schemars(rename = "GuildRequest")]
pub struct GuildFounding {
    /// 3 to 32 characters after trimming, none of them a control character or invisible. Case is kept, but ignored when
    /// names are compared.
    #[schemars(with = "GuildNameText")]
    pub name: Name,
}

impl FromJson for GuildFounding {
    fn from_fields(values: &Map<String, Value>) -> Result<Self, Refusal> {
        let name = Fields::new(values).name("name")?;
        match name.as_str().chars().count() {
            GUILD_NAME_MIN_CHARS..=GUILD_NAME_MAX_CHARS => Ok(Self { name }),
            _ => {
                let allowed = json!({ "min_length": GUILD_NAME_MIN_CHARS, "max_length": GUILD_NAME_MAX_CHARS });
                Err(Refusal::out_of_range("name", "does not have 3 to 32 characters", allowed))
            }
        }
    }
}

/// `POST /guilds/{id}/deposit`: moves points into the treasury.
#[derive(Clone, Copy, Debug, JsonSchema)]
#[schemars(rename = "DepositRequest")]
pub struct GuildDeposit {
    /// The number of the caller's points that go into the treasury.
    #[schemars(range(min = 1, max = DEPOSIT_MAX), example = 40)]
    pub points: i64,
}

impl FromJson for GuildDeposit {
    fn from_fields(values: &Map<String, Value>) -> Result<Self, Refusal> {
        let points = Fields::new(values).integer("points", 1, DEPOSIT_MAX)?;
        Ok(Self { points: i64::try_from(points).unwrap_or(i64::MAX) })
    }
}

/// `POST /guilds/{id}/war`: declares war.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "WarRequest")]
pub struct WarDeclaration {
    /// The id of the other guild.
    #[schemars(example = &"01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10")]
    pub guild_id: String,
    /// The disputed territory: 1 to 50 characters after trimming, none of them a control character or invisible.
    pub territory: Option<Name>,
}

impl FromJson for WarDeclaration {
    fn from_fields(values: &Map<String, Value>) -> Result<Self, Refusal> {
        let fields = Fields::new(values);
        fields.require(&["guildId"])?;
        let territory = fields.get("territory").map(|_| fields.name("territory")).transpose()?;
        Ok(Self { guild_id: fields.text("guildId")?.to_owned(), territory })
    }
}

/// A guild and its level.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Guild {
    /// The id, a UUID.
    #[schemars(example = &"01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10")]
    pub id: String,
    /// The name, which no other guild has.
    #[schemars(example = &"Dragon Riders")]
    pub name: String,
    /// The level: 1, and one more for every 500 points.
    #[schemars(example = 3)]
    pub level: i64,
    /// All points that its members have earned for it.
    #[schemars(example = 1_240)]
    pub points: i64,
    /// The points that its members have deposited.
    #[schemars(example = 300)]
    pub treasury: i64,
    /// `Tier 5` at first, `Tier 4` from 500 points, `Tier 3` from 2000, `Tier 2` from 10000, `Tier 1` from 50000.
    #[schemars(example = &"Tier 4")]
    pub tier: String,
    /// The number of members, at most 50; 0 if it has just been dissolved.
    #[schemars(example = 7)]
    pub member_count: u64,
    /// The id of the account that leads it.
    #[schemars(example = &"01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10")]
    pub leader_id: String,
    /// When it was founded, in milliseconds since 1970.
    #[schemars(example = 1_700_000_000_000_i64)]
    pub created_at: i64,
}

/// A guild with its members and its war.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct GuildDetails {
    /// The guild itself.
    #[serde(flatten)]
    pub guild: Guild,
    /// The members in the order of joining.
    pub members: Vec<Member>,
    /// The current war, or null.
    pub war: Option<War>,
}

/// A member of a guild.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "GuildMember")]
pub struct Member {
    /// The account's id.
    #[schemars(example = &"01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10")]
    pub id: String,
    /// The username, for logging in.
    #[schemars(example = &"Ann_7")]
    pub username: String,
    /// The display name, which others see.
    #[schemars(example = &"Ann")]
    pub display_name: String,
    /// Leader or ordinary member.
    pub role: MemberRole,
    /// The points that the member has earned for the guild and not deposited.
    #[schemars(example = 40)]
    pub points: i64,
    /// When the member joined, in milliseconds since 1970.
    #[schemars(example = 1_700_000_000_000_i64)]
    pub joined_at: i64,
}

/// The role of a member in its guild.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schemars(rename = "GuildRole")]
pub enum MemberRole {
    /// Leads the guild and may declare war.
    Leader,
    /// Any other member.
    Member,
}

/// A war, as the guild sees it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "GuildWar")]
pub struct War {
    /// The id, a UUID.
    #[schemars(example = &"01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10")]
    pub id: String,
    /// The other guild's id.
    #[schemars(example = &"01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10")]
    pub opponent_id: String,
    /// The other guild's name.
    #[schemars(example = &"Sea Wolves")]
    pub opponent_name: String,
    /// The disputed territory, or null.
    #[schemars(example = &"Dragon Valley")]
    pub territory: Option<String>,
    /// Games that members of this guild have won against members of the other one.
    #[schemars(example = 2)]
    pub wins: i64,
    /// Games that members of the other guild have won against members of this one.
    #[schemars(example = 1)]
    pub losses: i64,
    /// When it was declared, in milliseconds since 1970.
    #[schemars(example = 1_700_000_000_000_i64)]
    pub started_at: i64,
    /// When it ends, in milliseconds since 1970.
    #[schemars(example = 1_700_086_400_000_i64)]
    pub ends_at: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field<T: FromJson>(text: &str) -> Option<String> {
        let refusal = T::from_json(text.as_bytes()).err()?;
        Some(refusal.details.unwrap()["field"].as_str().unwrap().to_owned())
    }

    #[test]
    fn a_name_has_3_to_32_characters_after_trimming() {
        for good in ["abc", " abc ", "名名名", &"x".repeat(32), "a b"] {
            assert_eq!(field::<GuildFounding>(&json!({ "name": good }).to_string()), None, "{good}");
        }
        for bad in ["", "ab", " ab ", "a\nb", "a\u{202e}b", &"x".repeat(33)] {
            assert_eq!(field::<GuildFounding>(&json!({ "name": bad }).to_string()).as_deref(), Some("name"), "{bad}");
        }
    }

    #[test]
    fn a_deposit_is_a_whole_number_from_1() {
        for bad in ["{}", r#"{"points":0}"#, r#"{"points":-1}"#, r#"{"points":1.5}"#, r#"{"points":1000000001}"#] {
            assert_eq!(field::<GuildDeposit>(bad).as_deref(), Some("points"), "{bad}");
        }
        assert_eq!(GuildDeposit::from_json(br#"{"points":1}"#).unwrap().points, 1);
    }

    #[test]
    fn a_war_needs_a_guild_and_perhaps_a_territory() {
        assert_eq!(field::<WarDeclaration>("{}").as_deref(), Some("guildId"));
        assert_eq!(field::<WarDeclaration>(r#"{"guildId":7}"#).as_deref(), Some("guildId"));
        assert_eq!(field::<WarDeclaration>(r#"{"guildId":"x","territory":" "}"#).as_deref(), Some("territory"));
        assert_eq!(field::<WarDeclaration>(r#"{"guildId":"x","territory":null}"#), None);
    }
}
