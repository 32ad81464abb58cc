//! One game across two contracts: an account over REST and the WebSocket of battles, a guest over contract *game*, and two
//! bots. What all sources say of it afterwards is the same.

use serde_json::{Map, Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use crate::{
    rest::deals_are_fair,
    support::{Connection, Four, Guest, Person, TestServer, within},
};

/// Who did what: a name, a kind, and the number or the pieces.
type Deed = (String, String, Value);

fn sorted(pieces: &Value) -> Value {
    let mut ids: Vec<String> = pieces.as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect();
    ids.sort();
    json!(ids)
}

fn deed(name: &str, action: &Value) -> Deed {
    let what = match action["type"].as_str().unwrap() {
        "declare" => action["value"].clone(),
        "play" => sorted(&action["pieceIds"]),
        _ => Value::Null,
    };
    (name.to_owned(), action["type"].as_str().unwrap().to_owned(), what)
}

/// What the account heard, by the events of battles.
fn heard_in_battles(seen: &[Value], names: &Map<String, Value>) -> Vec<Deed> {
    let name = |id: &Value| names[id.as_str().unwrap()].as_str().unwrap().to_owned();
    let of = |message: &Value| {
        let data = &message["data"];
        match message["event"].as_str()? {
            "game:action" => Some(deed(&name(&data["action"]["playerId"]), &data["action"])),
            "ai:action" => Some(deed(&name(&data["playerId"]), &data["action"])),
            _ => None,
        }
    };
    seen.iter().filter_map(of).collect()
}

/// What the guest heard, by the events of contract *game*.
fn heard_in_game(seen: &[Value], own_name: &str) -> Vec<Deed> {
    let of = |message: &Value| {
        let data = &message["data"];
        let own = own_name.to_owned();
        match message["event"].as_str()? {
            "declaration_accepted" => Some((own, "declare".to_owned(), data["declaration"].clone())),
            "play_accepted" => Some((own, "play".to_owned(), sorted(&data["pieces_played"]))),
            "redeal_decision_accepted" => Some((own, format!("{}_redeal", data["decision"].as_str()?), Value::Null)),
            "player_action" => {
                let kind = data["action"].as_str()?.to_owned();
                let what = match kind.as_str() {
                    "declare" => data["declaration"].clone(),
                    "play" => sorted(&data["piece_ids"]),
                    _ => Value::Null,
                };
                Some((data["player"].as_str()?.to_owned(), kind, what))
            }
            _ => None,
        }
    };
    seen.iter().filter_map(of).collect()
}

fn ids(pieces: &Value) -> Value {
    pieces.as_array().unwrap().iter().map(|piece| piece["id"].clone()).collect()
}

#[tokio::test]
async fn a_game_of_an_account_a_guest_and_two_bots_is_one_game_for_everybody() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let wanted = json!({ "pace": "instant", "turnTimeoutSeconds": 600, "rules": { "maxRounds": 2 } });
    let id = ann.create(&wanted).await;
    let mut connection = ann.attend(&id).await;
    connection.expect("connect").await;
    let mut bob = Guest::connect(server.port(), &id, "Bob").await;
    bob.join(&id).await;
    connection.expect_that("connect", |data| data["player"]["name"] == "Bob").await;
    let started = ann.start(&id).await;
    let players = started["players"].as_array().unwrap();
    let names: Map<String, Value> =
        players.iter().map(|player| (player["id"].as_str().unwrap().to_owned(), player["name"].clone())).collect();
    let (end, over) = tokio::join!(connection.play_over_rest(&ann), bob.play_to_the_end());

    let deeds = heard_in_battles(&connection.seen, &names);
    assert!(deeds.len() > 30, "{}", deeds.len());
    assert_eq!(deeds, heard_in_game(&bob.seen, "Bob"), "both heard the same decisions in the same order");
    the_ends_agree(&end, &over, &names);
    the_battle_agrees(&ann, &id, &end, &deeds, &names).await;
    let replay = ann.replay(&id).await;
    the_replay_agrees(&replay, &end, &deeds, &names);
    the_standings_agree(&ann, &replay, &end).await;
}

fn the_ends_agree(end: &Value, over: &Value, names: &Map<String, Value>) {
    let by_name = |scores: &Value| -> Map<String, Value> {
        let named = scores.as_object().unwrap().iter();
        named.map(|(id, score)| (names[id].as_str().unwrap().to_owned(), score.clone())).collect()
    };
    assert_eq!(json!(by_name(&end["finalScores"])), over["final_scores"]);
    let winners: Vec<&Value> =
        end["winners"].as_array().unwrap().iter().map(|id| &names[id.as_str().unwrap()]).collect();
    assert_eq!(json!(winners), over["winners"]);
    assert_eq!(end["deckSeed"], over["deck_seed"]);
    assert_eq!(end["roundsPlayed"], 2);
}

