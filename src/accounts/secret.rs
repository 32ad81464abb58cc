//! Secrets made of the system's randomness, as text.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// 256 random bits in hex.
pub(super) fn new() -> String {
    hex(&rand::random::<[u8; 32]>())
}

/// What is kept of a secret.
pub(super) fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

/// Two digits for each byte.
pub(super) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing into a String can't fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
