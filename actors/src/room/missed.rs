//! Missed events: prepared first, in the background if that takes long, and then sent together.

use std::{pin::Pin, sync::Arc};

use actix::{AsyncContext, AtomicResponse, Context, Handler, ResponseActFuture, WrapFuture, fut::ActorFutureExt};
use game_rules::Seat;
use vocabulary::{Denial, RoomRequest, Sequence};

use super::{
    Room,
    backlog::{self, Backlog, Gap},
    messages::{Listener, Synchronise},
};
use crate::cost::Cost;

/// The most facts that a serving thread folds at once: well below a millisecond's work.
const AT_ONCE: usize = 32;

/// A backlog in preparation. The room accepts nothing until it is ready.
type Making = Pin<Box<dyn Future<Output = Result<Backlog, Denial>>>>;

impl Handler<Synchronise> for Room {
    type Result = AtomicResponse<Self, ()>;

    fn handle(&mut self, Synchronise(ask): Synchronise, ctx: &mut Self::Context) -> Self::Result {
        let member = self.audience.members.iter().find(|member| member.listener.connection == ask.connection);
        let listener = member.map(|member| member.listener.clone());
        let making = match (&ask.request, &listener) {
            (RoomRequest::Synchronise { since, .. }, Some(listener)) => self.make_ready(listener, *since, ctx),
            _ => Ok(None),
        };
        let answered: ResponseActFuture<Self, ()> = match making {
            Ok(None) => {
                self.answer(&ask, ctx);
                Box::pin(actix::fut::ready(()))
            }
            Ok(Some(making)) => Box::pin(making.into_actor(self).map(move |made, room, ctx| match made {
                Ok(backlog) => {
                    room.keep_backlog(backlog, ctx);
                    room.answer(&ask, ctx);
                }
                Err(denial) => room.deny_if_here(listener.as_ref(), &denial, ask.client_sequence),
            })),
            Err(denial) => {
                self.deny_if_here(listener.as_ref(), &denial, ask.client_sequence);
                Box::pin(actix::fut::ready(()))
            }
        };
        AtomicResponse::new(answered)
    }
}

/// Whether a returning player receives the events they missed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Telling {
    /// All that the room still has.
    All,
    /// None, because they have asked for too much. They learn that events are left out, and still get their seat.
    Nothing,
}

impl Room {
    /// Prepares the events that a connection missed before it comes back, and calls `next` with the outcome.
    pub(super) fn ready_then<T: 'static>(
        &mut self,
        listener: &Listener,
        since: Option<Sequence>,
        next: impl FnOnce(&mut Self, Telling, &mut Context<Self>) -> ResponseActFuture<Self, T> + 'static,
        ctx: &mut Context<Self>,
    ) -> AtomicResponse<Self, T> {
        AtomicResponse::new(match since.map_or(Ok(None), |since| self.make_ready(listener, since, ctx)) {
            Ok(None) => next(self, Telling::All, ctx),
            Err(_) => next(self, Telling::Nothing, ctx),
            Ok(Some(making)) => Box::pin(making.into_actor(self).then(move |made, room, ctx| match made {
                Ok(backlog) => {
                    room.keep_backlog(backlog, ctx);
                    next(room, Telling::All, ctx)
                }
                Err(_) => next(room, Telling::Nothing, ctx),
            })),
        })
    }

    fn deny_if_here(&mut self, listener: Option<&Listener>, denial: &Denial, client_sequence: Option<u64>) {
        if let Some(listener) = listener {
            self.deny(listener, denial, client_sequence);
        }
    }

    /// Prepares the events after `since`; `None` if they are ready, or if there are none.
    ///
    /// # Errors
    /// [`Denial::RateLimited`] if the listener has asked for too much.
    pub(super) fn make_ready(
        &mut self,
        listener: &Listener,
        since: Sequence,
        ctx: &mut Context<Self>,
    ) -> Result<Option<Making>, Denial> {
        listener.allowance.check()?;
        if since >= self.state.sequence {
            return Ok(None);
        }
        let keep = self.services.settings.history_events;
        let mut backlog = self.backlog_since(listener, since, keep);
        let entries = &self.history.entries()[backlog.facts()..];
        let behind = u64::try_from(entries.len()).unwrap_or(u64::MAX);
        listener.allowance.charge(Cost::facts(entries.len()));
        self.backlogs.folded += behind;
        self.services.meters.facts_folded.increment(behind);
        if entries.len() <= AT_ONCE {
            backlog.extend(entries, keep);
            self.keep_backlog(backlog, ctx);
            return Ok(None);
        }
        // Copied, because the room keeps its history while another thread folds it.
        let (entries, services) = (entries.to_vec(), Arc::clone(&self.services));
        Ok(Some(Box::pin(async move {
            let extending = move || {
                backlog.extend(&entries, keep);
                backlog
            };
            services.background.run(extending).await
        })))
    }

    /// The present backlog, or an empty one. For a client that missed little it is short; when somebody needs more, all
    /// that the room remembers is prepared, so that nobody can make it start over again and again.
    fn backlog_since(&mut self, listener: &Listener, since: Sequence, keep: u64) -> Backlog {
        let oldest = Sequence(self.state.sequence.0.saturating_sub(keep));
        let from = since.max(oldest);
        let kept = self.backlogs.take(listener.contract);
        let after = if kept.is_some() { oldest } else { from };
        let fits = |backlog: &Backlog| backlog.reaches_back_to(from) && backlog.facts() <= self.history.len();
        kept.filter(fits).unwrap_or_else(|| {
            Backlog::new(self.history.founding(), listener.contract, after, &self.services.backlog_bytes)
        })
    }

    /// Keeps a backlog until nobody has asked for it for a while.
    pub(super) fn keep_backlog(&mut self, backlog: Backlog, ctx: &mut Context<Self>) {
        self.backlogs.put(backlog);
        if !self.backlogs.watched {
            self.backlogs.watched = true;
            self.look_after_backlogs(ctx);
        }
    }

    fn look_after_backlogs(&self, ctx: &mut Context<Self>) {
        ctx.run_later(self.backlog_patience(), |room, ctx| {
            let idle = room.backlog_patience();
            room.backlogs.watched = room.backlogs.drop_idle(idle);
            if room.backlogs.watched {
                room.look_after_backlogs(ctx);
            }
        });
    }

    fn backlog_patience(&self) -> std::time::Duration {
        backlog::patience(self.services.backlog_bytes.load(std::sync::atomic::Ordering::Relaxed))
    }

    /// The events that a seat missed, if they were prepared; otherwise they are left out.
    pub(super) fn gap(&mut self, listener: &Listener, seat: Seat, since: Sequence, telling: Telling) -> Gap {
        if telling == Telling::Nothing {
            return Gap { missed: Vec::new(), truncated: since < self.state.sequence };
        }
        let keep = self.services.settings.history_events;
        let facts = self.history.len();
        self.backlogs.gap(listener.contract, seat, (since, self.state.sequence), (facts, keep))
    }
}
