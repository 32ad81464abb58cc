//! What all players of a process have heard, and how they are to play.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::{Duration, Instant},
};

use super::table::Table;

/// After this time nothing is on its way any more.
const ON_ITS_WAY: Duration = Duration::from_millis(500);

/// Shared by all players of a process.
#[derive(Default)]
pub(crate) struct Tally {
    /// About how long they think.
    pub(crate) think: Cell<Duration>,
    /// Whether that is counted from the table's last action, so that a slower answer makes no fewer actions.
    pub(crate) paced: Cell<bool>,
    /// Whether they have stopped to act.
    pub(crate) stopped: Cell<bool>,
    /// Text messages that arrived.
    pub(crate) messages: Cell<u64>,
    /// Their bytes.
    pub(crate) bytes: Cell<u64>,
    /// Reads that brought some of them.
    pub(crate) reads: Cell<u64>,
    /// Refusals, and connections that were lost.
    pub(crate) errors: Cell<u64>,
    /// Where they sit.
    tables: RefCell<Vec<Rc<Table>>>,
    /// From sending an action to its own acknowledgement, in seconds.
    pub(crate) own: RefCell<Vec<f32>>,
    /// From sending an action to the event of another player at the table, in seconds.
    pub(crate) others: RefCell<Vec<f32>>,
}

/// What was counted up to a moment, or between two.
#[derive(Clone, Default)]
pub(crate) struct Count {
    pub(crate) seconds: f64,
    pub(crate) messages: f64,
    pub(crate) bytes: f64,
    pub(crate) reads: f64,
    pub(crate) errors: u64,
    /// Sorted.
    pub(crate) own: Vec<f32>,
    pub(crate) others: Vec<f32>,
}

impl Tally {
    /// A new one, with so long to think.
    pub(crate) fn thinking(think: Duration) -> Rc<Self> {
        Rc::new(Self { think: Cell::new(think), ..Self::default() })
    }

    /// Adds one.
    pub(crate) fn add(count: &Cell<u64>, more: u64) {
        count.set(count.get() + more);
    }

    /// A new table.
    pub(crate) fn table(&self) -> Rc<Table> {
        let table = Rc::<Table>::default();
        self.tables.borrow_mut().push(table.clone());
        table
    }

    /// Nobody acts any more; how many events somebody never heard.
    pub(crate) async fn stop(&self) -> u64 {
        self.stopped.set(true);
        tokio::time::sleep(ON_ITS_WAY).await;
        self.tables.borrow().iter().map(|table| table.lost()).sum()
    }

    /// Begins to count.
    pub(crate) fn begin(&self) -> Instant {
        let _ = self.take(Instant::now());
        Instant::now()
    }

    /// What came since then; what comes from now on counts anew.
    pub(crate) fn take(&self, began: Instant) -> Count {
        let sorted = |times: &RefCell<Vec<f32>>| {
            let mut times = times.take();
            times.sort_unstable_by(f32::total_cmp);
            times
        };
        Count {
            seconds: began.elapsed().as_secs_f64(),
            messages: self.messages.take() as f64,
            bytes: self.bytes.take() as f64,
            reads: self.reads.take() as f64,
            errors: self.errors.take(),
            own: sorted(&self.own),
            others: sorted(&self.others),
        }
    }
}

/// The time below which this part of the sorted times stays, in milliseconds.
pub(crate) fn percentile(sorted: &[f32], part: f64) -> f64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index")]
    let place = (sorted.len() as f64 * part) as usize;
    sorted.get(place).map_or(f64::NAN, |seconds| 1e3 * f64::from(*seconds))
}
