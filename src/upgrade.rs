//! WebSocket upgrades: which contract, for what, and who. Contracts *game* and *battles* refuse with an HTTP status;
//! the others open, send an error, and close.

use actix_web::{
    Error, HttpRequest, HttpResponse, ResponseError,
    http::header::{HeaderValue, SEC_WEBSOCKET_PROTOCOL},
    web,
};
use actors::{
    Engine, Settings, Visibility,
    session::{self, Door, NotAdmitted, Viewer, Visit},
};
use contracts::{
    Contract, ContractId, Farewell,
    battles::{
        Battles,
        error::{Code, Refusal},
    },
    chat::Chat,
    game::Game,
    live_log::LiveLog,
    state::State,
};
use vocabulary::{AccountId, Profile, RoomId};

use crate::{
    accounts::Rejected,
    live_log::Access,
    rest::{
        answer::{Refused, try_again},
        client,
    },
    visitor::{Proof, Visitor},
};

/// The header of contract *state* that names the kind of client.
const CLIENT_TYPE: &str = "client-type";
/// The header of contract *state* that names the device.
const DEVICE_ID: &str = "device-id";
/// The most characters of a device's name.
const DEVICE_CHARS: usize = 100;
/// The subprotocol of contract *state*.
const STATE: &str = "liap.state.v1";
/// The subprotocol of contract *chat*.
const CHAT: &str = "liap.chat.v1";

/// `/ws/lobby`
pub(crate) async fn lobby(
    engine: web::Data<Engine>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    let visit = visit(Door::Lobby, visitor.or_refuse()?, &request);
    open::<Game>(&engine, visit, &request, payload)
}

/// `/ws/{room_id}`
pub(crate) async fn room(
    engine: web::Data<Engine>,
    room: web::Path<String>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    let profile = visitor.or_refuse()?;
    let id = room.parse().ok();
    let ended = ended(&engine, id, None).await?;
    // Without a seat's secret, clients learn only that the game has ended.
    let door = if ended.is_some() { Door::Ended } else { Door::Room(id) };
    let visit = visit(door, profile, &request);
    open::<Game>(&engine, visit, &request, payload)
}

/// `/ws/battles/{id}`
pub(crate) async fn battle(
    engine: web::Data<Engine>,
    room: web::Path<String>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    let proof = visitor.or_refuse()?.ok_or_else(Refused::unauthorized)?;
    let id = room.parse().ok();
    let door = match ended(&engine, id, Some(proof.profile.account)).await? {
        None => Door::Attend(id),
        Some(Visibility::Open) => Door::Ended,
        Some(Visibility::Hidden) => Door::Refused(Farewell::NotAdmitted),
    };
    let visit = visit(door, Some(proof), &request);
    open::<Battles>(&engine, visit, &request, payload)
}

/// Whether the room has closed after its game, and who may know more than that.
async fn ended(
    engine: &Engine,
    room: Option<RoomId>,
    account: Option<AccountId>,
) -> Result<Option<Visibility>, Refused> {
    match room.filter(|room| engine.rooms().address(*room).is_none()) {
        Some(room) => Ok(engine.closed_to(room, account).await?),
        None => Ok(None),
    }
}

/// `/ws`: contract *state* if the client names it, otherwise *chat*.
pub(crate) async fn either(
    engine: web::Data<Engine>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    let named = subprotocol(&request);
    let is_state = named.map_or_else(|| request.headers().contains_key(CLIENT_TYPE), |named| named == STATE);
    if is_state {
        state(engine, visitor, request, payload).await
    } else {
        chat(engine, visitor, request, payload).await
    }
}

/// `/ws/state`
pub(crate) async fn state(
    engine: web::Data<Engine>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    let settings = engine.settings();
    let mut visit = match visitor.proof {
        Ok(Some(proof)) => match settings.state_token_lives.checked_sub(proof.age) {
            Some(stay) if !stay.is_zero() => {
                let door = state_door(&engine, settings, &proof.profile, &request);
                // This contract has a lifetime of its own: 24 h from when the token was issued.
                Visit { stay: Some(stay), ..visit(door, Some(proof), &request) }
            }
            _ => refused(Farewell::TokenExpired, &request),
        },
        Ok(None) => refused(Farewell::NotAuthenticated, &request),
        Err(rejected) => refused(farewell(rejected)?, &request),
    };
    visit.device = said(&request, DEVICE_ID, "device_id");
    if let (Some(profile), Some(device)) = (&visit.profile, &visit.device) {
        log::debug!("contract state: account {} on device {device:?}", profile.account);
    }
    open::<State>(&engine, visit, &request, payload)
}

