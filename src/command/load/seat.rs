//! How a player gets a seat, and gets it back.

use std::{
    rc::Rc,
    time::{Duration, Instant},
};

use tokio::time::{sleep, timeout};
use tokio_tungstenite::tungstenite::Utf8Bytes;

use super::{
    link::{Broken, Link},
    mind::Mind,
    player::{Player, Speaks},
    room::Table,
    wire::{Names, What, battles, game},
    worker::Worker,
};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often a lost connection is tried again.
const TRIES: u32 = 5;

/// Who is about to sit down.
pub(super) struct Newcomer<'a> {
    pub(super) worker: &'a Rc<Worker>,
    pub(super) table: &'a Rc<Table>,
    pub(super) member: usize,
    pub(super) speaks: Speaks,
    /// The player's number in the whole run.
    pub(super) index: u64,
}

impl Newcomer<'_> {
    /// Makes a room, or sits down in the one that is there.
    pub(super) async fn sit_down(self, room: Option<&str>) -> Result<Player, Broken> {
        match self.speaks {
            Speaks::Game => self.in_game(room).await,
            Speaks::Battles => self.in_battles(room).await,
        }
    }

    async fn in_game(self, room: Option<&str>) -> Result<Player, Broken> {
        let name = format!("Player {}", self.member + 1);
        let mut link = self.connect(room.unwrap_or("lobby")).await?;
        link.send(if room.is_some() { game::join(&name) } else { game::create(&name) }).await;
        let answer = self.expect(&mut link, What::Answer).await?;
        let field = |field: &str| game::field(&answer, field).ok_or_else(|| Broken(format!("no {field}")));
        let (room, token) = (field("room_id")?, field("session_token")?);
        let asked = game::asked(&name);
        Ok(self.player(link, name, room, token, asked))
    }

    async fn in_battles(self, room: Option<&str>) -> Result<Player, Broken> {
        let rest = &self.worker.run.rest;
        let token = rest.token(self.index).await?;
        let room = match room {
            Some(room) => {
                rest.join_battle(&token, room).await?;
                room.to_owned()
            }
            None => rest.create_battle(&token).await?,
        };
        let (link, here) = self.open(&format!("battles/{room}?token={token}")).await?;
        let id = battles::own_id(&here).ok_or_else(|| Broken("no playerId".to_owned()))?;
        let asked = battles::asked(&id);
        Ok(self.player(link, id, room, token, asked))
    }

    fn player(self, link: Link, name: String, room: String, token: String, asked: String) -> Player {
        self.worker.meters.borrow_mut().players += 1;
        Player {
            from: self.worker.run.settings.address(self.index),
            worker: self.worker.clone(),
            table: self.table.clone(),
            member: self.member,
            speaks: self.speaks,
            link,
            name,
            room,
            token,
            asked,
            names: Names::default(),
            mind: Mind::new(self.worker.run.settings.level, self.worker.chance()),
            hand: None,
            question: None,
            waiting: None,
            answered: None,
            last: 0,
            number: 0,
            has_resent: false,
            back: None,
            is_excused: false,
            again_until: 0,
        }
    }

    async fn connect(&self, door: &str) -> Result<Link, Broken> {
        self.open(door).await.map(|(link, _)| link)
    }

    /// Connects; with the server's first message.
    async fn open(&self, door: &str) -> Result<(Link, Utf8Bytes), Broken> {
        let settings = &self.worker.run.settings;
        let (mut link, begun) = Link::open(&settings.base(), door, settings.address(self.index)).await?;
        let first = self.expect(&mut link, What::Here).await?;
        self.worker.meters.borrow_mut().connected.record(begun.elapsed());
        Ok((link, first))
    }

    async fn expect(&self, link: &mut Link, wanted: What) -> Result<Utf8Bytes, Broken> {
        expect(link, self.speaks, &[wanted]).await.map(|(_, text)| text)
    }
}

