//! What only this contract hears: arrivals by account, and what is told in passing.

use std::time::Duration;

use contracts::{Contract, Malformed, battles::Battles};
use game_rules::{DeckSeed, PieceSet, Seat};
use serde_json::Value;
use vocabulary::{
    AccountId, Attendance, By, ConnectionId, Finale, LastAction, PlayerId, PrivateNotice, PublicNotice, Reply,
    Situation, Statistics, Who,
};

use crate::{json, name, room, samples};

pub(crate) fn bob() -> Who {
    Who { seat: samples::seat(1), id: PlayerId::Guest(room(), samples::seat(1)), name: name("Bob") }
}

pub(crate) fn attendance(situation: Situation, seat: Option<Seat>, missed: Option<usize>) -> Attendance {
    Attendance {
        connection: ConnectionId::random(),
        account: AccountId::new(),
        seat,
        situation,
        hand: seat.map(|_| PieceSet::EMPTY),
        missed,
        truncated: missed.is_some(),
    }
}

pub(crate) fn passing() -> Vec<PublicNotice> {
    vec![
        PublicNotice::BotThinking { who: bob() },
        PublicNotice::BotFailed { who: bob() },
        PublicNotice::Presence { who: bob(), connected: true },
        PublicNotice::Presence { who: bob(), connected: false },
    ]
}

/// By each who can decide.
pub(crate) fn acted() -> Vec<PublicNotice> {
    let by = [By::Player, By::Bot, By::Clock];
    let each = by.into_iter().flat_map(|by| samples::actions().map(|action| (by, action)));
    each.map(|(by, action)| PublicNotice::PlayerActed { who: bob(), action, by }).collect()
}

pub(crate) fn over() -> Finale {
    let situation = samples::playing(samples::games().last().unwrap());
    let table = situation.table.as_deref().unwrap();
    Finale {
        winners: [samples::seat(0), samples::seat(2)].into_iter().collect(),
        totals: table.totals,
        rounds_played: 1,
        duration: Duration::from_millis(61_500),
        statistics: Statistics::default(),
        deck_seed: DeckSeed::from_bytes([7; 32]).to_hex(),
        situation,
    }
}

/// With the last decision on the table.
pub(crate) fn decided(mut situation: Situation, by: By) -> Situation {
    let action = samples::actions()[1];
    situation.last_action = Some(LastAction { seat: samples::seat(1), action, by });
    situation
}

pub(crate) fn attendances() -> Vec<Reply> {
    let mut situations = vec![samples::waiting()];
    situations.extend(samples::games().iter().map(samples::playing));
    situations.push(decided(samples::playing(&samples::games()[3]), By::Clock));
    let each = |situation: &Situation| {
        [
            attendance(situation.clone(), None, None),
            attendance(situation.clone(), Some(samples::seat(0)), None),
            attendance(situation.clone(), Some(samples::seat(0)), Some(3)),
        ]
    };
    situations.iter().flat_map(each).map(Reply::Attending).collect()
}

pub(crate) fn malformed() -> Vec<Malformed> {
    vec![
        Malformed::NotJson { reason: "x".to_owned() },
        Malformed::TooDeep { max_depth: 127 },
        Malformed::Binary,
        Malformed::NoEvent,
        Malformed::UnknownEvent { event: "fly".to_owned(), known: vec!["walk"] },
        Malformed::MissingFields { fields: vec!["action".to_owned()], received: Value::Null },
        Malformed::WrongType { field: "data".to_owned(), expected: "object", received: "array" },
        Malformed::OutOfRange { field: "x".to_owned(), problem: "is wrong".to_owned(), allowed: Value::from(1) },
        Malformed::UnsupportedVersion { requested: "7".to_owned() },
    ]
}

/// Everything that the server can say, as it is sent.
pub(crate) fn messages() -> Vec<Value> {
    let (event, answer) = (samples::numbered(), samples::answering());
    let in_passing = vocabulary::Stamp { client_sequence: None, ..answer };
    let nowhere = vocabulary::Stamp { room: None, ..in_passing };
    let mut texts = Vec::new();
    let publics = samples::publics().into_iter().chain(acted());
    texts.extend(publics.filter_map(|notice| Battles::public(&notice, &event)));
    texts.extend(Battles::public(&PublicNotice::GameOver(Box::new(over())), &event));
    texts.extend(passing().iter().filter_map(|notice| Battles::public(notice, &in_passing)));
    let private = |secret| Battles::private(&PrivateNotice { seat: samples::seat(0), secret }, &event);
    texts.extend(samples::secrets().into_iter().filter_map(private));
    let replies = samples::replies().into_iter().chain(attendances());
    texts.extend(replies.filter_map(|reply| Battles::reply(&reply, &answer)));
    for stamp in [answer, nowhere] {
        texts.extend(samples::denials().iter().map(|(denial, _)| Battles::deny(denial, &stamp)));
        texts.extend(malformed().iter().map(|malformed| Battles::malformed(malformed, &stamp)));
        texts.extend(samples::bulletins().iter().map(|bulletin| Battles::announce(bulletin, &stamp)));
        texts.extend(samples::FAREWELLS.into_iter().filter_map(|farewell| Battles::farewell(farewell, &stamp)));
    }
    texts.iter().map(|text| json(text)).collect()
}
