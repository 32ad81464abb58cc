//! How the players of this bench play: without a word that is lost, and with the times of what they hear.

use std::{rc::Rc, time::Instant};

use crate::{
    mind::{Next, event},
    player::Player,
    socket::Frame,
    table::Table,
    tally::Tally,
};

impl Player {
    /// Plays until the game is over (true) or the connection is (false).
    pub(crate) async fn play(mut self, table: Rc<Table>, tally: Rc<Tally>) -> bool {
        let mut own = Own { sent: Instant::now(), seen: 0 };
        loop {
            let reads = self.socket.reads;
            let text = match self.socket.next().await {
                Some(Frame::Text(text)) => text,
                Some(Frame::Pong) => continue,
                Some(Frame::Close) | None => break,
            };
            own.hear(text, &table, &tally);
            let next = self.mind.hear(text);
            Tally::add(&tally.reads, self.socket.reads - reads);
            match next {
                Next::Listen => {}
                Next::Go => {
                    table.end();
                    return true;
                }
                Next::Act(text) => {
                    self.think(&table, &tally).await;
                    if !tally.stopped.get() {
                        own.sent = Instant::now();
                        table.act(own.sent);
                        self.socket.send(&text).await;
                    }
                }
            }
        }
        if !tally.stopped.get() {
            Tally::add(&tally.errors, 1);
        }
        false
    }

    async fn think(&self, table: &Table, tally: &Tally) {
        let think = tally.think.get();
        if think.is_zero() {
            return;
        }
        let last = table.sent.get().filter(|_| tally.paced.get()).map_or_else(Instant::now, |(_, sent)| sent);
        tokio::time::sleep_until((last + self.mind.pause(think)).into()).await;
    }
}

/// What one player knows of its own times.
struct Own {
    sent: Instant,
    /// The table's last action of which it heard.
    seen: u64,
}

impl Own {
    /// Counts a message and the time that it took.
    fn hear(&mut self, text: &str, table: &Table, tally: &Tally) {
        Tally::add(&tally.messages, 1);
        Tally::add(&tally.bytes, text.len() as u64);
        let event = event(text);
        table.hear(event, text);
        match event {
            "play_accepted" | "declaration_accepted" | "redeal_decision_accepted" => {
                tally.own.borrow_mut().push(self.sent.elapsed().as_secs_f32());
                self.seen = table.acts();
            }
            "player_action" => {
                if let Some((number, sent)) = table.sent.get().filter(|(number, _)| *number != self.seen) {
                    tally.others.borrow_mut().push(sent.elapsed().as_secs_f32());
                    self.seen = number;
                }
            }
            "error" | "validation_error" => {
                Tally::add(&tally.errors, 1);
                eprintln!("refused: {text}");
            }
            _ => {}
        }
    }
}
