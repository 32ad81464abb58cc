//! The live log from outside: who may read it, and what services put into it.

mod access;
mod ingest;
mod routes;

pub(crate) use access::Access;
pub(crate) use routes::ENDPOINTS;
