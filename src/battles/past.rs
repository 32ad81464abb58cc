//! The past of a battle: its states, event by event, and the replay of its finished game.

use std::time::Duration;

use actix_web::{HttpResponse, web};
use actors::{Cost, Engine};
use chronicle::{
    Claim, Moment, Past, RoomView,
    replay::{self, Replay},
};
use contracts::battles::{
    error::{Code, Refusal},
    server::{self, Action, Deal, GameState, HistoryEntry, ReplayAction, ReplayRound, ReplaySeat, Results, Rules},
};
use store::Store;
use vocabulary::{AccountId, Denial, Page, RoomId};

use super::{
    claimed::{Claimed, unless_unknown},
    play::which,
    record::{BATTLES, kept, must_be_open, read},
    refused::{battle_id, no_such_battle, not_seated},
};
use crate::{
    accounts::{Caller, id_of},
    rest::{
        answer::{Refused, Stored},
        query::List,
        work::{Work, encoded, encoded_page},
    },
};

/// Returns the states of a battle after each of its events, as the caller may see them, the oldest first.
#[utoipa::path(get, path = "/state/history", tag = "state", params(
    ("battleId" = Option<String>, Query, description = "The battle's id; the caller's own battle if left out")),
    responses((status = 200, body = [HistoryEntry],
        description = "A page of states; `X-Total-Count` has the number of all",
        headers(("X-Total-Count" = u64, description = "The number of entries on all pages")))))]
pub(super) async fn history(
    engine: web::Data<Engine>,
    store: web::Data<Store>,
    work: Work,
    Caller(account): Caller,
    list: List<50, 100>,
) -> Result<HttpResponse, Refused> {
    let (page, query) = list.read(&["battleId"])?;
    let id = id_of(&account)?;
    let room = which(&engine, id, &query)?;
    let past = past(&engine, &store, &work, id, room, page.into()).await?;
    if past.seat.is_none() {
        // A page may be past the end; the first event always says whether the battle is public.
        let first = self::past(&engine, &store, &work, id, room, Page { offset: 0, limit: 1 }).await?;
        let first = first.moments.first().ok_or_else(not_seated)?;
        must_be_open(&first.view.situation.roster, id)?;
    }
    let Past { moments, total, .. } = past;
    let entries = move || moments.iter().map(|moment| entry(moment, id)).collect::<Vec<HistoryEntry>>();
    Ok(encoded_page(work.json(entries).await?, total))
}

/// A seat is the account's own from the moment when it joined; after a forfeit its pieces are the bot's.
fn entry(moment: &Moment, account: AccountId) -> HistoryEntry {
    let RoomView { situation, sequence, updated_at } = &moment.view;
    let seat = situation.roster.seat_of(account);
    let player = seat.and_then(|seat| situation.roster.seats[seat].as_ref());
    let hand = moment.hand.filter(|_| player.is_some_and(|player| !player.has_forfeited()));
    let state = GameState::of(situation, seat.map(|seat| (seat, hand)));
    HistoryEntry { sequence: sequence.0, timestamp: updated_at.0, state }
}

async fn past(
    engine: &Engine,
    store: &Store,
    work: &Work,
    account: AccountId,
    room: RoomId,
    page: Page,
) -> Result<Past, Refused> {
    match engine.past(account, room, page).await {
        Err(Denial::RoomNotFound { .. }) => {}
        past => {
            let past = past?;
            work.charge(Cost::facts(past.folded));
            return Ok(past);
        }
    }
    let game = kept(store, room).await?;
    read(work, move || replay::past(&game.record, account, page)).await
}

/// Returns every deal and decision of a finished battle, checked against the result that was stored when it ended. The
/// secret of one of its seats (`session_token` of contract *game*) is accepted, too.
#[utoipa::path(get, path = "/state/replay/{id}", tag = "state",
    params(("id" = String, Path, description = "The battle's id", example = "ABCD2345")),
    responses((status = 200, description = "The replay", body = server::Replay)))]
