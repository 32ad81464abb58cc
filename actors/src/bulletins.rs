//! Bulletins of operators: announcements and maintenance pauses. Every connection is informed of each, and a new one of
//! those that are current.

use std::{sync::Arc, time::Duration};

use contracts::{ContractId, live_log::report};
use vocabulary::{Announcement, Bulletin, Maintenance, Stamp, Timestamp};

use crate::{
    Engine,
    outbox::{Frame, Outbox},
};

impl Engine {
    /// The pause that is planned or under way.
    pub fn maintenance(&self) -> Option<Maintenance> {
        let now = Timestamp::now();
        let planned = self.shared().pause.lock();
        planned.as_ref().map(|pause| **pause).filter(|pause| now < pause.end())
    }

    /// Plans a pause, which replaces any other, and informs every connection now, when it begins and when it ends.
    /// Returns the number of connections that were informed now. Must be called on a thread of the server, whose timer
    /// it uses.
    pub fn plan_maintenance(&self, pause: Maintenance) -> usize {
        let planned = Arc::new(pause);
        *self.shared().pause.lock() = Some(Arc::clone(&planned));
        actix::spawn(self.clone().attend_pause(planned));
        self.announce(&Bulletin::Maintenance(pause))
    }

    /// Cancels or ends the pause, and informs every connection; returns how many, or `None` if there was no pause.
    pub fn end_maintenance(&self) -> Option<usize> {
        let pause = self.maintenance()?;
        *self.shared().pause.lock() = None;
        Some(self.announce(&Bulletin::MaintenanceOver(pause)))
    }

    /// Announces the beginning and the end of a pause, unless it is cancelled or replaced.
    async fn attend_pause(self, pause: Arc<Maintenance>) {
        let ahead = until(pause.scheduled);
        if !ahead.is_zero() {
            tokio::time::sleep(ahead).await;
            if self.shared().pause.lock().as_ref().is_some_and(|planned| Arc::ptr_eq(planned, &pause)) {
                self.announce(&Bulletin::Maintenance(*pause));
            }
        }
        tokio::time::sleep(until(pause.end())).await;
        // Another pause may have replaced this one; it has a timer of its own.
        let over = self.shared().pause.lock().take_if(|planned| Arc::ptr_eq(planned, &pause));
        if over.is_some() {
            self.announce(&Bulletin::MaintenanceOver(*pause));
        }
    }

    /// The current announcement: neither withdrawn nor past its end.
    pub fn announcement(&self) -> Option<Announcement> {
        let now = Timestamp::now();
        let last = self.shared().announcement.lock();
        last.as_ref().filter(|announcement| now < announcement.end()).cloned()
    }

    /// Sends an announcement to every connection, and to new ones while it is current; it replaces any other. Returns
    /// how many connections it was sent to.
    pub fn make_announcement(&self, announcement: Announcement) -> usize {
        *self.shared().announcement.lock() = Some(announcement.clone());
        self.announce(&Bulletin::Announcement(announcement))
    }

    /// Withdraws the current announcement and informs every connection; returns how many, or `None` if there is no
    /// announcement.
    pub fn withdraw_announcement(&self) -> Option<usize> {
        let now = Timestamp::now();
        let withdrawn = self.shared().announcement.lock().take().filter(|announcement| now < announcement.end())?;
        Some(self.announce(&Bulletin::AnnouncementWithdrawn(withdrawn)))
    }

    /// Sends a bulletin of operators to every connection; returns how many it was sent to. A pause also becomes a
    /// message of the live log.
    pub(crate) fn announce(&self, bulletin: &Bulletin) -> usize {
        if let Some(message) = report::maintenance(bulletin) {
            self.live_log().publish(message);
        }
        self.connections().announce(bulletin)
    }

    /// Sends the planned or current pause and the current announcement to a new connection, which must be registered
    /// already, so that it also receives whatever is announced later. Both locks are held meanwhile: nothing can be
    /// called off before the connection has heard of it.
    pub(crate) fn brief(&self, contract: ContractId, outbox: &Outbox) {
        let (pause, announcement) = (self.shared().pause.lock(), self.shared().announcement.lock());
        let stamp = Stamp::now(None);
        let pause = pause.as_deref().filter(|pause| stamp.at < pause.end());
        let announcement = announcement.as_ref().filter(|announcement| stamp.at < announcement.end());
        let bulletins = [
            pause.map(|pause| Bulletin::Maintenance(*pause)),
            announcement.map(|announcement| Bulletin::Announcement(announcement.clone())),
        ];
        for bulletin in bulletins.iter().flatten() {
            // A full outbox has closed the connection itself.
            let _ = outbox.push(&Frame::text(&contract.announce(bulletin, &stamp)));
        }
    }
}

fn until(moment: Timestamp) -> Duration {
    Duration::from_millis(moment.0.saturating_sub(Timestamp::now().0))
}
