//! One game over several contracts at once: everybody sees the same.

use futures_util::future::{join, join_all};
use serde_json::{Map, Value, json};

use crate::support::{Attendant, Device, Guest, PASSWORD, Person, Request, Speaker, TestServer, unhurried};

/// Who did what: a name, a kind, and the number or the pieces.
type Deed = (String, String, Value);

fn sorted(pieces: &Value) -> Value {
    let mut ids: Vec<String> = pieces.as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect();
    ids.sort();
    json!(ids)
}

fn deed(name: &str, kind: &Value, value: &Value) -> Deed {
    let value = if value.is_array() { sorted(value) } else { value.clone() };
    (name.to_owned(), kind.as_str().unwrap().to_owned(), value)
}

/// Names by the ids of a battle's players.
struct Names(Map<String, Value>);

impl Names {
    fn of(battle: &Value) -> Self {
        let players = battle["players"].as_array().unwrap().iter();
        Self(players.map(|player| (player["id"].as_str().unwrap().to_owned(), player["name"].clone())).collect())
    }

    fn name(&self, id: &Value) -> &str {
        self.0[id.as_str().unwrap()].as_str().unwrap()
    }

    fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// An object with names instead of ids.
    fn renamed(&self, by_id: &Value) -> Value {
        let named = by_id.as_object().unwrap().iter();
        Value::Object(named.map(|(id, value)| (self.0[id].as_str().unwrap().to_owned(), value.clone())).collect())
    }
}

/// What a connection of contract battles was told.
fn heard_in_battles(seen: &[Value], names: &Names) -> Vec<Deed> {
    let action = |name: &str, action: &Value| {
        let value = action.get("value").or_else(|| action.get("pieceIds")).unwrap_or(&Value::Null);
        deed(name, &action["type"], value)
    };
    let of = |message: &Value| {
        let data = &message["data"];
        match message["event"].as_str()? {
            "game:action" => Some(action(names.name(&data["action"]["playerId"]), &data["action"])),
            "ai:action" => Some(action(names.name(&data["playerId"]), &data["action"])),
            _ => None,
        }
    };
    seen.iter().filter_map(of).collect()
}

/// What a guest of contract game was told.
fn heard_in_game(guest: &Guest) -> Vec<Deed> {
    let own = guest.name();
    let of = |message: &Value| {
        let data = &message["data"];
        match message["event"].as_str()? {
            "declaration_accepted" => Some(deed(own, &json!("declare"), &data["declaration"])),
            "play_accepted" => Some(deed(own, &json!("play"), &data["pieces_played"])),
            "redeal_decision_accepted" => {
                Some(deed(own, &json!(format!("{}_redeal", data["decision"].as_str()?)), &Value::Null))
            }
            "player_action" => {
                let value = data.get("declaration").or_else(|| data.get("piece_ids")).unwrap_or(&Value::Null);
                Some(deed(data["player"].as_str()?, &data["action"], value))
            }
            _ => None,
        }
    };
    guest.seen.iter().filter_map(of).collect()
}

/// What a device was told; the start is no decision of the rules.
fn heard_in_state(device: &Device) -> Vec<Deed> {
    let told = device.heard("player_action").into_iter().filter(|data| data["action"] != "start_game");
    told.map(|data| deed(data["player_name"].as_str().unwrap(), &data["action"], &data["value"])).collect()
}

/// What a replay tells.
fn told_by_replay(replay: &Value) -> Vec<Deed> {
    let name =
        |seat: &Value| replay["seats"][usize::try_from(seat.as_u64().unwrap()).unwrap()]["name"].as_str().unwrap();
    let of = |action: &Value| {
        let value = action.get("value").or_else(|| action.get("pieceIds")).unwrap_or(&Value::Null);
        deed(name(&action["seat"]), &action["type"], value)
    };
    replay["actions"].as_array().unwrap().iter().map(of).collect()
}

