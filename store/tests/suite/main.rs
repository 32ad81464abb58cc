//! The store from outside. All that both databases must do is tested on both, under the same name.

mod games;
mod journal;
mod opening;
mod place;
mod trouble;
