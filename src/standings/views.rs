//! The statistics of a user and the leaderboard, as every account may see them.

use actix_web::{HttpResponse, web};
use contracts::battles::{
    error::{Code, Refusal},
    standing::{Discount, Leaderboard, LeaderboardEntry, LeaderboardUser, OwnGame, UserStats},
};
use store::{AccountGame, Counted, Ranked, Standing, Store};

use super::rating::{self, hundredths, shown};
use crate::{
    accounts::Caller,
    rest::{
        answer::{Refused, Stored},
        query::{List, Page, TOTAL},
    },
};

/// What a failure of the database is about.
const STANDINGS: &str = "standings";

/// Returns statistics over a user's finished games.
#[utoipa::path(get, path = "/users/{id}/stats", tag = "users",
    params(("id" = String, Path, description = "The account's id")),
    responses((status = 200, description = "The statistics", body = UserStats)))]
pub(super) async fn stats(
    store: web::Data<Store>,
    _: Caller,
    id: web::Path<String>,
) -> Result<web::Json<UserStats>, Refused> {
    let standing = match store.standing(&id).await.of(STANDINGS)? {
        Some(standing) => standing,
        None => match store.account_by_id(&id).await.of(STANDINGS)? {
            Some(account) => rating::at_first(&account.id),
            None => return Err(Refusal::new(Code::NotFound, "There is no user with this id").into()),
        },
    };
    Ok(web::Json(user_stats(&standing)))
}

/// Lists the caller's finished games, the newest first, and how much each counts for their rating and their guild.
#[utoipa::path(get, path = "/users/me/games", tag = "users",
    responses((status = 200, description = "The page", body = [OwnGame])))]
pub(super) async fn games(
    store: web::Data<Store>,
    Caller(account): Caller,
    list: List<20, 100>,
) -> Result<web::Json<Vec<OwnGame>>, Refused> {
    let Page { offset, limit } = list.page()?;
    let games = store.account_games(&account.id, offset, limit).await.of(STANDINGS)?;
    Ok(web::Json(games.into_iter().map(own_game).collect()))
}

/// Lists the best players.
#[utoipa::path(get, path = "/leaderboard", tag = "users",
    responses((status = 200, description = "The page", body = Leaderboard,
        headers(("X-Total-Count" = u64, description = "The places on all pages")))))]
pub(super) async fn leaderboard(
    store: web::Data<Store>,
    _: Caller,
    list: List<20, 100>,
) -> Result<HttpResponse, Refused> {
    let Page { offset, limit } = list.page()?;
    let (ranked, total) = store.leaderboard(offset, limit).await.of(STANDINGS)?;
    let entries = (offset.saturating_add(1)..).zip(ranked).map(|(rank, ranked)| entry(rank, ranked)).collect();
    Ok(HttpResponse::Ok().insert_header((TOTAL, total)).json(Leaderboard { entries, total }))
}

fn user_stats(standing: &Standing) -> UserStats {
    UserStats {
        games_played: standing.games_played,
        games_won: standing.games_won,
        win_rate: win_rate(standing),
        rounds_played: standing.rounds_played,
        perfect_declarations: standing.exact_declarations,
        average_score: hundredths(per_game(standing.total_score, standing)),
        best_score: standing.best_score,
        rating: shown(standing.rating),
        rating_deviation: shown(standing.deviation),
    }
}

fn own_game(AccountGame { room, ended_at, participation }: AccountGame) -> OwnGame {
    let counted = participation.counted;
    OwnGame {
        battle_id: room,
        ended_at: ended_at.millis(),
        place: participation.place,
        won: participation.won,
        finished_by_bot: participation.stood_in,
        score: participation.score,
        rounds_played: participation.rounds,
        counts: counted.map(|counted| counted.weight as f64 / Counted::WHOLE as f64),
        discount: counted.and_then(|counted| counted.discount).map(discount),
    }
}

const fn discount(discount: store::Discount) -> Discount {
    match discount {
        store::Discount::Short => Discount::Short,
        store::Discount::Alone => Discount::Alone,
        store::Discount::Repeated => Discount::Repeated,
        store::Discount::TooMany => Discount::TooMany,
    }
}

fn entry(rank: u64, ranked: Ranked) -> LeaderboardEntry {
    let Ranked { standing, username, display_name, avatar_url } = ranked;
    LeaderboardEntry {
        rank,
        rating: shown(standing.rating),
        rating_deviation: shown(standing.deviation),
        games_played: standing.games_played,
        games_won: standing.games_won,
        win_rate: win_rate(&standing),
        user: LeaderboardUser { id: standing.account, username, display_name, avatar_url },
    }
}

/// With at most four decimal places.
fn win_rate(standing: &Standing) -> f64 {
    // One division at the end: the nearest float to a short decimal fraction has few digits.
    (per_game(standing.games_won, standing) * 10_000.0).round() / 10_000.0
}

fn per_game(sum: i64, standing: &Standing) -> f64 {
    sum as f64 / standing.games_played.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_share_of_games_has_at_most_four_digits_behind_the_point() {
        for games_played in 1..=300 {
            for games_won in 0..=games_played {
                let standing = Standing {
                    account: String::new(),
                    games_played,
                    games_won,
                    rounds_played: 0,
                    exact_declarations: 0,
                    total_score: 0,
                    best_score: 0,
                    rating: 0,
                    deviation: 0,
                };
                let text = win_rate(&standing).to_string();
                assert!(text.len() <= "0.1234".len(), "{games_won} of {games_played} are {text}");
            }
        }
    }
}
