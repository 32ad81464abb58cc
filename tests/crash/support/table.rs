//! Tables at which one game follows another, through any number of lives of the server.

use std::{collections::BTreeSet, time::Duration};

use futures_util::future::join_all;
use serde_json::{Value, json};
use tokio::time::sleep;

use super::{Person, Place, wire::Stop};

/// The close code of a room that is read again from its journal.
const ROOM_FAILED: u16 = 1011;
/// Between two tries while the server can't do what is asked.
const PAUSE: Duration = Duration::from_millis(50);
/// How often to look for such a room before it is taken for one whose game is over, which its replay then must show.
const LOOKS: u32 = 200;

/// The people of one room, who make a new room when the game is over.
pub(crate) struct Table {
    number: usize,
    /// How many sit here.
    size: usize,
    people: Vec<Person>,
    /// Whether someone wanted to sit down and heard no answer.
    doubtful: bool,
    /// The people of games that are over.
    past: Vec<Vec<Person>>,
    /// How often the table still looks for a room that the server reads again.
    looks: u32,
}

impl Table {
    const fn new(number: usize, size: usize) -> Self {
        Self { number, size, people: Vec::new(), doubtful: false, past: Vec::new(), looks: 0 }
    }

    /// The host.
    pub(crate) fn host(&mut self) -> &mut Person {
        &mut self.people[0]
    }

    /// The room.
    pub(crate) fn room(&self) -> &str {
        self.people[0].room()
    }

    /// Plays game after game until the server is gone: how it went.
    pub(crate) async fn live(&mut self, port: u16) -> Stop {
        loop {
            match self.play_game(port).await {
                Ok(()) => {}
                Err(Stop::Refused) => sleep(PAUSE).await,
                Err(Stop::Closed(ROOM_FAILED)) => self.looks = LOOKS,
                Err(stop) => {
                    // Whoever only listened has not noticed it yet.
                    self.people.iter_mut().for_each(Person::hang_up);
                    return stop;
                }
            }
        }
    }

    /// Plays the present game, or a new one, to its end.
    pub(crate) async fn play_game(&mut self, port: u16) -> Result<(), Stop> {
        self.open(port).await?;
        all(join_all(self.people.iter_mut().map(Person::play_to_the_end)).await)?;
        self.clear();
        Ok(())
    }

    /// Everybody is in their seat, and the host has asked for the start.
    pub(crate) async fn open(&mut self, port: u16) -> Result<(), Stop> {
        self.come_back(port).await?;
        if self.doubtful {
            // Perhaps a seat was given whose token nobody has: that room can't be played.
            self.people.clear();
            self.doubtful = false;
        }
        if self.people.is_empty() {
            let (pace, rounds) = [("instant", 1), ("instant", 3), ("fast", 1)][self.number % 3];
            let options = json!({ "pace": pace, "rules": { "max_rounds": rounds }, "bot_difficulty": "easy" });
            self.people.push(Person::create(port, "Ann", &options).await?);
        }
        self.doubtful = true;
        while self.people.len() < self.size {
            let name = ["Ann", "Bob"][self.people.len()];
            let next = Person::join(port, self.people[0].room(), name).await?;
            self.people.push(next);
        }
        self.doubtful = false;
        if !self.people[0].has_asked() {
            self.people[0].start_game().await;
        }
        Ok(())
    }

    /// Whoever lost the connection comes back. A room that is gone was a game that ended unheard.
    pub(crate) async fn come_back(&mut self, port: u16) -> Result<(), Stop> {
        for place in 0..self.people.len() {
            if self.people[place].is_connected() {
                continue;
            }
            match self.people[place].come_back(port).await {
                Err(Stop::NoRoom) if self.looks > 0 => {
                    self.looks -= 1;
                    return Err(Stop::Refused);
                }
                Err(Stop::NoRoom) => {
                    assert!(self.people[0].has_asked(), "a room that waits does not go away");
                    self.clear();
                    return Ok(());
                }
                other => other?,
            }
        }
        self.looks = 0;
        Ok(())
    }