fn state_door(engine: &Engine, settings: &Settings, profile: &Profile, request: &HttpRequest) -> Door {
    let limit = usize::try_from(settings.state_connections).unwrap_or(usize::MAX);
    let device = said(request, DEVICE_ID, "device_id");
    if engine.connections().beside(ContractId::State, profile.account, device.as_deref()) >= limit {
        return Door::Refused(Farewell::TooManyConnections);
    }
    match said(request, CLIENT_TYPE, "client_type").as_deref() {
        // Browsers can't set the header. They play.
        None | Some("kivy" | "player") => Door::Gateway(Viewer::Player),
        Some("observer") => Door::Gateway(Viewer::Observer),
        Some(_) => Door::Refused(Farewell::NotAdmitted),
    }
}

/// `/ws/chat`
pub(crate) async fn chat(
    engine: web::Data<Engine>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    let visit = match visitor.proof {
        Ok(Some(proof)) => match engine.visits_chat(proof.profile.account) {
            Ok(()) => visit(Door::Chat, Some(proof), &request),
            Err(wait) => visit(Door::TooOften(wait), None, &request),
        },
        Ok(None) => refused(Farewell::NotAuthenticated, &request),
        Err(rejected) => refused(farewell(rejected)?, &request),
    };
    open::<Chat>(&engine, visit, &request, payload)
}

/// `/ws/live-log`
pub(crate) async fn live_log(
    engine: web::Data<Engine>,
    access: web::Data<Access>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    let visit = match access.admits(visitor, &request) {
        Ok(proof) => visit(Door::LiveLog, proof, &request),
        Err(rejected) => refused(farewell(rejected)?, &request),
    };
    open::<LiveLog>(&engine, visit, &request, payload)
}

/// A connection lasts no longer than the token that opened it.
fn visit(door: Door, proof: Option<Proof>, request: &HttpRequest) -> Visit {
    let (login, stay) = proof.as_ref().map(|proof| (proof.login, proof.left)).unzip();
    let profile = proof.map(|proof| proof.profile);
    Visit { door, profile, address: client::address(request), login, device: None, stay }
}

fn refused(farewell: Farewell, request: &HttpRequest) -> Visit {
    visit(Door::Refused(farewell), None, request)
}

/// The close reason for an invalid token; a failure of the server is an HTTP answer.
fn farewell(rejected: Rejected) -> Result<Farewell, Refused> {
    match rejected {
        Rejected::Missing => Ok(Farewell::NotAuthenticated),
        Rejected::Invalid => Ok(Farewell::InvalidToken),
        Rejected::Expired => Ok(Farewell::TokenExpired),
        Rejected::Failed(refused) => Err(refused),
    }
}

/// A header, or the query parameter in its place, as browsers can't set headers.
fn said(request: &HttpRequest, header: &str, parameter: &str) -> Option<String> {
    let in_header = request.headers().get(header).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let text = in_header.or_else(|| client::parameter(request, parameter))?;
    let text: String = text.trim().chars().filter(|sign| !sign.is_control()).take(DEVICE_CHARS).collect();
    (!text.is_empty()).then_some(text)
}

/// The first of our subprotocols that the client names.
fn subprotocol(request: &HttpRequest) -> Option<&'static str> {
    let named = request.headers().get_all(SEC_WEBSOCKET_PROTOCOL).filter_map(|value| value.to_str().ok());
    let mut named = named.flat_map(|value| value.split(',')).map(str::trim);
    named.find_map(|name| [STATE, CHAT].into_iter().find(|ours| *ours == name))
}

fn open<C: Contract>(
    engine: &Engine,
    visit: Visit,
    request: &HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    if engine.is_draining() {
        return Ok(Refused::unavailable("The server is stopping").error_response());
    }
    let spoken = match C::ID {
        ContractId::State => Some(STATE),
        ContractId::Chat => Some(CHAT),
        ContractId::Game | ContractId::Battles | ContractId::LiveLog => None,
    };
    let (visit, admission) = match engine.admit(C::ID, &visit) {
        Ok(admission) => (visit, Some(admission)),
        Err(NotAdmitted::Full) => {
            return Ok(try_again(&Refused::unavailable("The server has reached its connection limit")));
        }
        Err(NotAdmitted::TooMany) if matches!(C::ID, ContractId::Game | ContractId::Battles) => {
            let refusal =
                Refusal::new(Code::RateLimited, "Your address has reached its connection limit; close one first");
            return Ok(try_again(&refusal.into()));
        }
        Err(NotAdmitted::TooMany) => {
            (Visit { door: Door::Refused(Farewell::TooManyConnections), profile: None, login: None, ..visit }, None)
        }
    };
    let mut answer = session::open::<C>(engine, visit, admission, request, payload)?;
    let Some(spoken) = spoken else { return Ok(answer) };
    if subprotocol(request) == Some(spoken) {
        answer.headers_mut().insert(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(spoken));
    }
    Ok(answer)
}
