//! The limits that keep one person from taking the server from the others, and how often each of them was reached.
//! `docs/security.md` has a row for every one.

use metrics::{counter, describe_counter};

/// Defines [`Limit`] from rows of a meaning, a name and a label.
macro_rules! limits {
    ($($(#[$meaning:meta])* $name:ident = $label:literal,)*) => {
        /// A limit, in the words of an operator.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Limit {
            $($(#[$meaning])* $name,)*
        }

        impl Limit {
            /// All limits.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The label `limit` of `liap_limit_hits_total`.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $label,)*
                }
            }
        }
    };
}

limits! {
    /// Requests over HTTP: each kind by address, account or username.
    HttpRequests = "http_requests",
    /// Messages on one WebSocket connection.
    Messages = "messages",
    /// Work that a client asks for: answers of a size that it chooses, and facts folded for it.
    Work = "work",
}

impl Limit {
    /// Counts a refusal.
    pub fn hit(self) {
        counter!("liap_limit_hits_total", "limit" => self.as_str()).increment(1);
    }
}

pub(crate) fn describe() {
    describe_counter!("liap_limit_hits_total", "Requests, messages and connections that a limit refused, by limit");
}
