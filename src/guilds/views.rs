//! Guilds as every account may see them.

use actix_web::{HttpResponse, web};
use contracts::battles::{
    error::Refusal,
    guild::{Guild, GuildDetails, Member, MemberRole, War},
};
use store::{GuildPage, GuildProfile, GuildSummary, GuildWar, Store};
use vocabulary::Timestamp;

use super::{
    points::{level, tier},
    refused::{GUILDS, guild_id},
};
use crate::{
    accounts::Caller,
    rest::{
        answer::{Refused, Stored},
        query::{List, Page, TOTAL},
    },
};

/// Lists all guilds, those with the most points first.
#[utoipa::path(get, path = "/guilds", tag = "guilds",
    responses((status = 200, description = "A page of guilds; `X-Total-Count` has the number of all", body = [Guild],
        headers(("X-Total-Count" = u64, description = "The number of entries on all pages")))))]
pub(super) async fn guilds(store: web::Data<Store>, _: Caller, list: List<20, 100>) -> Result<HttpResponse, Refused> {
    let Page { offset, limit } = list.page()?;
    let (guilds, total) = store.guild_list(offset, limit).await.of(GUILDS)?;
    let guilds: Vec<Guild> = guilds.into_iter().map(summary).collect();
    Ok(HttpResponse::Ok().insert_header((TOTAL, total)).json(guilds))
}

/// Returns a guild, with its members and its war.
#[utoipa::path(get, path = "/guilds/{id}", tag = "guilds",
    params(("id" = String, Path, description = "The guild's id")),
    responses((status = 200, description = "The guild", body = GuildDetails)))]
pub(super) async fn guild(
    store: web::Data<Store>,
    _: Caller,
    id: web::Path<String>,
) -> Result<web::Json<GuildDetails>, Refused> {
    let id = guild_id(&id)?;
    match store.guild(&id).await.of(GUILDS)? {
        Some(page) if !page.guild.dissolved => Ok(web::Json(details(page))),
        _ => Err(Refusal::guild_not_found(&id).into()),
    }
}

/// The guild as it is now, also if it has just been dissolved.
pub(super) async fn now(store: &Store, id: &str) -> Result<GuildDetails, Refused> {
    let page = store.guild(id).await.of(GUILDS)?;
    Ok(details(page.ok_or_else(|| Refusal::guild_not_found(id))?))
}

fn summary(GuildSummary { guild, members }: GuildSummary) -> Guild {
    Guild {
        id: guild.id,
        name: guild.name,
        level: level(guild.points),
        points: guild.points,
        treasury: guild.treasury,
        tier: tier(guild.points).to_owned(),
        member_count: members,
        leader_id: guild.leader,
        created_at: guild.created_at.millis(),
    }
}

fn details(GuildPage { guild, members, war }: GuildPage) -> GuildDetails {
    let war = war.map(|(of, opponent)| seen_from(&guild.id, of, opponent));
    let shown = members.into_iter().map(|profile| member(&guild.leader, profile)).collect::<Vec<_>>();
    let count = u64::try_from(shown.len()).unwrap_or(u64::MAX);
    GuildDetails { members: shown, war, guild: summary(GuildSummary { guild, members: count }) }
}

fn member(leader: &str, GuildProfile { member, username, display_name }: GuildProfile) -> Member {
    let role = if member.account == leader { MemberRole::Leader } else { MemberRole::Member };
    let (points, joined_at) = (member.points, member.joined_at.millis());
    Member { id: member.account, username, display_name, role, points, joined_at }
}

fn seen_from(guild: &str, war: GuildWar, opponent_name: String) -> War {
    let GuildWar { id, attacker, defender, territory, attacker_wins, defender_wins, started_at, ends_at, .. } = war;
    let [started_at, ends_at] = [started_at, ends_at].map(Timestamp::millis);
    let (opponent_id, wins, losses) = if attacker == guild {
        (defender, attacker_wins, defender_wins)
    } else {
        (attacker, defender_wins, attacker_wins)
    };
    War { id, opponent_id, opponent_name, territory, wins, losses, started_at, ends_at }
}
