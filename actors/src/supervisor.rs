//! The supervisor: restores rooms that have stopped, informs the lobby of changes and the rooms of pauses of the
//! process, and cuts connections that take nothing.

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use actix::{Actor, AsyncContext, Context, Handler, WrapFuture};
use contracts::{Farewell, live_log::report};
use vocabulary::{Page, RoomId};

use crate::{
    lobby::Changed,
    recovery,
    room::{Services, messages::Stopped},
};

/// The lobby's list is sent at most four times a second.
const PUSH_EVERY: Duration = Duration::from_millis(250);
/// Time between two searches for connections that take nothing.
const SWEEP_EVERY: Duration = Duration::from_secs(1);

/// Panics after which a room is quarantined: its facts lead to the same panic again.
const HOPELESS: u8 = 3;

/// The actor that supervises all rooms and connections.
pub(crate) struct Supervisor {
    services: Arc<Services>,
    /// The number of panics of each room.
    panics: HashMap<RoomId, u8>,
    /// The end of the last pause that the rooms know of.
    running_since: Instant,
}

impl Supervisor {
    pub(crate) fn new(services: Arc<Services>) -> Self {
        let running_since = services.pulse.running_since();
        Self { services, panics: HashMap::new(), running_since }
    }

    /// After a pause of the process every room announces at once until when decisions may be made now.
    fn notice_pause(&mut self) {
        let since = self.services.pulse.running_since();
        if since > self.running_since {
            self.running_since = since;
            self.services.rooms.wake();
        }
    }

    fn push_changes(&self) {
        if self.services.rooms.take_changed() {
            self.services.lobby.do_send(Changed(self.services.rooms.list(Page::default())));
        }
    }

    fn sweep(&self) {
        let Services { connections, settings, meters, pulse, .. } = &*self.services;
        for _ in 0..connections.cut_stalled(settings, pulse.running_since()) {
            meters.closed(Farewell::TooSlow.reason());
        }
    }

    /// Notes a panic of the room, and returns whether there is no hope for it.
    fn note_panic(&mut self, room: RoomId) -> bool {
        log::error!("room {room} failed and was closed; the other rooms continue");
        // Everybody reads it, and a private room's id is not for everybody.
        self.services.live_log.publish(report::failed("a room failed and was closed; the others go on"));
        self.push_changes();
        let panics = self.panics.entry(room).or_default();
        *panics += 1;
        *panics >= HOPELESS
    }
}

impl Actor for Supervisor {
    type Context = Context<Self>;

    fn started(&mut self, ctx: &mut Self::Context) {
        ctx.run_interval(PUSH_EVERY, |supervisor, _| {
            supervisor.notice_pause();
            supervisor.push_changes();
        });
        ctx.run_interval(SWEEP_EVERY, |supervisor, _| supervisor.sweep());
    }
}

impl Handler<Stopped> for Supervisor {
    type Result = ();

    fn handle(&mut self, stopped: Stopped, ctx: &mut Self::Context) {
        let (room, is_hopeless) = match stopped {
            Stopped::Diverged(room) => (room, false),
            Stopped::Panicked(room) => (room, self.note_panic(room)),
        };
        let services = Arc::clone(&self.services);
        let restoring = async move {
            let outcome = if is_hopeless {
                recovery::quarantine(&services, room.as_str(), &"it failed again and again").await
            } else {
                recovery::restore(&services, room).await
            };
            if let Err(error) = outcome {
                log::error!("room {room} can't be restored or quarantined: {error}; the next start will try again");
            }
        };
        ctx.spawn(restoring.into_actor(self));
    }
}
