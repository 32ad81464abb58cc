//! How the players of this bench play: when they are let, and with the time of each acknowledgement.

use std::{
    cell::RefCell,
    rc::Rc,
    time::{Duration, Instant},
};

use tokio::sync::watch;

use crate::{
    mind::{Next, event},
    player::Player,
    socket::Frame,
};

/// How the players of a server play at present.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Mode {
    /// Not at all.
    Paused,
    /// They think for about so long.
    Think(Duration),
}

/// How long each acknowledgement took, in seconds.
pub(crate) type Heard = Rc<RefCell<Vec<f64>>>;

impl Player {
    /// Plays until the game is over or the server has gone.
    pub(crate) async fn play_on(mut self, mut mode: watch::Receiver<Mode>, heard: Heard) {
        let mut sent = Instant::now();
        while let Some(frame) = self.socket.next().await {
            let text = match frame {
                Frame::Text(text) => text,
                Frame::Pong => continue,
                Frame::Close => return,
            };
            match event(text) {
                "play_accepted" | "declaration_accepted" | "redeal_decision_accepted" => {
                    heard.borrow_mut().push(sent.elapsed().as_secs_f64());
                }
                "error" | "validation_error" => panic!("refused: {text}"),
                _ => {}
            }
            match self.mind.hear(text) {
                Next::Listen => {}
                Next::Go => return,
                Next::Act(action) => {
                    if !self.think(&mut mode).await {
                        return;
                    }
                    sent = Instant::now();
                    self.socket.send(&action).await;
                }
            }
        }
    }

    /// Waits as long as a person would; false when the bench is over.
    async fn think(&self, mode: &mut watch::Receiver<Mode>) -> bool {
        let Ok(now) = mode.wait_for(|mode| *mode != Mode::Paused).await.map(|mode| *mode) else { return false };
        if let Mode::Think(time) = now
            && !time.is_zero()
        {
            tokio::time::sleep(self.mind.pause(time)).await;
        }
        true
    }
}
