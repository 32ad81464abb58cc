//! A room of simulated players: they sit down, play a game, and begin a new one in a new room until the run is over.

use std::{cell::RefCell, rc::Rc, time::Duration};

use tokio::{
    task::spawn_local,
    time::{sleep, sleep_until},
};

use super::{
    ledger::{Ledger, Sent},
    link::Broken,
    player::{Player, Speaks},
    seat::Newcomer,
    settings::Spoken,
    worker::Worker,
};

/// How long a room waits before it is tried again.
const PAUSE: Duration = Duration::from_secs(1);

/// What the players of one room share: they are in one process, and so it can be told how long it takes from one of them
/// to another.
pub(super) struct Table {
    pub(super) book: RefCell<Book>,
}

/// What is known of a room's events.
pub(super) struct Book {
    pub(super) ledger: Ledger,
    /// The last action of each member, until it is acknowledged.
    pub(super) under_way: [Option<Sent>; 4],
    /// Which member plays which seat.
    pub(super) members: [Option<usize>; 4],
}

/// Keeps one room busy.
pub(super) async fn keep(worker: Rc<Worker>, index: u32) {
    let run = &worker.run;
    let delay = run.settings.ramp.mul_f64(f64::from(index) / f64::from(run.settings.rooms));
    sleep_until((run.begin + delay).into()).await;
    let mut stop = worker.stop.clone();
    while !worker.is_over() {
        let seated = tokio::select! {
            seated = sit_down(&worker, index) => seated,
            _ = stop.wait_for(|over| *over) => return,
        };
        match seated {
            Ok((table, players)) => play(&worker, &table, players).await,
            Err(broken) => {
                worker.error(broken.0);
                sleep(PAUSE).await;
            }
        }
    }
}

/// One game, to its end or to the end of the run.
async fn play(worker: &Worker, table: &Table, players: Vec<Player>) {
    let games: Vec<_> = players.into_iter().map(|player| spawn_local(player.play())).collect();
    for game in games {
        let _ = game.await;
    }
    let settled = table.book.borrow_mut().ledger.settle();
    let mut meters = worker.meters.borrow_mut();
    meters.checked += settled.checked;
    meters.lost += settled.lost;
}

async fn sit_down(worker: &Rc<Worker>, index: u32) -> Result<(Rc<Table>, Vec<Player>), Broken> {
    let settings = &worker.run.settings;
    let count = usize::from(settings.players_per_room);
    let speaks = |member: usize| match settings.contract {
        Spoken::Game => Speaks::Game,
        Spoken::Battles => Speaks::Battles,
        Spoken::Mixed if (index as usize + member).is_multiple_of(2) => Speaks::Game,
        Spoken::Mixed => Speaks::Battles,
    };
    let bits =
        |of: &dyn Fn(usize) -> bool| (0..count).filter(|member| of(*member)).fold(0, |bits, member| bits | 1 << member);
    let ledger = Ledger::new(bits(&|_| true), bits(&|member| speaks(member) == Speaks::Game));
    let book = Book { ledger, under_way: [None; 4], members: [None; 4] };
    let table = Rc::new(Table { book: RefCell::new(book) });
    let mut players: Vec<Player> = Vec::with_capacity(count);
    for member in 0..count {
        let number = u64::from(index) * count as u64 + member as u64;
        let newcomer = Newcomer { worker, table: &table, member, speaks: speaks(member), index: number };
        let room = players.first().map(|host| host.room.clone());
        players.push(newcomer.sit_down(room.as_deref()).await?);
    }
    if let Some(host) = players.first_mut() {
        host.start().await;
    }
    Ok((table, players))
}
