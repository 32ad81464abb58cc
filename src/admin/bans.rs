//! Bans, and disconnections without a ban.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use actors::{Ban, BanTarget, Engine, Party, has_loopback, parse_network, room::Identified};
use contracts::battles::{
    admin::Reached,
    bans::{self, BanRequest, DisconnectRequest, NewBan, Target},
    error::{Code, Refusal},
};
use ipnet::IpNet;
use store::Account;
use vocabulary::{AccountId, Timestamp};

use super::operator::Operator;
use crate::{
    accounts::{Accounts, id_of},
    rest::{
        answer::{Refused, Stored},
        body::{By, Json},
        client::{self, Proxies},
        query::{List, TOTAL},
    },
};

/// The default duration for guests, as an address may be somebody else's tomorrow.
const GUEST_SECONDS: u64 = 86_400;

/// The target of a request.
struct Meant {
    target: BanTarget,
    /// How the operator named them.
    subject: String,
    /// Whether only the network of a guest is known.
    is_guest: bool,
}

/// Lists the bans that have not ended, the newest first.
#[utoipa::path(get, path = "/admin/bans", operation_id = "bans", tag = "admin",
    responses((status = 200, description = "The bans of this page", body = Vec<bans::Ban>,
        headers(("X-Total-Count" = usize, description = "The number of entries on all pages")))))]
pub(super) async fn list(
    _: Operator,
    engine: web::Data<Engine>,
    list: List<100, 200>,
) -> Result<HttpResponse, Refused> {
    let page: vocabulary::Page = list.page()?.into();
    let all = engine.bans().all();
    let bans: Vec<bans::Ban> = all.iter().skip(page.offset).take(page.limit).map(|ban| shown(ban)).collect();
    Ok(HttpResponse::Ok().insert_header((TOTAL, all.len())).json(bans))
}

/// Bans an account, an address, a network, or whoever has a connection or a seat. The ban takes effect at once: it
/// closes open connections and frees their seats in waiting rooms. It replaces an earlier ban of the same target.
#[utoipa::path(post, path = "/admin/bans", operation_id = "ban", tag = "admin",
    responses((status = 201, description = "The ban", body = NewBan)))]
pub(super) async fn ban(
    engine: web::Data<Engine>,
    accounts: web::Data<Accounts>,
    proxies: web::Data<Proxies>,
    request: HttpRequest,
    By(operator, Json(wanted)): By<Operator, Json<BanRequest>>,
) -> Result<HttpResponse, Refused> {
    let Meant { target, subject, is_guest } = meant(&engine, &accounts, wanted.target).await?;
    match target {
        BanTarget::Account(account) if account.to_string() == operator.0.id => {
            return Err(Refusal::new(Code::OwnAccount, "You can't ban your own account").into());
        }
        BanTarget::Account(_) => {}
        BanTarget::Network(network) => check_network(&network, &proxies, &request)?,
    }
    let seconds = wanted.duration_seconds.or(is_guest.then_some(GUEST_SECONDS));
    let now = Timestamp::now();
    let ban = Ban {
        id: uuid::Uuid::now_v7().to_string(),
        target,
        subject,
        reason: wanted.reason,
        banned_by: operator.0.username.clone(),
        created_at: now,
        ends_at: seconds.map(|seconds| now + std::time::Duration::from_secs(seconds)),
    };
    let closed = engine.ban(&ban).await.of("bans")?;
    log::info!("{operator} banned {} ({}), which closed {closed} connections: {}", ban.subject, ban.target, ban.reason);
    Ok(HttpResponse::build(StatusCode::CREATED).json(NewBan { ban: shown(&ban), closed }))
}

/// Lifts a ban.
#[utoipa::path(delete, path = "/admin/bans/{id}", operation_id = "lift_ban", tag = "admin",
    params(("id" = String, Path, description = "The ban's id")),
    responses((status = 204, description = "The ban is lifted")))]
pub(super) async fn lift(
    operator: Operator,
    engine: web::Data<Engine>,
    id: web::Path<String>,
) -> Result<HttpResponse, Refused> {
    if !engine.bans().lift(&id).await.of("bans")? {
        return Err(Refusal::new(Code::NotFound, "There is no ban with this id").into());
    }
    log::info!("{operator} lifted ban {id}");
    Ok(HttpResponse::NoContent().finish())
}

