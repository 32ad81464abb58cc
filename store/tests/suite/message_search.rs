//! Searching messages: the language of queries, the order of what is found, and that no text at all can break it.

use store::{MessageFilter, NewMessage, Store};
use vocabulary::Timestamp;

use crate::{
    messages::{NOBODY, T0, any, as_, finds, ids, message, owned},
    place::{Place, on_both},
};

on_both! {
    all_words_are_wanted_in_any_order_and_case
    a_phrase_stands_together
    a_star_is_the_rest_of_a_word
    a_minus_excludes
    an_or_wants_one_of_two
    accents_do_not_matter
    what_stands_between_words_does_not_matter
    names_are_searched_too
    thai_and_chinese_are_found_without_spaces
    a_query_for_nothing_finds_nothing
    no_text_breaks_a_search
    the_best_come_first_and_the_newest_among_equals
    more_than_ten_thousand_are_not_counted
}

async fn with(place: &Place, texts: &[(&str, &str)]) -> Store {
    let store = place.open().await;
    let messages: Vec<NewMessage> = texts.iter().zip(T0..).map(|((id, text), at)| message(id, at, text)).collect();
    store.store_messages(&messages).await.unwrap();
    store
}

async fn all_find(store: &Store, cases: &[(&str, &[&str])]) {
    for (query, expected) in cases {
        finds(store, &NOBODY, query, &any(), expected).await;
    }
}

async fn three(place: &Place) -> Store {
    with(place, &[("a", "The red horse runs"), ("b", "a horse, red!"), ("c", "Blue cannon; the horseman")]).await
}

async fn all_words_are_wanted_in_any_order_and_case(place: &Place) {
    let cases: [(&str, &[&str]); 6] = [
        ("horse", &["a", "b"]),
        ("HORSE Red", &["a", "b"]),
        ("horse runs", &["a"]),
        ("runs the horse", &["a"]),
        ("horse cannon", &[]),
        ("hors", &[]),
    ];
    all_find(&three(place).await, &cases).await;
}

async fn a_phrase_stands_together(place: &Place) {
    let cases: [(&str, &[&str]); 7] = [
        ("\"red horse\"", &["a"]),
        ("\"horse red\"", &["b"]),
        ("\"Red, Horse!\"", &["a"]),
        ("\"red horse", &["a"]),
        ("red-horse", &["a"]),
        ("the\"red horse\"runs", &["a"]),
        ("\"red runs\"", &[]),
    ];
    all_find(&three(place).await, &cases).await;
}

async fn a_star_is_the_rest_of_a_word(place: &Place) {
    let cases: [(&str, &[&str]); 10] = [
        ("hors*", &["a", "b", "c"]),
        ("ho*", &["a", "b", "c"]),
        ("horsem*", &["c"]),
        ("horse*", &["a", "b", "c"]),
        ("r*", &[]),
        ("a*", &["b"]),
        ("red-ho*", &["a"]),
        ("\"hors*\"", &[]),
        ("*orse", &[]),
        ("zz*", &[]),
    ];
    all_find(&three(place).await, &cases).await;
}

async fn a_minus_excludes(place: &Place) {
    let cases: [(&str, &[&str]); 7] = [
        ("horse -runs", &["b"]),
        ("-runs horse", &["b"]),
        ("the -\"red horse\"", &["c"]),
        ("the -hors*", &[]),
        ("horse -the -blue", &["b"]),
        ("horse --runs", &["b"]),
        ("horse - runs", &["a"]),
    ];
    all_find(&three(place).await, &cases).await;
}

async fn an_or_wants_one_of_two(place: &Place) {
    let cases: [(&str, &[&str]); 8] = [
        ("runs OR cannon", &["a", "c"]),
        ("runs OR cannon OR horse", &["a", "b", "c"]),
        ("horse runs OR red", &["a", "b"]),
        ("the runs OR cannon", &["a", "c"]),
        ("\"red horse\" OR cann*", &["a", "c"]),
        ("runs OR", &["a"]),
        ("OR OR runs OR OR cannon OR", &["a", "c"]),
        ("runs or cannon", &[]),
    ];
    all_find(&three(place).await, &cases).await;
}

async fn accents_do_not_matter(place: &Place) {
    let store =
        with(place, &[("a", "Café Ünïcødé"), ("b", "CAFE\u{301}"), ("c", "ﬁne Straße İstanbul"), ("d", "Ёлка")]).await;
    let cases: [(&str, &[&str]); 8] = [
        ("cafe", &["a", "b"]),
        ("CAFÉ", &["a", "b"]),
        ("caf*", &["a", "b"]),
        ("ünicøde", &["a"]),
        ("fine", &["c"]),
        ("STRAße", &["c"]),
        ("istanbul", &["c"]),
        ("елка", &["d"]),
    ];
    all_find(&store, &cases).await;
}

async fn what_stands_between_words_does_not_matter(place: &Place) {
    let store = with(place, &[("a", "don't e-mail me@example.org:8080/x_y"), ("b", "it\0was\nme🐴horse")]).await;
    let cases: [(&str, &[&str]); 8] = [
        ("don't", &["a"]),
        ("don", &["a"]),
        ("email", &[]),
        ("e-mail", &["a"]),
        ("example.org", &["a"]),
        ("x_y", &["a"]),
        ("me", &["a", "b"]),
        ("was🐴me", &["b"]),
    ];
    all_find(&store, &cases).await;
}

async fn names_are_searched_too(place: &Place) {
    let store = place.open().await;
    let named = NewMessage { names: "Ann Lee".to_owned(), ..message("a", T0, "hello there") };
    store.store_messages(&[named, message("b", T0, "ann who")]).await.unwrap();
    let cases: [(&str, &[&str]); 4] =
        [("ann", &["a", "b"]), ("\"ann lee\"", &["a"]), ("lee hello", &["a"]), ("\"lee hello\"", &[])];
    all_find(&store, &cases).await;
}