/// The totals after each round, as a device of contract state was told them.
fn rounds_in_state(device: &Device) -> Vec<Value> {
    let scored = device.heard("game_state_update").into_iter().filter(|data| data["state"]["status"] == "scoring");
    scored.map(|data| data["state"]["scores"].clone()).collect()
}

/// The same, as contract game told them.
fn rounds_in_game(guest: &Guest) -> Vec<Value> {
    let scored = guest.seen.iter().filter(|message| message["data"]["phase"] == "SCORING");
    let totals = |message: &Value| {
        let rounds = message["data"]["phase_data"]["round_scores"].as_object().unwrap().iter();
        Value::Object(rounds.map(|(name, score)| (name.clone(), score["total_score"].clone())).collect())
    };
    scored.map(totals).collect()
}

/// The same, as contract battles told them.
fn rounds_in_battles(connection: &Attendant, names: &Names) -> Vec<Value> {
    let states = connection.seen.iter().map(|message| &message["data"]["state"]);
    let mut rounds: Vec<(Value, Value)> = Vec::new();
    for state in states.filter(|state| state["status"] == "SCORING") {
        let players = state["players"].as_object().unwrap().iter();
        let totals = Value::Object(players.map(|(id, player)| (id.clone(), player["health"].clone())).collect());
        let round = (state["round"].clone(), names.renamed(&totals));
        if rounds.last() != Some(&round) {
            rounds.push(round);
        }
    }
    rounds.into_iter().map(|(_, totals)| totals).collect()
}

/// The same, as the replay has them.
fn rounds_in_replay(replay: &Value) -> Vec<Value> {
    let named = |totals: &Value| {
        let seats = replay["seats"].as_array().unwrap().iter().zip(totals.as_array().unwrap());
        Value::Object(seats.map(|(seat, total)| (seat["name"].as_str().unwrap().to_owned(), total.clone())).collect())
    };
    replay["rounds"].as_array().unwrap().iter().map(|round| named(&round["totals"])).collect()
}

/// A subscriber of the live log, who stays however much there is.
async fn subscribed(server: &TestServer, types: &Value) -> Speaker {
    let mut log = Speaker::live_log(server.port(), "").await;
    log.expect("connected").await;
    log.send(&json!({ "action": "subscribe", "message_types": types })).await;
    log.expect("subscribed").await;
    log
}

/// A chat that is open beside a game.
async fn chatting(person: &Person) -> Speaker {
    let mut chat = Speaker::chat(person).await;
    chat.expect("connection").await;
    chat
}

/// The game's settings: no clock, two rounds.
fn wanted() -> Value {
    json!({ "name": "Together", "pace": "instant", "turnTimeoutSeconds": 600, "rules": { "maxRounds": 2 } })
}

