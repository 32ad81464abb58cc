//! Who may see what.

use contracts::live_log::report::{self, Heard, disbanded};
use vocabulary::{AccountId, Author, LogKind, LogMessage, PlayerId, Scope, Situation};

use crate::{
    people::{profile, words},
    room, rooms, samples,
};

/// The same room, private, with accounts on the first two seats.
fn private(situation: &Situation, accounts: [Option<AccountId>; 2]) -> Situation {
    rooms::with(situation, |roster| {
        roster.options.public = false;
        for (index, account) in accounts.into_iter().enumerate() {
            roster.seats[samples::seat(index)].as_mut().unwrap().account = account;
        }
    })
}

/// All that private rooms tell.
fn told(accounts: [Option<AccountId>; 2]) -> Vec<LogMessage> {
    let mut told = Vec::new();
    for (mut notice, situation) in rooms::notices() {
        let situation = private(&situation, accounts);
        match &mut notice {
            vocabulary::PublicNotice::GameStarted { situation: own, .. }
            | vocabulary::PublicNotice::PhaseChanged(own) => *own = situation.clone(),
            vocabulary::PublicNotice::GameOver(finale) => finale.situation = private(&finale.situation, accounts),
            _ => {}
        }
        told.extend(rooms::report(&notice, &situation));
    }
    told.extend(disbanded(&private(&samples::waiting(), accounts).roster, None));
    told
}

#[test]
fn events_of_a_private_room_are_only_for_the_accounts_seated_there() {
    let (ann, bob, eve) = (AccountId::new(), AccountId::new(), AccountId::new());
    let told = told([Some(ann), Some(bob)]);
    for kind in [LogKind::System, LogKind::Raid, LogKind::Party] {
        assert!(told.iter().any(|message| message.kind == kind), "{kind:?}");
    }
    for message in told {
        assert_eq!(message.audience, Some(vec![ann, bob]), "{}", message.body);
        assert!(message.is_for(Some(ann)) && !message.is_for(Some(eve)) && !message.is_for(None));
    }
}

#[test]
fn nothing_is_told_of_a_private_room_where_nobody_has_an_account() {
    assert!(told([None, None]).is_empty());
}

#[test]
fn what_happens_in_a_public_room_is_for_everybody() {
    let told = rooms::told();
    assert!(!told.is_empty());
    assert!(told.iter().all(|message| message.audience.is_none()));
}

#[test]
fn a_rooms_chat_is_for_its_members_and_for_nobody_if_there_are_none() {
    let ann = profile();
    let notice = words(Scope::Room(room()), Author { id: PlayerId::Account(ann.account), name: ann.name.clone() });
    let members = vec![ann.account, AccountId::new()];
    let message = report::said(&notice, Some(&ann), Heard { accounts: members.clone(), by_addressee: false }).unwrap();
    assert_eq!((message.audience, message.channel.as_deref()), (Some(members), Some("room:ABCD2345")));
    assert_eq!(report::said(&notice, Some(&ann), Heard::default()), None);
}

#[test]
fn a_direct_message_is_for_exactly_the_two() {
    let (ann, to, eve) = (profile(), AccountId::new(), AccountId::new());
    let notice = words(Scope::Direct(to), Author { id: PlayerId::Account(ann.account), name: ann.name.clone() });
    // An audience that comes by mistake widens nothing.
    for accounts in [Vec::new(), vec![eve]] {
        let message = report::said(&notice, Some(&ann), Heard { accounts, by_addressee: true }).unwrap();
        assert_eq!((message.kind, &message.audience), (LogKind::Dm, &Some(vec![ann.account, to])));
        assert!(!message.is_for(Some(eve)) && !message.is_for(None));
        assert!(message.body.contains(r#""read":true"#), "{}", message.body);
    }
}
