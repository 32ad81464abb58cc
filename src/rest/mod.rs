//! What every REST address shares: the one error body, bodies that come in, methods, limits, and their description.

pub(crate) mod answer;
pub(crate) mod body;
pub(crate) mod limit;
pub(crate) mod openapi;
pub(crate) mod page;
pub(crate) mod query;
pub(crate) mod window;