#[tokio::test]
async fn a_game_of_four_people_over_four_contracts_is_one_game_for_everybody() {
    let server = unhurried(&["--admin-username=Root", &format!("--admin-password={PASSWORD}")]);
    let (bea, cem) = (server.person("Bea").await, server.person("Cem").await);
    let dee = server.person("Dee").await;
    let mut log = subscribed(&server, &json!(["party", "raid", "user", "system"])).await;
    let mut chats = [chatting(&bea).await, chatting(&cem).await, chatting(&dee).await];

    // Bea over contract battles, Gus as a guest over contract game, Cem with two devices, Dee over battles beside a chat.
    let game = bea.create(&wanted()).await;
    let mut of_bea = bea.attend(&game).await;
    of_bea.expect("connect").await;
    let mut gus = Guest::connect(server.port(), &game, "Gus").await;
    gus.join(&game).await;
    cem.join(&game).await;
    let mut of_cem = Device::named(&cem, "kivy", Some("tablet")).await;
    of_cem.follow(&game).await;
    let mut phone_of_cem = Device::named(&cem, "observer", Some("phone")).await;
    phone_of_cem.follow(&game).await;
    let mut of_dee = Device::named(&dee, "player", None).await;
    of_dee.follow(&game).await;
    dee.join(&game).await;
    of_dee.expect_that("game_state_update", |data| data["state"]["you"] == "Dee").await;
    of_dee.follow(&game).await;
    said_in_the_room(&mut chats, &mut gus, &game).await;
    bea.start(&game).await;

    let names = Names::of(&bea.battle(&game).await);
    assert_eq!(names.ids().count(), 4);
    let devices = join_all([of_cem.play_to_the_end(), phone_of_cem.play_to_the_end(), of_dee.play_to_the_end()]);
    let others = join(of_bea.play_over_rest(&bea), gus.play_to_the_end());
    let (ends, (end, over)) = join(devices, others).await;

    let deeds = heard_in_battles(&of_bea.seen, &names);
    assert!(deeds.len() > 30, "{}", deeds.len());
    assert_eq!(heard_in_game(&gus), deeds, "contract game tells the same decisions in the same order");
    for device in [&of_cem, &phone_of_cem, &of_dee] {
        assert_eq!(heard_in_state(device), deeds, "contract state does, too");
    }
    the_ends_agree(&ends, &end, &over, &names);

    let replay = bea.replay(&game).await;
    assert_eq!(told_by_replay(&replay), deeds);
    let rounds = rounds_in_replay(&replay);
    assert_eq!(rounds.len(), 2);
    assert_eq!(rounds_in_state(&of_cem), rounds);
    assert_eq!(rounds_in_state(&phone_of_cem), rounds);
    assert_eq!(rounds_in_game(&gus), rounds);
    assert_eq!(rounds_in_battles(&of_bea, &names), rounds);
    assert_eq!(replay["results"]["finalScores"], over["final_scores"]);
    the_history_agrees(&dee, &game, &deeds, &names).await;

    // The room is closed by an operator's word, which ends the party and what there is to tell of it.
    let party = party_to_the_end(&server, &mut log, &game).await;
    let joined = party.iter().filter(|message| message["event"] == "member_joined");
    let joined: Vec<&Value> = joined.map(|message| &message["event_data"]["member_name"]).collect();
    assert_eq!(joined, ["Bea", "Gus", "Cem", "Dee"]);
    assert!(party.iter().all(|message| message["leader_name"] == "Bea"), "{party:?}");
    assert!(log.seen.iter().all(|message| message["type"] != "raid"), "people against people are no raid");
    let said = log.seen.iter().filter(|message| message["type"] == "user");
    assert_eq!(said.count(), 0, "what is said in a room is for those who sit there");
}

/// What is said in the room reaches the four who sit there, whatever they speak.
async fn said_in_the_room(chats: &mut [Speaker; 3], gus: &mut Guest, game: &str) {
    let scope = format!("room:{game}");
    let words =
        json!({ "type": "message", "payload": { "content": "Good luck, all", "type": "user", "metadata": scope } });
    chats[0].send(&words).await;
    for chat in chats.iter_mut() {
        let said = chat.expect_that("message", |message| message["payload"]["content"] == "Good luck, all").await;
        assert_eq!((&said["payload"]["username"], &said["payload"]["metadata"]), (&json!("Bea"), &json!(scope)));
    }
    let heard = gus.expect("chat_message").await;
    assert_eq!((&heard["data"]["player"], &heard["data"]["message"]), (&json!("Bea"), &json!("Good luck, all")));
    gus.act("chat", json!({ "message": "The same to you" })).await;
    gus.expect("chat_message").await;
    for chat in chats.iter_mut() {
        let said = chat.expect_that("message", |message| message["payload"]["content"] == "The same to you").await;
        assert_eq!((&said["payload"]["username"], &said["payload"]["metadata"]), (&json!("Gus"), &json!(scope)));
    }
}
fn the_ends_agree(ends: &[Value], end: &Value, over: &Value, names: &Names) {
    let scores = names.renamed(&end["finalScores"]);
    let winners: Vec<&str> = end["winners"].as_array().unwrap().iter().map(|id| names.name(id)).collect();
    assert_eq!((&over["final_scores"], &over["winners"]), (&scores, &json!(winners)));
    for told in ends {
        assert_eq!((&told["state"]["scores"], &told["winners"]), (&scores, &json!(winners)));
        assert_eq!((&told["deck_seed"], &told["deck_seed"]), (&end["deckSeed"], &over["deck_seed"]));
    }
}

