//! Announcements of operators: sent to every connection, and to new ones together with a planned pause.

use std::sync::Arc;

use contracts::{ContractId, live_log::report};
use vocabulary::{Announcement, Bulletin, Stamp, Timestamp};

use crate::{
    Engine,
    outbox::{Frame, Outbox},
};

impl Engine {
    /// The current announcement: neither withdrawn nor past its end.
    pub fn announcement(&self) -> Option<Announcement> {
        let now = Timestamp::now();
        let last = self.last_announcement().lock();
        last.as_deref().filter(|announcement| now < announcement.end()).cloned()
    }

    /// Sends an announcement to every connection, and to new ones while it is current; it replaces any other. Returns how
    /// many connections it was sent to.
    pub fn make_announcement(&self, announcement: Announcement) -> usize {
        *self.last_announcement().lock() = Some(Arc::new(announcement.clone()));
        self.announce(&Bulletin::Announcement(announcement))
    }

    /// Withdraws the current announcement and informs every connection; returns how many, or `None` if there is no
    /// announcement.
    pub fn withdraw_announcement(&self) -> Option<usize> {
        let now = Timestamp::now();
        let withdrawn = self.last_announcement().lock().take().filter(|announcement| now < announcement.end())?;
        Some(self.announce(&Bulletin::AnnouncementWithdrawn(Announcement::clone(&withdrawn))))
    }

    /// Sends a bulletin of operators to every connection; returns how many it was sent to. A pause also becomes a message
    /// of the live log.
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
        let (pause, announcement) = (self.planned_pause().lock(), self.last_announcement().lock());
        let stamp = Stamp::now(None);
        let pause = pause.as_deref().filter(|pause| stamp.at < pause.end());
        let announcement = announcement.as_deref().filter(|announcement| stamp.at < announcement.end());
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
