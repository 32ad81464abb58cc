//! The secret token of a seat.

use std::fmt;

use rand::RngExt;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The length of a token in bytes, before it is written in hex.
const BYTES: usize = 32;

/// The token of a seat: 256 random bits, sent to its player once (contract, *Who may act*). The server stores only its
/// [`TokenHash`]. `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(String);

impl SessionToken {
    /// A new token from the system's random numbers.
    pub fn random() -> Self {
        let bytes: [u8; BYTES] = rand::rng().random();
        Self(hex(&bytes))
    }

    /// A token as a client sent it, not checked yet: the comparison of hashes does that.
    pub fn presented(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// A text that has the form of a token; `None` for any other.
    pub fn recognised(text: &str) -> Option<Self> {
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        (text.len() == 2 * BYTES && text.bytes().all(is_digit)).then(|| Self::presented(text))
    }

    /// The text, only to be sent to its owner.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The hash that the server stores.
    pub fn hash(&self) -> TokenHash {
        TokenHash(Sha256::digest(self.0.as_bytes()).into())
    }
}

impl fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionToken(…)")
    }
}

/// SHA-256 of a [`SessionToken`]. A fast hash is enough for 256 random bits, and comparing hashes leaks no timing
/// that helps to find the token.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TokenHash(pub [u8; 32]);

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash(…)")
    }
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [DIGITS[usize::from(byte >> 4)] as char, DIGITS[usize::from(byte & 15)] as char])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_opens_its_own_hash_only() {
        let token = SessionToken::random();
        assert_eq!(SessionToken::presented(token.reveal()).hash(), token.hash());
        assert_ne!(SessionToken::random().hash(), token.hash());
        assert_eq!(token.reveal().len(), 64);
    }

    #[test]
    fn only_a_text_of_its_form_is_recognised() {
        let token = SessionToken::random();
        assert_eq!(SessionToken::recognised(token.reveal()), Some(token.clone()));
        let upper = token.reveal().replace(|_| true, "A");
        for other in ["", &token.reveal()[1..], &format!("{}0", token.reveal()), &upper, "eyJh.eyJp.c2ln"] {
            assert_eq!(SessionToken::recognised(other), None, "{other}");
        }
    }

    #[test]
    fn debug_prints_no_secret() {
        let token = SessionToken::random();
        assert!(!format!("{token:?} {:?}", token.hash()).contains(&token.reveal()[..4]));
    }
}