/// Closes connections, and frees their seats in waiting rooms. These people may connect again at once, but can't join
/// those rooms for ten minutes.
#[utoipa::path(post, path = "/admin/disconnect", operation_id = "disconnect", tag = "admin",
    responses((status = 200, description = "The number of closed connections", body = Reached)))]
pub(super) async fn disconnect(
    engine: web::Data<Engine>,
    accounts: web::Data<Accounts>,
    By(operator, Json(wanted)): By<Operator, Json<DisconnectRequest>>,
) -> Result<web::Json<Reached>, Refused> {
    let party = match wanted.target {
        Target::Account(text) => Party::Account(id_of(&account(&accounts, &text).await?)?),
        Target::Network(text) => Party::Network(network(&text)?),
        Target::Connection(connection) => Party::Connection(connection),
        Target::Player(room, name) => Party::Player(room, name),
    };
    let reached = engine.disconnect(&party).await.map_err(|_| nobody())?;
    log::info!("{operator} disconnected {party:?}, which closed {reached} connections");
    Ok(web::Json(Reached { reached }))
}

async fn meant(engine: &Engine, accounts: &Accounts, target: Target) -> Result<Meant, Refused> {
    match target {
        Target::Account(text) => {
            let account = account(accounts, &text).await?;
            let subject = account.username.clone();
            Ok(Meant { target: BanTarget::Account(id_of(&account)?), subject, is_guest: false })
        }
        Target::Network(text) => {
            let network = network(&text)?;
            Ok(Meant { target: BanTarget::Network(network), subject: network.to_string(), is_guest: false })
        }
        Target::Connection(connection) => {
            let found = engine.identify_connection(connection).ok_or_else(nobody)?;
            of_person(found, format!("connection {connection}"))
        }
        Target::Player(room, name) => {
            let found = engine.identify(room, &name).await.ok().flatten().ok_or_else(nobody)?;
            of_person(found, format!("{name} in room {room}"))
        }
    }
}

/// An account is banned wherever it connects from; a guest by the network, as nothing else is known of a guest.
fn of_person(Identified { account, network }: Identified, subject: String) -> Result<Meant, Refused> {
    let target = account.map(BanTarget::Account);
    let target = target.or_else(|| network.map(|network| BanTarget::Network(network.into())));
    let unknown = "This guest has not been connected since the server started, so that no address is known";
    let target = target.ok_or_else(|| Refusal::new(Code::NotFound, unknown))?;
    Ok(Meant { target, subject, is_guest: account.is_none() })
}

/// An account by its id, or by its username.
async fn account(accounts: &Accounts, text: &str) -> Result<Account, Refused> {
    if let Ok(id) = text.parse::<AccountId>() {
        return accounts.by_id(&id.to_string()).await;
    }
    accounts.by_username(text).await?.ok_or_else(nobody)
}

fn network(text: &str) -> Result<IpNet, Refused> {
    parse_network(text).map_err(|problem| Refusal::of_field("network", problem).into())
}

/// No operator locks themself or everybody out.
fn check_network(network: &IpNet, proxies: &Proxies, request: &HttpRequest) -> Result<(), Refused> {
    let own = client::address(request).to_canonical();
    let problem = if network.contains(&own) {
        format!("{network} has your own address, {own}, which you can't ban")
    } else if has_loopback(network) {
        format!("{network} has addresses of this machine itself, which can't be banned")
    } else if proxies.overlap(network) {
        format!("{network} has the address of a proxy of TRUSTED_PROXIES, which can't be banned")
    } else {
        return Ok(());
    };
    Err(Refusal::new(Code::OwnAddress, problem).into())
}

fn nobody() -> Refused {
    Refusal::new(Code::NotFound, "There is no such account, connection or person at a table").into()
}

fn shown(ban: &Ban) -> bans::Ban {
    let (account, network) = match ban.target {
        BanTarget::Account(account) => (Some(account.to_string()), None),
        BanTarget::Network(network) => (None, Some(network.to_string())),
    };
    bans::Ban {
        id: ban.id.clone(),
        account,
        network,
        subject: ban.subject.clone(),
        reason: ban.reason.clone(),
        banned_by: ban.banned_by.clone(),
        created_at: ban.created_at.0,
        ends_at: ban.ends_at.map(|end| end.0),
    }
}
