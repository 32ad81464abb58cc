//! CRC32C checksums of stored bytes. Each also covers the key of its bytes, so that bytes under another key do not
//! match.

use crc::{CRC_32_ISCSI, Crc, Table};
use vocabulary::Timestamp;

static CRC32C: Crc<u32, Table<16>> = Crc::<u32, Table<16>>::new(&CRC_32_ISCSI);

/// The checksum of one entry of a room.
pub(crate) fn of_entry(room: &str, number: i64, body: &[u8]) -> i64 {
    of(&[room.as_bytes(), &number.to_le_bytes(), body])
}

/// The checksum of a room's founding.
pub(crate) fn of_founding(room: &str, at: Timestamp, founding: &[u8]) -> i64 {
    of(&[room.as_bytes(), &at.millis().to_le_bytes(), founding])
}

/// The checksum of a finished game.
pub(crate) fn of_game(room: &str, ended_at: Timestamp, result: &str, record: &[u8]) -> i64 {
    of(&[room.as_bytes(), &ended_at.millis().to_le_bytes(), result.as_bytes(), record])
}

/// The checksum of a message of the live log.
pub(crate) fn of_message(id: &str, body: &str) -> i64 {
    of(&[id.as_bytes(), body.as_bytes()])
}

/// Whether the stored checksum is this one. Rows of early versions have none and always match.
pub(crate) fn matches(stored: Option<i64>, now: i64) -> bool {
    stored.is_none_or(|stored| stored == now)
}

/// The length before each part keeps `ab, c` apart from `a, bc`.
fn of(parts: &[&[u8]]) -> i64 {
    let mut digest = CRC32C.digest();
    for part in parts {
        digest.update(&part.len().to_le_bytes());
        digest.update(part);
    }
    digest.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_crc32c() {
        assert_eq!(CRC32C.checksum(b"123456789"), 0xE306_9283);
    }

    #[test]
    fn what_names_the_bytes_is_part_of_it() {
        let all = [of_entry("a", 1, b"x"), of_entry("b", 1, b"x"), of_entry("a", 2, b"x"), of_entry("a1", 1, b"")];
        assert!(all.iter().enumerate().all(|(place, one)| !all[..place].contains(one)), "{all:?}");
    }
}