async fn thai_and_chinese_are_found_without_spaces(place: &Place) {
    let texts = [
        ("th", "สวัสดีครับเพื่อน"),
        ("zh", "我喜欢打牌ok吗"),
        ("mix", "红马 red 马"),
        ("ja", "ゲームをする"),
        ("ko", "한국 사람"),
    ];
    let cases: [(&str, &[&str]); 12] = [
        ("สวัสดี", &["th"]),
        ("ครับ", &["th"]),
        ("ครีบ", &[]),
        ("เพื่อน สวัสดี", &["th"]),
        ("打牌", &["zh"]),
        ("牌打", &[]),
        ("牌 打", &["zh"]),
        ("马", &["mix"]),
        ("打牌ok吗", &["zh"]),
        ("牌*", &["zh"]),
        ("ゲーム", &["ja"]),
        ("한국", &["ko"]),
    ];
    all_find(&with(place, &texts).await, &cases).await;
}

async fn a_query_for_nothing_finds_nothing(place: &Place) {
    let store = three(place).await;
    for query in ["", " ", "\"", "\"\"", "*", "-", "--", "-horse", "OR", "()", "...", "🐴", "\0", "- - \"-\" *"] {
        finds(&store, &NOBODY, query, &any(), &[]).await;
    }
}

/// What means something in some language of queries, or might.
#[rustfmt::skip]
const NASTY: [&str; 64] = [
    "NEAR(", "NEAR(red horse, 2)", "a AND", "AND", "NOT", "NOT horse", "words:horse", "col:x", "^horse", "{words}: x",
    "horse AND NOT red", "- words : horse", "'", "''", "'horse", "horse'; DROP TABLE messages; --", "\\", "\\'",
    "a\\", "horse:*", "horse:A", "horse & !red", "horse | red", "!horse", "horse <-> red", "<->", "(", ")",
    "((horse)", "$1", "%", "_", "horse\0red", "\0", "\u{FFFF}", "\u{10FFFF}", "\u{202E}horse", "\u{E000}", "\u{301}",
    "a\u{301}\u{301}", "\u{FEFF}", "+", "horse+red", "\"horse\" *", "horse **", "*horse*", "\"*\"", "-\"", "-\"horse",
    "\"a\"\"b\"", "OR -horse OR red", "ﷺ", "ǅ", "İ", "ß", "\u{200D}👨\u{200D}👩", "\t\n\r", "1", "-1", "1.5e3", "0x1F",
    "ก\u{E48}*", "\u{94D}*", "เ*",
];

async fn no_text_breaks_a_search(place: &Place) {
    let store = three(place).await;
    let mut nasty = owned(&NASTY);
    for part in ["\"", "(", "a ", "-", "OR ", "a OR ", "-a ", "\"a b\" ", "牌", "ก", "é", "ﷺ", "a*", "x", "🐴", "ab* "]
    {
        nasty.push(part.repeat(10_000 / part.len()));
    }
    for query in &nasty {
        for reader in [&NOBODY, &as_(query)] {
            let found = store.search_messages(reader, query, &any(), 0, 10).await;
            assert!(found.is_ok(), "{query:.60}: {found:?}");
        }
        let filter = MessageFilter { user: Some(query.clone()), channel: Some(query.clone()), ..any() };
        finds(&store, &NOBODY, "horse", &filter, &[]).await;
        // It is also a text like any other, and finds itself unless it asks for nothing.
        let itself = NewMessage { content: query.replace('\0', " "), ..message("itself", T0, "") };
        let stored = store.store_messages(&[itself]).await;
        assert!(stored.is_ok(), "{query:.60}: {stored:?}");
        store.sweep_messages(0, Timestamp::from_millis(T0 + 1), 3, 0).await.unwrap();
    }
}

async fn the_best_come_first_and_the_newest_among_equals(place: &Place) {
    let texts = [
        ("often", "horse horse horse"),
        ("short", "horse runs"),
        ("long", "a horse is not what it was when all of us were young and had the time to play"),
        ("old", "horse here"),
        ("new", "horse here"),
    ];
    let store = with(place, &texts).await;
    let found = store.search_messages(&NOBODY, "horse", &any(), 0, 10).await.unwrap();
    assert_eq!(ids(&found.bodies), ["often", "new", "old", "short", "long"]);
    // What is rare says more.
    let found = store.search_messages(&NOBODY, "horse OR runs", &any(), 0, 1).await.unwrap();
    assert_eq!((ids(&found.bodies), found.count), (vec!["short"], 5));
}

async fn more_than_ten_thousand_are_not_counted(place: &Place) {
    let store = place.open().await;
    let some: Vec<_> = (0..10_000).map(|n| message(&format!("m{n}"), T0 + n, "word")).collect();
    store.store_messages(&some).await.unwrap();
    let secret = NewMessage { audience: owned(&["ann"]), ..message("secret", T0 + 20_000, "word") };
    store.store_messages(&[secret]).await.unwrap();
    let found = store.search_messages(&NOBODY, "word", &any(), 9_998, 10).await.unwrap();
    assert_eq!((ids(&found.bodies), found.count, found.exact), (vec!["m1", "m0"], 10_000, true));
    let found = store.search_messages(&as_("ann"), "word", &any(), 9_998, 10).await.unwrap();
    assert_eq!((ids(&found.bodies), found.count, found.exact), (vec!["m2", "m1"], 10_000, false));
    let found = store.search_messages(&as_("ann"), "word", &any(), 0, 1).await.unwrap();
    assert_eq!(ids(&found.bodies), ["secret"]);
}