pub(super) async fn replay(
    engine: web::Data<Engine>,
    store: web::Data<Store>,
    work: Work,
    Claimed(claim): Claimed,
    id: web::Path<String>,
) -> Result<HttpResponse, Refused> {
    let replay = unless_unknown(&claim, ended(&engine, &store, &work, &claim, &id).await)?;
    Ok(encoded(work.json(move || whole(&replay)).await?))
}

async fn ended(engine: &Engine, store: &Store, work: &Work, claim: &Claim, id: &str) -> Result<Replay, Refused> {
    let room = battle_id(id)?;
    let Some(game) = store.finished(room.as_str()).await.of(BATTLES)? else {
        return Err(not_ended(engine, claim, room).await);
    };
    let replay = read(work, move || replay::replay(&game.room, &game.result, &game.record)).await?;
    match claim {
        Claim::Account(account) => must_be_open(&replay.situation.roster, *account)?,
        // A seat's secret is valid for the battle of that seat alone.
        Claim::Seat(_) if replay.is_of(claim) => {}
        Claim::Seat(_) => return Err(not_seated()),
    }
    Ok(replay)
}

/// Returns why there is no replay. Only those who may see the battle learn that it has not ended.
async fn not_ended(engine: &Engine, claim: &Claim, room: RoomId) -> Refused {
    let may_know = match claim {
        Claim::Account(account) => match engine.rooms().roster(room) {
            Some(roster) => must_be_open(&roster, *account),
            None => Err(no_such_battle(room.as_str())),
        },
        Claim::Seat(_) => match engine.seat_of(claim.clone(), room).await {
            Ok(_) => Ok(()),
            Err(_) => Err(no_such_battle(room.as_str())),
        },
    };
    let unfinished = || Refusal::new(Code::BattleNotFinished, "The battle has not ended yet").into();
    may_know.err().unwrap_or_else(unfinished)
}

fn whole(replay: &Replay) -> server::Replay {
    let result = &replay.result;
    let roster = &replay.situation.roster;
    let seats = roster.players().map(|(seat, player)| ReplaySeat {
        seat: seat.index(),
        id: roster.player_id(seat).map(|id| id.to_string()).unwrap_or_default(),
        name: player.name.to_string(),
        is_bot: player.is_bot(),
    });
    let deals = replay
        .rounds
        .iter()
        .flat_map(|round| round.deals.iter().map(|(number, hands)| Deal::of(*number, round.number, hands)));
    let actions = replay.actions.iter().map(|acted| ReplayAction {
        seat: acted.seat.index(),
        action: Action::of(acted.action),
        time: acted.at.0,
        automatic: acted.automatic,
    });
    server::Replay {
        battle_id: replay.room.clone(),
        rules: Rules::of(&roster.options.rules),
        deck_seed: result.deck_seed.clone(),
        deck_commitment: result.deck_commitment.clone(),
        seats: seats.collect(),
        deals: deals.collect(),
        actions: actions.collect(),
        rounds: replay.rounds.iter().filter_map(round).collect(),
        results: Results {
            winners: result.winners.clone(),
            final_scores: result.players.iter().map(|player| (player.name.clone(), player.score)).collect(),
            rounds_played: u32::from(result.rounds_played),
            duration: Duration::from_millis(result.duration_ms).into(),
        },
    }
}

/// `None` for a round without a score, which a finished game does not have.
fn round(round: &replay::Round) -> Option<ReplayRound> {
    let (starter, reason) = round.starter?;
    let scores = round.scores?.into_array();
    Some(ReplayRound {
        round: round.number,
        starter: starter.index(),
        starter_reason: reason.as_str(),
        multiplier: round.multiplier,
        declarations: scores.map(|score| score.declared.value()),
        captured: scores.map(|score| score.captured),
        scores: scores.map(|score| score.score),
        totals: scores.map(|score| score.total),
    })
}
