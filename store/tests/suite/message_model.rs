//! Messages against a model of them that is as simple as can be: a list, and a look at each.

use store::{MessageFilter, NewMessage, Reader};
use vocabulary::Timestamp;

use crate::{
    messages::{DAY, MINUTE, T0, finds, message, sees},
    place::{Place, on_both},
};

on_both! {
    lists_totals_and_searches_are_those_of_a_simple_model
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn one_of<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    fn maybe<T>(&mut self, value: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.below(3) == 0).then(|| value(self))
    }

    fn time(&mut self) -> i64 {
        T0 + i64::try_from(self.below(4)).unwrap() * DAY
            + i64::try_from(self.below(3)).unwrap() * MINUTE
            + i64::try_from(self.below(3)).unwrap()
    }
}

const ACCOUNTS: [&str; 4] = ["ann", "bob", "cid", "dan"];
const CHANNELS: [&str; 3] = ["general", "trade", ""];
const WORDS: [&str; 4] = ["red", "horse", "cannon", "pawn"];

fn random_message(dice: &mut Dice, number: usize) -> NewMessage {
    let some = |dice: &mut Dice, odds: usize| -> Vec<String> {
        ACCOUNTS.iter().filter(|_| dice.below(odds) == 0).map(|account| (*account).to_owned()).collect()
    };
    let content: Vec<&str> = (0..dice.below(5)).map(|_| dice.one_of(&WORDS)).collect();
    NewMessage {
        kind: u8::try_from(dice.below(3)).unwrap(),
        users: some(dice, 2),
        audience: some(dice, 6),
        channel: dice.one_of(&CHANNELS).to_owned(),
        ..message(&format!("m{number}"), dice.time(), &content.join(" "))
    }
}

fn is_seen(message: &NewMessage, reader: &Reader, filter: &MessageFilter) -> bool {
    let mine = |account: &String| message.audience.contains(account);
    (message.audience.is_empty() || reader.account.as_ref().is_some_and(mine))
        && filter.kind.is_none_or(|kind| kind == message.kind)
        && filter.user.as_ref().is_none_or(|user| message.users.contains(user))
        && filter.channel.as_ref().is_none_or(|channel| *channel == message.channel)
        && filter.from.is_none_or(|from| from <= message.at)
        && filter.to.is_none_or(|to| message.at <= to)
}

async fn lists_totals_and_searches_are_those_of_a_simple_model(place: &Place) {
    let store = place.open().await;
    let mut dice = Dice(7);
    let mut model: Vec<NewMessage> = (0..300).map(|number| random_message(&mut dice, number)).collect();
    for some in model.chunks(37) {
        store.store_messages(some).await.unwrap();
    }
    // Newest first; those of one time by their place.
    model.reverse();
    model.sort_by_key(|message| std::cmp::Reverse(message.at));
    for round in 0..200 {
        if round % 20 == 19 {
            let kind = u8::try_from(dice.below(3)).unwrap();
            let of_kind = model.iter().filter(|message| message.kind == kind).count();
            let keep = of_kind.saturating_sub(9);
            let swept = store.sweep_messages(kind, Timestamp::from_millis(0), keep as u64, 100).await.unwrap();
            assert_eq!(usize::try_from(swept).unwrap(), of_kind - keep);
            let mut place = 0;
            model.retain(|message| {
                place += usize::from(message.kind == kind);
                message.kind != kind || place <= keep
            });
        }
        let reader = Reader { account: dice.maybe(|dice| dice.one_of(&ACCOUNTS).to_owned()) };
        let filter = MessageFilter {
            kind: dice.maybe(|dice| u8::try_from(dice.below(3)).unwrap()),
            user: dice.maybe(|dice| dice.one_of(&ACCOUNTS).to_owned()),
            channel: dice.maybe(|dice| dice.one_of(&CHANNELS).to_owned()),
            from: dice.maybe(Dice::time).map(Timestamp::from_millis),
            to: dice.maybe(Dice::time).map(Timestamp::from_millis),
        };
        let seen: Vec<&NewMessage> = model.iter().filter(|message| is_seen(message, &reader, &filter)).collect();
        let expected: Vec<&str> = seen.iter().map(|message| message.id.as_str()).collect();
        sees(&store, &reader, &filter, &expected).await;
        let (word, other) = (dice.one_of(&WORDS), dice.one_of(&WORDS));
        let has = |message: &NewMessage, word: &str| message.content.split(' ').any(|part| part == word);
        let with = |test: &dyn Fn(&NewMessage) -> bool| -> Vec<&str> {
            seen.iter().filter(|message| test(message)).map(|message| message.id.as_str()).collect()
        };
        finds(&store, &reader, word, &filter, &with(&|message| has(message, word))).await;
        let both = with(&|message| has(message, word) && has(message, other));
        finds(&store, &reader, &format!("{word} {other}"), &filter, &both).await;
        let either = with(&|message| has(message, word) || has(message, other));
        finds(&store, &reader, &format!("{word} OR {other}"), &filter, &either).await;
        let only = with(&|message| has(message, word) && !has(message, other));
        finds(&store, &reader, &format!("{word} -{other}"), &filter, &only).await;
        let phrase = format!("{word} {other}");
        let together = with(&|message| format!(" {} ", message.content).contains(&format!(" {phrase} ")));
        finds(&store, &reader, &format!("\"{phrase}\""), &filter, &together).await;
    }
}
