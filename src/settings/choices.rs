//! Settings that are one word of a few.

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

/// How well bots play.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Difficulty {
    /// Random, but not foolish.
    Easy,
    /// Plays to its declared target.
    Medium,
    /// Counts what was played.
    Hard,
    /// Searches.
    Expert,
}

/// How fast bots act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Pace {
    /// Like a person: 0.8 to 2.5 seconds.
    Normal,
    /// 100 milliseconds.
    Fast,
    /// No wait.
    Instant,
}
