//! Pauses that operators plan: everybody hears when one is planned, when it begins and when it is over.

use std::{sync::Arc, time::Duration};

use vocabulary::{Bulletin, Maintenance, Timestamp};

use crate::Engine;

impl Engine {
    /// The pause that operators have planned and that is not over.
    pub fn maintenance(&self) -> Option<Maintenance> {
        let now = Timestamp::now();
        let planned = self.planned_pause().lock();
        planned.as_ref().map(|pause| **pause).filter(|pause| now < pause.end())
    }

    /// Plans a pause in place of any other, and tells everybody, now and when it begins and ends; returns how many
    /// connections were told now. Belongs on a thread of the server, whose timer it uses.
    pub fn plan_maintenance(&self, pause: Maintenance) -> usize {
        let planned = Arc::new(pause);
        *self.planned_pause().lock() = Some(Arc::clone(&planned));
        actix::spawn(self.clone().attend_pause(planned));
        self.announce(&Bulletin::Maintenance(pause))
    }

    /// Calls the planned pause off, or ends it, and tells everybody; none when there was none.
    pub fn end_maintenance(&self) -> Option<usize> {
        let pause = self.maintenance()?;
        *self.planned_pause().lock() = None;
        Some(self.announce(&Bulletin::MaintenanceOver(pause)))
    }

    /// Tells of the beginning of a pause that was planned ahead, and of its end, while it is not called off.
    async fn attend_pause(self, pause: Arc<Maintenance>) {
        let ahead = until(pause.scheduled);
        if !ahead.is_zero() {
            tokio::time::sleep(ahead).await;
            if self.planned_pause().lock().as_ref().is_some_and(|planned| Arc::ptr_eq(planned, &pause)) {
                self.announce(&Bulletin::Maintenance(*pause));
            }
        }
        tokio::time::sleep(until(pause.end())).await;
        let over = self.planned_pause().lock().take_if(|planned| Arc::ptr_eq(planned, &pause));
        if over.is_some() {
            self.announce(&Bulletin::MaintenanceOver(*pause));
        }
    }
}

fn until(moment: Timestamp) -> Duration {
    Duration::from_millis(moment.0.saturating_sub(Timestamp::now().0))
}
