//! Secrets: random ones, and what is kept of any.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// 256 random bits in hex.
pub(crate) fn new() -> String {
    hex(&rand::random::<[u8; 32]>())
}

/// What is kept of a secret. As hashes are compared, the time tells nothing about a guess.
pub(crate) fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

/// Two digits for each byte.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing into a String can't fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
