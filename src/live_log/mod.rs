//! The live log from outside: who may read it, and what services put into it.

mod access;

pub(crate) use access::Access;