    fn clear(&mut self) {
        self.past.push(std::mem::take(&mut self.people));
    }

    /// Whether a game has begun and is not known to be over.
    fn is_open(&self) -> bool {
        !self.people.is_empty()
    }
}

/// What was played at all tables together.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Played {
    /// Games that are over.
    pub(crate) games: usize,
    /// Actions of people that were acknowledged.
    pub(crate) actions: usize,
    /// Messages that were sent again, as nobody had heard an answer.
    pub(crate) sent_again: usize,
    /// Those that had acted the first time.
    pub(crate) had_acted: usize,
}

/// Some tables at once.
pub(crate) struct Tables(pub(crate) Vec<Table>);

impl Tables {
    /// So many, with one person and two in turn.
    pub(crate) fn new(count: usize) -> Self {
        Self((0..count).map(|number| Table::new(number, 1 + number % 2)).collect())
    }

    /// So many, with one person at each.
    pub(crate) fn alone(count: usize) -> Self {
        Self((0..count).map(|number| Table::new(number, 1)).collect())
    }

    /// A game begins at each.
    pub(crate) async fn open(&mut self, port: u16) {
        for opened in join_all(self.0.iter_mut().map(|table| table.open(port))).await {
            opened.expect("the server runs");
        }
    }

    /// Everybody is asked, so that nothing happens any more: for tables of one person.
    pub(crate) async fn rest(&mut self) {
        let turns = self.0.iter_mut().map(|table| table.host().wait_for_turn());
        all(join_all(turns).await).expect("the server runs");
    }

    /// All connections end.
    pub(crate) fn hang_up(&mut self) {
        self.0.iter_mut().flat_map(|table| &mut table.people).for_each(Person::hang_up);
    }

    /// All play until the server is gone: how it went for each.
    pub(crate) async fn live(&mut self, port: u16) -> Vec<Stop> {
        join_all(self.0.iter_mut().map(|table| table.live(port))).await
    }

    /// Plays every open game to its end, and a first one where there was none, as a table may have had no time for
    /// one on a busy machine; then checks each game that was ever played against its replay.
    pub(crate) async fn finish(&mut self, port: u16, place: &Place) -> Played {
        let open = self.0.iter_mut().filter(|table| table.is_open() || table.past.is_empty());
        all(join_all(open.map(|table| table.play_game(port))).await).expect("the server runs");
        let mut played = Played::default();
        for people in self.0.iter().flat_map(|table| &table.past) {
            check_replay(people, place).await;
            played.games += 1;
            for person in people {
                played.actions += person.memory().acknowledged();
                played.sent_again += person.sent_again.0;
                played.had_acted += person.sent_again.1;
            }
        }
        played
    }
}

/// `liap-tui replay` finds no difference, and shows what the people were told.
async fn check_replay(people: &[Person], place: &Place) {
    let room = people[0].room();
    let (code, replay, errors) = place.replay(room).await;
    assert_eq!(code, Some(0), "replay {room}: {errors}\n{}", place.log());
    let replay: Value = serde_json::from_str(&replay).expect("JSON");
    for (seat, person) in people.iter().enumerate() {
        let told = person.memory().plays();
        let mut played = plays_of(&replay, seat);
        if person.memory().end().is_none() {
            // The server fell before it could tell the last of it.
            assert!(played.len() - told.len() <= 1, "{room}: {played:?}, told {told:?}");
            played.truncate(told.len());
        }
        assert_eq!(played, told, "the plays of {} in {room}", person.name);
        person.memory().agrees_with(people[0].memory());
    }
}

fn plays_of(replay: &Value, seat: usize) -> Vec<BTreeSet<String>> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let turns = list(&replay["rounds"]).into_iter().flat_map(move |round| list(&round["turns"]));
    let plays = turns.flat_map(move |turn| list(&turn["plays"])).filter(|play| play["seat"] == seat);
    plays.map(|play| super::memory::ids(list(&play["piece_ids"]).iter())).collect()
}

fn all(outcomes: Vec<Result<(), Stop>>) -> Result<(), Stop> {
    outcomes.into_iter().collect()
}
