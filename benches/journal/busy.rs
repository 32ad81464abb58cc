//! Busy rooms on two servers, one that waits for its disk and one that keeps nothing. They take turns, so that what else
//! happens on the machine hits both.

use std::{
    fs::OpenOptions,
    io::Write,
    path::Path,
    time::{Duration, Instant},
};

use tempfile::TempDir;
use tokio::{sync::watch, task::LocalSet, time::sleep};

use crate::{
    counters::Counters,
    figures::{Figures, median, verdict},
    play::{Heard, Mode},
    player,
    server::{SERVER_CORE, Server, can_pin},
};

/// Each server has so many turns per measurement.
const TURNS: usize = 5;
/// How long a turn is measured, after it has settled.
const TURN: Duration = Duration::from_secs(2);
const SETTLE: Duration = Duration::from_millis(300);

/// One server and its players.
struct Side {
    server: Server,
    mode: watch::Sender<Mode>,
    heard: Heard,
    _folder: TempDir,
}

/// Measures and prints; this process is the players.
pub(crate) fn run(rooms: usize) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    LocalSet::new().block_on(&runtime, async {
        println!("acknowledgements and throughput: {rooms} rooms on each of two servers that take turns");
        if !can_pin() {
            println!("  (players and server share their cores here; the figures include the players' own time)");
        }
        let folder = TempDir::new().expect("a folder");
        println!("  the disk: 4 KiB written and synced in {:.2} ms (median)", sync_ms(folder.path()));
        shape(rooms, 4, "four people").await;
        shape(rooms, 1, "one person and three bots at pace instant").await;
    });
}

async fn shape(rooms: usize, people: usize, who: &str) {
    println!("\n  rooms of {who}");
    let (off, full) = (Side::start("off", rooms, people).await, Side::start("full", rooms, people).await);
    let closed = [Mode::Think(Duration::ZERO); 2];
    let [without, with] = alternate([&off, &full], closed).await;
    print_throughput(&without, &with);
    // Half of what the slower one can do.
    let think = Duration::from_secs_f64(rooms as f64 / (with.rate().min(without.rate()) / 2.0));
    let [without, with] = alternate([&off, &full], [Mode::Think(think); 2]).await;
    print_latency(think, &without, &with);
}

/// Lets both play by turns; the first of a pair changes.
async fn alternate(sides: [&Side; 2], modes: [Mode; 2]) -> [Figures; 2] {
    let mut figures = [Figures::default(), Figures::default()];
    for turn in 0..TURNS {
        for place in if turn % 2 == 0 { [0, 1] } else { [1, 0] } {
            sides[place].turn(modes[place], &mut figures[place]).await;
        }
    }
    figures
}

impl Side {
    async fn start(durability: &str, rooms: usize, people: usize) -> Self {
        let folder = TempDir::new().expect("a folder");
        let flags = ["--durability", durability, "--workers", "1", "--log", "warn"];
        let server = Server::start(folder.path(), &flags, Some(SERVER_CORE), &folder.path().join("log"));
        let (mode, _) = watch::channel(Mode::Paused);
        let heard = Heard::default();
        let seated: Vec<_> = (0..rooms)
            .map(|_| tokio::task::spawn_local(table(server.port, people, mode.subscribe(), heard.clone())))
            .collect();
        for seated in seated {
            seated.await.expect("a table");
        }
        Self { server, mode, heard, _folder: folder }
    }

    async fn turn(&self, mode: Mode, figures: &mut Figures) {
        self.mode.send_replace(mode);
        sleep(SETTLE).await;
        let before = Counters::of(&self.server).await;
        let _ = self.heard.take();
        let started = Instant::now();
        sleep(TURN).await;
        let (heard, seconds) = (self.heard.take(), started.elapsed().as_secs_f64());
        let after = Counters::of(&self.server).await;
        assert!(!heard.is_empty(), "nobody plays any more");
        figures.add(heard, seconds, before, after);
        self.mode.send_replace(Mode::Paused);
        sleep(SETTLE).await;
    }
}

/// So many people sit down at a new table and begin to play.
async fn table(port: u16, people: usize, mode: watch::Receiver<Mode>, heard: Heard) {
    let mut players = player::sit_down(port, people).await;
    players[0].start().await;
    for player in players {
        tokio::task::spawn_local(player.play_on(mode.clone(), heard.clone()));
    }
}

fn print_throughput(off: &Figures, full: &Figures) {
    let loss = 100.0 * (1.0 - full.rate() / off.rate());
    let [whole_off, whole_full] = [off, full].map(|side| side.rate() / side.cpu_share());
    println!("    without a pause                       off       full");
    println!("    acknowledged actions/s         {:>10.0} {:>10.0}", off.rate(), full.rate());
    println!(
        "    server's core                  {:>8.0} % {:>8.0} %",
        100.0 * off.cpu_share(),
        100.0 * full.cpu_share()
    );
    println!("    server CPU s / 100,000 actions {:>10.2} {:>10.2}", off.cpu_per_100_000(), full.cpu_per_100_000());
    println!("    of a whole core, actions/s     {whole_off:>10.0} {whole_full:>10.0}");
    println!("    durability costs {loss:.1} % of the throughput (goal: below 30 %, {})", verdict(loss < 30.0));
    if off.cpu_share() < 0.9 {
        let loss = 100.0 * (1.0 - whole_full / whole_off);
        println!("    the players were the limit; by the server's CPU alone it costs {loss:.1} %");
    }
    print_writes(full);
}

fn print_latency(think: Duration, off: &Figures, full: &Figures) {
    let [off_half, off_most] = [0.5, 0.99].map(|part| off.percentile(part));
    let [full_half, full_most] = [0.5, 0.99].map(|part| full.percentile(part));
    let added = full_most - off_most;
    println!("    after {:.0} ms to think                  off       full      added", 1e3 * think.as_secs_f64());
    println!(
        "    acknowledged after, p50        {off_half:>7.2} ms {full_half:>7.2} ms {:>7.2} ms",
        full_half - off_half
    );
    println!("    acknowledged after, p99        {off_most:>7.2} ms {full_most:>7.2} ms {added:>7.2} ms");
    println!("    actions/s                      {:>10.0} {:>10.0}", off.rate(), full.rate());
    println!(
        "    server's core                  {:>8.0} % {:>8.0} %",
        100.0 * off.cpu_share(),
        100.0 * full.cpu_share()
    );
    println!("    durability adds {added:.1} ms at p99 (goal: below 15 ms, {})", verdict(added < 15.0));
    print_writes(full);
}

fn print_writes(full: &Figures) {
    if let Some(writes) = full.writes() {
        println!("    the journal: {writes}");
    }
}

/// What the disk takes by itself: without it the other figures say little.
fn sync_ms(folder: &Path) -> f64 {
    let mut file = OpenOptions::new().create(true).append(true).open(folder.join("sync")).expect("a file");
    let times = (0..101).map(|_| {
        let started = Instant::now();
        file.write_all(&[7; 4096]).and_then(|()| file.sync_data()).expect("a disk");
        started.elapsed().as_secs_f64()
    });
    1e3 * median(times.collect())
}
