//! Checks that the write-ahead log beside the embedded database belongs to it. SQLite does not check: it applies the
//! log of one database to a backup that was copied over it, which undoes the restore or destroys the data.
//!
//! A server that opens the database writes a new random stamp into its header (`user_version`) and ensures that the
//! first page, which contains the header, is in the log as well. So a database and its log have the same stamp wherever
//! both are copied together, and a backup has another one.

use std::{
    fs::File,
    hash::{BuildHasher, RandomState},
    io::{self, BufReader, ErrorKind, Read},
    path::Path,
};

use crate::database::{
    connection::Connection,
    file::beside,
    statement::{Statement, Value},
};

/// Bytes before the first frame of a log, and before the page in each frame.
const HEADER: usize = 32;
const FRAME: usize = 24;
/// The position of the stamp in the first page.
const STAMP: std::ops::Range<usize> = 60..64;
/// What else changes in the first page with a new stamp: two counters and the version of the library.
const COUNTERS: [std::ops::Range<usize>; 2] = [24..28, 92..100];

/// Whether the log beside the file belongs to another database. A log without a first page can't be identified and
/// counts as its own.
pub(crate) fn is_foreign(database: &Path) -> io::Result<bool> {
    let file = match File::open(beside(database, "-wal")) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    let Some(mut log) = Log::begin(BufReader::with_capacity(1 << 16, file))? else { return Ok(false) };
    let first = first_page(database, log.page.len())?;
    let (mut frames, mut own, mut is_stamp) = (0_u64, true, false);
    while let Some(number) = log.next()? {
        if first.len() < log.page.len() || page_size(&first) != log.page.len() {
            // SQLite would delete the log of an empty file.
            return Ok(true);
        }
        frames += 1;
        if number == 1 {
            own = log.page[STAMP] == first[STAMP];
            is_stamp = frames == 1 && differs_in_stamp_only(&log.page, &first);
        }
    }
    // If the log contains only the stamp, a server was killed before the stamp reached the file.
    let is_on_its_way = is_stamp && frames == 1;
    Ok(!own && !is_on_its_way)
}

fn first_page(database: &Path, size: usize) -> io::Result<Vec<u8>> {
    let mut page = Vec::with_capacity(size);
    match File::open(database) {
        Ok(file) => file.take(size as u64).read_to_end(&mut page).map(|_| page),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(page),
        Err(error) => Err(error),
    }
}

/// The page size in the header of a database; 65,536 does not fit there and is stored as 1.
fn page_size(first: &[u8]) -> usize {
    match usize::from(u16::from_be_bytes([first[16], first[17]])) {
        1 => 65_536,
        size => size,
    }
}

/// Whether two first pages differ in nothing but the stamp.
fn differs_in_stamp_only(one: &[u8], other: &[u8]) -> bool {
    let may_differ = |place| STAMP.contains(&place) || COUNTERS.iter().any(|range| range.contains(&place));
    one.iter().zip(other).enumerate().all(|(place, (one, other))| one == other || may_differ(place))
}

/// A log that is read frame by frame, as far as its checksums hold.
struct Log<R> {
    reader: R,
    salts: [u8; 8],
    big_endian: bool,
    sum: (u32, u32),
    page: Vec<u8>,
}

impl<R: Read> Log<R> {
    /// `None` if SQLite would not use the log either.
    fn begin(mut reader: R) -> io::Result<Option<Self>> {
        let mut header = [0; HEADER];
        if !filled(&mut reader, &mut header)? {
            return Ok(None);
        }
        let (magic, size) = (word(&header, 0), word(&header, 8));
        if magic & !1 != 0x377f_0682 || !size.is_power_of_two() || !(512..=65_536).contains(&size) {
            return Ok(None);
        }
        let mut salts = [0; 8];
        salts.copy_from_slice(&header[16..24]);
        let page = vec![0; usize::try_from(size).unwrap_or_default()];
        let mut log = Self { reader, salts, big_endian: magic & 1 == 1, sum: (0, 0), page };
        log.sum = log.checksum(log.sum, &header[..24]);
        Ok((log.sum == (word(&header, 24), word(&header, 28))).then_some(log))
    }