async fn the_battle_agrees(ann: &Person, id: &str, end: &Value, deeds: &[Deed], names: &Map<String, Value>) {
    let battle = ann.battle(id).await;
    assert_eq!(battle["status"], "FINISHED");
    for (player, score) in end["finalScores"].as_object().unwrap() {
        assert_eq!(battle["state"]["players"][player]["health"], *score);
    }
    let history = ann.history(id).await;
    let last = &history.last().unwrap()["state"];
    assert_eq!((&last["status"], &last["players"]), (&json!("GAME_OVER"), &end["state"]["players"]));
    let mut actions: Vec<&Value> = history.iter().filter_map(|entry| entry["state"].get("lastAction")).collect();
    actions.dedup();
    let told: Vec<Deed> = actions
        .into_iter()
        .map(|action| deed(names[action["playerId"].as_str().unwrap()].as_str().unwrap(), action))
        .collect();
    assert_eq!(told, deeds);
}

fn the_replay_agrees(replay: &Value, end: &Value, deeds: &[Deed], names: &Map<String, Value>) {
    deals_are_fair(replay);
    assert_eq!((&replay["deckSeed"], &replay["deckCommitment"]), (&end["deckSeed"], &end["deckCommitment"]));
    let seats = replay["seats"].as_array().unwrap();
    assert!(seats.iter().all(|seat| names[seat["id"].as_str().unwrap()] == seat["name"]));
    let name = |seat: &Value| seats[usize::try_from(seat.as_u64().unwrap()).unwrap()]["name"].as_str().unwrap();
    let told: Vec<Deed> =
        replay["actions"].as_array().unwrap().iter().map(|action| deed(name(&action["seat"]), action)).collect();
    assert_eq!(told, deeds);
    let results = &replay["results"];
    assert_eq!((&results["roundsPlayed"], &results["duration"]), (&end["roundsPlayed"], &end["duration"]));
    for (id, score) in end["finalScores"].as_object().unwrap() {
        assert_eq!(results["finalScores"][names[id].as_str().unwrap()], *score);
    }
}

async fn the_standings_agree(ann: &Person, replay: &Value, end: &Value) {
    let id = ann.id().await;
    let stats = within("the game in the statistics", async {
        loop {
            let stats = ann.get(&format!("/users/{id}/stats")).await.expect(200);
            if stats["gamesPlayed"] == 1 {
                return stats;
            }
        }
    })
    .await;
    let won = i64::from(end["winners"].as_array().unwrap().contains(&json!(id)));
    let score = &end["finalScores"][&id];
    let rounds = replay["rounds"].as_array().unwrap();
    let exact = rounds.iter().filter(|round| round["declarations"][0] == round["captured"][0]).count();
    assert_eq!((&stats["gamesWon"], &stats["roundsPlayed"]), (&json!(won), &end["roundsPlayed"]));
    assert_eq!((&stats["bestScore"], stats["averageScore"].as_f64()), (score, score.as_f64()));
    assert_eq!(stats["perfectDeclarations"], exact);
    assert_eq!(stats["rating"], 1500.0, "nobody else with an account played");
    let board = ann.get("/leaderboard").await.expect(200);
    assert_eq!(board["total"], 1);
    let entry = &board["entries"][0];
    assert_eq!((&entry["user"]["id"], &entry["rating"]), (&json!(id), &stats["rating"]));
    assert_eq!((&entry["gamesPlayed"], &entry["gamesWon"]), (&json!(1), &json!(won)));
}

#[tokio::test]
async fn an_account_that_joined_over_http_finds_its_seat_in_contract_game() {
    let server = TestServer::start();
    let four = Four::seated(&server, json!({ "turnTimeoutSeconds": 600 })).await;
    let (ann, bob, id) = (&four.people[0], &four.people[1], &four.battle);
    let mut request = format!("ws://127.0.0.1:{}/ws/{id}", server.port()).into_client_request().unwrap();
    request.headers_mut().insert("authorization", format!("Bearer {}", bob.token).parse().unwrap());
    let stream = TcpStream::connect(("127.0.0.1", server.port())).await.unwrap();
    let mut of_bob = Guest::on(Connection::with(stream, request).await.unwrap(), server.port(), "Bob");
    of_bob.expect("connected").await;
    of_bob.act("join_room", json!({})).await;
    let back = of_bob.expect("reconnected").await;
    assert_eq!((&back["data"]["player_name"], &back["data"]["room_id"]), (&json!("Bob"), &json!(id)));
    assert_eq!(bob.battle(id).await["players"].as_array().map(Vec::len), Some(4), "no second seat");
    ann.start(id).await;
    of_bob.expect("hand_updated").await;
    let shown = ids(&bob.state(id).await["hand"]);
    assert_eq!(json!(of_bob.hand), shown);
    bob.press(&format!("/battles/{id}/join")).await.refused(409, "ALREADY_JOINED");
}