async fn the_history_agrees(person: &Person, game: &str, deeds: &[Deed], names: &Names) {
    let history = person.history(game).await;
    let actions = history.iter().filter_map(|entry| entry["state"].get("lastAction"));
    let told = actions.map(|action| {
        let value = action.get("value").or_else(|| action.get("pieceIds")).unwrap_or(&Value::Null);
        deed(names.name(&action["playerId"]), &action["type"], value)
    });
    // A state stands for its last action until the next one: two equal ones in a row (a hand that was dealt again and
    // refused again) look like one.
    let mut told: Vec<Deed> = told.collect();
    let mut deeds = deeds.to_vec();
    told.dedup();
    deeds.dedup();
    assert_eq!(told, deeds);
}

/// Closes the room: all that the live log told of it as a party.
async fn party_to_the_end(server: &TestServer, log: &mut Speaker, game: &str) -> Vec<Value> {
    let root = Person::new(server.port(), &server.login("Root", PASSWORD).await.expect(200));
    let closed = root.send(Request::new("DELETE", &format!("/admin/rooms/{game}"))).await;
    assert_eq!(closed.status, 204);
    log.expect_that("party", |message| message["event"] == "disbanded").await;
    let party = log.seen.iter().filter(|message| message["type"] == "party");
    let party: Vec<Value> = party.cloned().collect();
    assert!(party.iter().all(|message| message["party_id"] == game), "{party:?}");
    party
}

#[tokio::test]
async fn a_game_of_a_device_and_a_guest_against_bots_is_one_game_and_a_raid() {
    let server = unhurried(&[]);
    let ann = server.person("Ann").await;
    let mut log = subscribed(&server, &json!(["raid", "system"])).await;
    let mut chat = chatting(&ann).await;
    let game = ann.create(&wanted()).await;
    let mut device = Device::at(&ann, &game).await;
    let mut gus = Guest::connect(server.port(), &game, "Gus").await;
    gus.join(&game).await;
    device.act("start_game", Value::Null).await;
    let (end, over) = join(device.play_to_the_end(), gus.play_to_the_end()).await;

    let deeds = heard_in_state(&device);
    assert_eq!(heard_in_game(&gus), deeds);
    let replay = ann.replay(&game).await;
    assert_eq!(told_by_replay(&replay), deeds);
    assert_eq!(rounds_in_state(&device), rounds_in_replay(&replay));
    assert_eq!(rounds_in_game(&gus), rounds_in_replay(&replay));
    assert_eq!((&end["state"]["scores"], &end["winners"]), (&over["final_scores"], &over["winners"]));

    let won = end["winners"].as_array().unwrap().iter().any(|name| name == "Ann" || name == "Gus");
    let last = if won { "victory" } else { "wipe" };
    log.expect_that("raid", |message| message["status"] == last).await;
    let raid: Vec<&Value> = log.seen.iter().filter(|message| message["type"] == "raid").collect();
    let told: Vec<&Value> = raid.iter().map(|message| &message["status"]).collect();
    assert_eq!(told, ["preparing", "in_progress", "in_progress", "in_progress", last]);
    for message in raid {
        assert_eq!((&message["raid_id"], &message["raid_name"]), (&json!(game), &json!("Together")));
        let names: Vec<&Value> =
            message["participants"].as_array().unwrap().iter().map(|one| &one["username"]).collect();
        assert_eq!(names, ["Ann", "Gus"]);
        assert!(message["boss_name"].as_str().is_some_and(|name| name.ends_with("(bot)")), "{message}");
    }
    assert!(log.seen.iter().any(|message| message["event"] == "raid_started"), "the system tells it, too");
    // The bots speak at the start and the end.
    let said = chat.expect_that("message", |message| message["payload"]["type"] == "ai").await;
    assert_eq!(said["payload"]["metadata"], format!("room:{game}"));
}
