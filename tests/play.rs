//! `liap-tui play` as a newcomer meets it: the real binary against the real server, typed into from what it prints.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "tests")]

#[path = "play/terminal.rs"]
mod terminal;
#[path = "play/wire.rs"]
mod wire;

use std::net::TcpListener;

use terminal::{Server, Terminal, answer};
use wire::wire;

#[tokio::test]
async fn a_newcomer_plays_a_whole_game_from_what_is_printed() {
    let server = Server::start();
    let mut ann = Terminal::open(server.port, "Ann", &[]);
    ann.finish().await;
    ann.assert_result();
    assert!(ann.count("=== Round 1 ===") == 1 && ann.count("Your hand:") > 9);
    assert_eq!(ann.count("refuses"), 0, "{}", ann.seen.join("\n"));
}

#[tokio::test]
async fn wrong_input_gets_a_sentence_and_the_question_again() {
    let server = Server::start();
    let mut ann = Terminal::open(server.port, "Ann", &[]);
    let mut question = ann.question().await;
    while !question.starts_with("How many piles") {
        ann.type_in(&answer(&question).expect("a question")).await;
        question = ann.question().await;
    }
    for (wrong, sentence) in [("nine", "A number is wanted"), ("9", "9 can't be declared now"), ("?", "Your sets: ")] {
        ann.type_in(wrong).await;
        ann.until(sentence).await;
        assert_eq!(ann.question().await, question);
    }
    ann.type_in(&answer(&question).expect("a question")).await;
    let question = ann.question().await;
    for (wrong, sentence) in [("9", "numbered 1 to 8"), ("1 1", "named twice"), ("", "Type the numbers")] {
        ann.type_in(wrong).await;
        ann.until(sentence).await;
        assert_eq!(ann.question().await, question);
    }
    ann.type_in("quit").await;
    ann.until("You leave").await;
    assert_eq!(ann.ended().await, (Some(0), String::new()));
}

#[tokio::test]
async fn who_says_something_is_heard_at_the_table() {
    let server = Server::start();
    let mut ann = Terminal::open(server.port, "Ann", &["--wait"]);
    let line = ann.until("Your room is ").await;
    let room = line.split([' ', '.']).nth(3).expect("an id").to_owned();
    let mut bob = Terminal::open(server.port, "Bob", &["--room", &room]);
    ann.until("Bob sits down.").await;
    ann.type_in("say Hello Bob, and good luck!").await;
    bob.until("Ann: “Hello Bob, and good luck!”").await;
    ann.until("You: “Hello Bob, and good luck!”").await;
}

#[tokio::test]
async fn without_a_server_there_is_one_sentence_and_exit_code_2() {
    let unused = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = unused.local_addr().expect("an address").port();
    drop(unused);
    let sentence = format!("liap-tui: no server at ws://127.0.0.1:{port}; start one with `make run`\n");
    assert_eq!(Terminal::open(port, "Ann", &[]).ended().await, (Some(2), sentence));
}

#[tokio::test]
async fn a_room_that_is_not_there_is_one_sentence_and_exit_code_2() {
    let server = Server::start();
    let (code, errors) = Terminal::open(server.port, "Ann", &["--room", "ABCD2345"]).ended().await;
    assert_eq!((code, errors.lines().count()), (Some(2), 1), "{errors}");
    assert!(errors.contains("(code 1003)"), "{errors}");
}

/// A host who waits, and a guest in the host's room.
async fn two(server: &Server) -> (Terminal, Terminal) {
    let mut ann = Terminal::open(server.port, "Ann", &["--wait"]);
    let line = ann.until("Your room is ").await;
    let room = line.split([' ', '.']).nth(3).expect("an id").to_owned();
    let mut bob = Terminal::open(server.port, "Ann", &["--room", &room]);
    bob.until("Which other name").await;
    bob.type_in("Bob").await;
    ann.until("Bob sits down.").await;
    ann.type_in("").await;
    (ann, bob)
}

#[tokio::test]
async fn a_second_player_joins_under_another_name_and_both_finish() {
    let server = Server::start();
    let (mut ann, mut bob) = two(&server).await;
    tokio::join!(ann.finish(), bob.finish());
    ann.assert_result();
    bob.assert_result();
    assert!(ann.count("Bob plays") > 0 && bob.count("Ann plays") > 0);
}

#[tokio::test]
async fn the_end_of_input_leaves_the_room() {
    let server = Server::start();
    let (mut ann, mut bob) = two(&server).await;
    ann.input = None;
    // Who is asked first is the deal's choice, so Bob plays on until Ann comes to a question.
    let ((), ended) = tokio::join!(bob.play_until("Ann has left; a bot takes the seat."), async {
        while ann.line().await.is_some() {}
        ann.ended().await
    });
    assert_eq!(ended, (Some(0), String::new()));
    bob.finish().await;
    bob.assert_result();
}

#[tokio::test]
async fn a_lost_connection_comes_back_and_the_game_goes_on() {
    let server = Server::start();
    let (port, cut) = wire(&server).await;
    let mut ann = Terminal::open(port, "Ann", &[]);
    for _ in 0..3 {
        let question = ann.question().await;
        cut.send(()).expect("a connection");
        ann.until("The connection is lost").await;
        ann.until("You are back in your seat").await;
        assert_eq!(ann.question().await, question, "it is asked again");
        ann.type_in(&answer(&question).expect("a question")).await;
    }
    ann.finish().await;
    ann.assert_result();
}
