//! What is kept: games go on after a restart, finished ones can be played again.

mod copies;
mod kept;
mod moving;
mod restart;
