//! A room of simulated players: they sit down, play a game, and begin a new one in a new room until the run is over.

use std::{cell::RefCell, rc::Rc, time::Duration};

use tokio::{
    task::spawn_local,
    time::{sleep, sleep_until},
};
use vocabulary::Pace;

use super::{
    Broken,
    context::Worker,
    ledger::Ledger,
    plan::Spoken,
    player::Player,
    table::{Book, Table},
};
use crate::{
    Dialect, Seat,
    game::{CreateRoom, Options},
};

/// How long a room waits before it is tried again.
const PAUSE: Duration = Duration::from_secs(1);

/// Keeps one room busy.
pub(super) async fn keep(worker: Rc<Worker>, index: u32) {
    let run = &worker.run;
    let delay = run.plan.ramp.mul_f64(f64::from(index) / f64::from(run.plan.rooms));
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
    let plan = &worker.run.plan;
    let count = usize::from(plan.players_per_room);
    let speaks = |member: usize| match plan.contract {
        Spoken::Game => Dialect::Game,
        Spoken::Battles => Dialect::Battles,
        Spoken::Mixed if (index as usize + member).is_multiple_of(2) => Dialect::Game,
        Spoken::Mixed => Dialect::Battles,
    };
    let bits =
        |of: &dyn Fn(usize) -> bool| (0..count).filter(|member| of(*member)).fold(0, |bits, member| bits | 1 << member);
    let ledger = Ledger::new(bits(&|_| true), bits(&|member| speaks(member) == Dialect::Game));
    let book = Book { ledger, under_way: [None; 4], members: [None; 4] };
    let table = Rc::new(Table { book: RefCell::new(book) });
    let mut players: Vec<Player> = Vec::with_capacity(count);
    for member in 0..count {
        let number = u64::from(index) * count as u64 + member as u64;
        let room = players.first().map(|host| host.seat.room().to_owned());
        let seat = take_seat(worker, number, member, speaks(member), room).await?;
        players.push(Player::new(worker.clone(), table.clone(), member, seat));
    }
    if let Some(host) = players.first_mut() {
        host.seat.start().await;
    }
    Ok((table, players))
}

/// A seat in a new room, or in the one that is there.
async fn take_seat(
    worker: &Worker,
    number: u64,
    member: usize,
    dialect: Dialect,
    room: Option<String>,
) -> Result<Seat, Broken> {
    let dial = worker.dial(worker.run.plan.address(number));
    let name = format!("Player {}", member + 1);
    let seat = match (dialect, room) {
        (Dialect::Game, Some(room)) => Seat::join(dial, &room, name).await?,
        (Dialect::Game, None) => Seat::create(dial, new_room(name)).await?,
        (Dialect::Battles, room) => {
            let accounts = &worker.run.accounts;
            let token = accounts.token(number).await?;
            let battle = match room {
                Some(room) => {
                    accounts.join_battle(&token, &room).await?;
                    room
                }
                None => accounts.create_battle(&token).await?,
            };
            Seat::attend(dial, battle, token).await?
        }
    };
    worker.meters.borrow_mut().connected.record(seat.connect_time());
    Ok(seat)
}

fn new_room(player_name: String) -> CreateRoom {
    let options = Options { pace: Some(Pace::Instant), turn_timeout_seconds: Some(3600), ..Options::default() };
    CreateRoom { room_name: "Load".to_owned(), player_name, is_public: None, options: Some(options) }
}