    /// Reads the next page and returns its number; `None` at the end of the log.
    fn next(&mut self) -> io::Result<Option<u32>> {
        let mut header = [0; FRAME];
        if !filled(&mut self.reader, &mut header)? || !filled(&mut self.reader, &mut self.page)? {
            return Ok(None);
        }
        self.sum = self.checksum(self.checksum(self.sum, &header[..8]), &self.page);
        let is_whole = header[8..16] == self.salts && self.sum == (word(&header, 16), word(&header, 20));
        Ok(is_whole.then(|| word(&header, 0)))
    }

    fn checksum(&self, (mut first, mut second): (u32, u32), bytes: &[u8]) -> (u32, u32) {
        for pair in bytes.chunks_exact(8) {
            let number = |at| if self.big_endian { word(pair, at) } else { word(pair, at).swap_bytes() };
            first = first.wrapping_add(number(0)).wrapping_add(second);
            second = second.wrapping_add(number(4)).wrapping_add(first);
        }
        (first, second)
    }
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

/// Fills the bytes and returns whether the reader had enough.
fn filled(reader: &mut impl Read, bytes: &mut [u8]) -> io::Result<bool> {
    match reader.read_exact(bytes) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

/// The salts of the log, which SQLite changes whenever it restarts the log.
pub(crate) fn salts(database: &Path) -> Option<[u8; 8]> {
    let mut header = [0; HEADER];
    File::open(beside(database, "-wal")).ok()?.read_exact(&mut header).ok()?;
    let mut salts = [0; 8];
    salts.copy_from_slice(&header[16..24]);
    Some(salts)
}

/// Gives the database a new stamp, unless another process is reading it.
pub(crate) async fn stamp(connection: &mut Connection) -> Result<(), sqlx::Error> {
    if !is_emptied(connection).await? {
        return Ok(());
    }
    let before = current(connection).await?;
    set(connection, random()).await?;
    if is_emptied(connection).await? { mark(connection).await } else { set(connection, before).await }
}

/// Gives a copy a new random stamp.
pub(crate) async fn stamp_copy(connection: &mut Connection) -> Result<(), sqlx::Error> {
    set(connection, random()).await
}

/// Writes the first page into the log again, so that the log contains the stamp.
pub(crate) async fn mark(connection: &mut Connection) -> Result<(), sqlx::Error> {
    let stamp = current(connection).await?;
    set(connection, stamp).await
}

async fn current(connection: &mut Connection) -> Result<i64, sqlx::Error> {
    let stamp: Option<(i64,)> = connection.first(Statement::new("PRAGMA user_version", Vec::new())).await?;
    Ok(stamp.map_or(0, |(stamp,)| stamp))
}

/// Moves all of the log into the database and truncates it; returns false if a reader prevents it.
pub(crate) async fn is_emptied(connection: &mut Connection) -> Result<bool, sqlx::Error> {
    let text = "PRAGMA wal_checkpoint(TRUNCATE)";
    let outcome: Option<(i64, i64, i64)> = connection.first(Statement::new(text, Vec::new())).await?;
    Ok(outcome.is_some_and(|(busy, ..)| busy == 0))
}

async fn set(connection: &mut Connection, stamp: i64) -> Result<(), sqlx::Error> {
    let values = Vec::<Value<'_>>::new();
    let text = format!("PRAGMA user_version = {stamp}").into();
    connection.execute(Statement { text, values, prepared: false, in_order: false }).await.map(drop)
}

/// A random stamp, never 0, which means no stamp; the hasher is seeded by the system.
fn random() -> i64 {
    let number = RandomState::new().hash_one(std::process::id());
    i64::from(u32::try_from(number >> 33).unwrap_or_default().max(1))
}