/// Reads on to a message of these kinds.
async fn expect(link: &mut Link, speaks: Speaks, wanted: &[What]) -> Result<(What, Utf8Bytes), Broken> {
    let reading = async {
        loop {
            let text = link.next().await?;
            let what = match speaks {
                Speaks::Game => game::glance(&text).0,
                Speaks::Battles => battles::glance(&text, "\u{0}").0,
            };
            match (what, speaks) {
                (What::Refused, Speaks::Game) => return Err(Broken(game::code(&text))),
                (What::Refused, Speaks::Battles) => return Err(Broken(battles::code(&text))),
                _ if wanted.contains(&what) => return Ok((what, text)),
                _ => {}
            }
        }
    };
    timeout(PATIENCE, reading).await.unwrap_or_else(|_| Err(Broken("no answer".to_owned())))
}

impl Player {
    /// Asks for the start; the host does.
    pub(super) async fn start(&mut self) {
        let message = match self.speaks {
            Speaks::Game => game::start(&self.name),
            Speaks::Battles => battles::start(),
        };
        self.link.send(message).await;
    }

    /// Drops the connection and comes back to the seat. What was under way is sent again, unless it was done.
    pub(super) async fn come_back(&mut self) -> Result<(), ()> {
        let begun = Instant::now();
        self.worker.meters.borrow_mut().disconnects += 1;
        self.link.cut().await;
        let mut failure = Broken(String::new());
        for attempt in 0..TRIES {
            match self.reconnect(begun).await {
                Ok(()) => {
                    if let Some(message) = self.waiting.clone() {
                        self.has_resent = true;
                        self.link.send(message).await;
                    }
                    return Ok(());
                }
                Err(broken) => failure = broken,
            }
            sleep(Duration::from_millis(100 << attempt)).await;
        }
        self.worker.error(format!("reconnect: {}", failure.0));
        Err(())
    }

    async fn reconnect(&mut self, begun: Instant) -> Result<(), Broken> {
        match self.speaks {
            Speaks::Game => self.regain_by_token(begun).await,
            Speaks::Battles => self.regain_by_account(begun).await,
        }
    }

    async fn regain_by_token(&mut self, begun: Instant) -> Result<(), Broken> {
        let door = self.room.clone();
        let (link, _) = Link::open(&self.worker.run.settings.base(), &door, self.from).await?;
        self.link = link;
        expect(&mut self.link, self.speaks, &[What::Here]).await?;
        self.link.send(game::come_back(&self.name, &self.token, self.last)).await;
        let (_, back) = expect(&mut self.link, self.speaks, &[What::Back]).await?;
        self.worker.meters.borrow_mut().reconnected.record(begun.elapsed());
        self.token = game::field(&back, "session_token").unwrap_or_else(|| self.token.clone());
        self.back = Some(Instant::now());
        for _ in 0..game::missed(&back) {
            let text =
                timeout(PATIENCE, self.link.next()).await.unwrap_or_else(|_| Err(Broken("no answer".to_owned())))?;
            self.take_in(text);
        }
        Ok(())
    }

    /// *Battles* has no number to come back with: the server sends again what was not confirmed, also what was heard.
    async fn regain_by_account(&mut self, begun: Instant) -> Result<(), Broken> {
        let door = format!("battles/{}?token={}", self.room, self.token);
        let (link, _) = Link::open(&self.worker.run.settings.base(), &door, self.from).await?;
        self.link = link;
        let (_, text) = expect(&mut self.link, self.speaks, &[What::Here, What::Back]).await?;
        self.worker.meters.borrow_mut().reconnected.record(begun.elapsed());
        self.back = Some(Instant::now());
        self.is_excused = true;
        self.again_until = self.last;
        if self.names.seat(&self.name).is_none() {
            return Ok(());
        }
        if let Some(hand) = battles::hand(&text) {
            self.hand = None;
            self.mind.holds(hand);
        }
        self.consider(&text);
        Ok(())
    }
}
