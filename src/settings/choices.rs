//! Settings with a few possible words.

use clap::ValueEnum;

/// When a change is acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Durability {
    /// When it is on the disk.
    Full,
    /// At once; it is written within moments.
    Relaxed,
    /// At once, and it is never written: to measure what the journal costs.
    #[value(hide = true)]
    Off,
}
