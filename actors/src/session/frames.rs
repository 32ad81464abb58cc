//! The headers of a client's frames, checked before their payloads are read (RFC 6455, section 5): a message is too big
//! by the length that it announces, so the answer need not wait for its bytes.

/// The reason why a client's frames can't be read any further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Broken {
    /// A message announces more bytes than the contract allows; in fragments, their sum so far does.
    TooBig,
    /// A frame violates the protocol in this way.
    Protocol(&'static str),
    /// The reason in a close frame is not valid UTF-8.
    NotUtf8,
}

const CONTINUATION: u8 = 0x0;
const BINARY: u8 = 0x2;
const CLOSE: u8 = 0x8;
const PONG: u8 = 0xA;
/// The largest payload of a ping, a pong or a close frame.
const MAX_CONTROL: u64 = 125;
/// The bytes of a mask, which ends every header.
const MASK: usize = 4;
/// Two bytes, a length of eight bytes, and the mask.
const MAX_HEADER: usize = 14;

/// The state of reading a client's frames.
pub(crate) struct Frames {
    max_message: u64,
    header: [u8; MAX_HEADER],
    /// Bytes of the header so far.
    header_bytes: usize,
    /// Bytes of the frame's payload that are missing.
    payload: u64,
    /// Bytes of the fragmented message so far; `None` outside of one.
    message: Option<u64>,
    /// The payload of a close frame so far.
    #[expect(clippy::box_collection, reason = "a connection has only one, and there are many connections")]
    close: Option<Box<Vec<u8>>>,
}

impl Frames {
    /// Accepts messages of at most `max_message` bytes.
    pub(crate) fn new(max_message: usize) -> Self {
        Self {
            max_message: wide(max_message),
            header: [0; MAX_HEADER],
            header_bytes: 0,
            payload: 0,
            message: None,
            close: None,
        }
    }

    /// Checks the next bytes of the connection.
    ///
    /// # Errors
    /// What is wrong, and the number of these bytes before it: they contain whole frames, and at most a part of the
    /// broken one. Nothing after that can be read.
    pub(crate) fn check(&mut self, bytes: &[u8]) -> Result<(), (usize, Broken)> {
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            if self.payload == 0 {
                self.take_header(rest[0]).map_err(|broken| (at, broken))?;
                at += 1;
            } else {
                let taken = usize::try_from(self.payload).map_or(rest.len(), |payload| payload.min(rest.len()));
                at += taken;
                self.take_payload(&rest[..taken]).map_err(|broken| (at - 1, broken))?;
            }
        }
        Ok(())
    }

    fn take_header(&mut self, byte: u8) -> Result<(), Broken> {
        self.header[self.header_bytes] = byte;
        self.header_bytes += 1;
        let short = self.header[1] & 0x7F;
        let before_mask = match (self.header_bytes, short) {
            (..2, _) => return Ok(()),
            (_, 126) => 4,
            (_, 127) => 10,
            _ => 2,
        };
        if self.header_bytes == 2 {
            self.check_kind(u64::from(short))?;
        }
        if self.header_bytes == before_mask {
            self.check_length()?;
        }
        if self.header_bytes == before_mask + MASK {
            self.header_bytes = 0;
            self.payload = self.length();
            self.close = (self.opcode() == CLOSE).then(Box::default);
        }
        Ok(())
    }

    /// Checks the first two bytes of a header.
    fn check_kind(&mut self, short: u64) -> Result<(), Broken> {
        let (opcode, last) = (self.opcode(), self.is_last());
        if self.header[0] & 0x70 != 0 {
            return Err(Broken::Protocol("reserved bits are set, and no extension was agreed on"));
        }
        if self.header[1] & 0x80 == 0 {
            return Err(Broken::Protocol("a client's frame has no mask"));
        }
        match (opcode, self.message) {
            (CONTINUATION, None) => Err(Broken::Protocol("a continuation of no message")),
            (CONTINUATION, Some(_)) | (1..=BINARY, None) => Ok(()),
            (1..=BINARY, Some(_)) => Err(Broken::Protocol("a new message inside a fragmented one")),
            (CLOSE..=PONG, _) if !last => Err(Broken::Protocol("a fragmented control frame")),
            (CLOSE..=PONG, _) if short > MAX_CONTROL => Err(Broken::Protocol("a control frame of more than 125 bytes")),
            (CLOSE..=PONG, _) => Ok(()),
            _ => Err(Broken::Protocol("a reserved opcode")),
        }
    }

    /// Checks the announced length, for this frame and for its message.
    fn check_length(&mut self) -> Result<(), Broken> {
        let length = self.length();
        match self.header[1] & 0x7F {
            126 if length < 126 => return Err(Broken::Protocol("a length in more bytes than it needs")),
            127 if length <= u64::from(u16::MAX) => {
                return Err(Broken::Protocol("a length in more bytes than it needs"));
            }
            127 if length > i64::MAX.unsigned_abs() => return Err(Broken::Protocol("a length with its top bit set")),
            _ => {}
        }
        if self.opcode() >= CLOSE {
            return Ok(());
        }
        let message = self.message.unwrap_or(0).saturating_add(length);
        self.message = (!self.is_last()).then_some(message);
        if message > self.max_message { Err(Broken::TooBig) } else { Ok(()) }
    }

    fn take_payload(&mut self, bytes: &[u8]) -> Result<(), Broken> {
        self.payload -= wide(bytes.len());
        let Some(close) = &mut self.close else { return Ok(()) };
        // A close frame announces at most 125 bytes, so its header has two bytes and the mask.
        let mask = &self.header[2..2 + MASK];
        let from = close.len();
        close.extend(bytes.iter().zip(mask.iter().cycle().skip(from % MASK)).map(|(byte, mask)| byte ^ mask));
        let reason = close.get(2..).unwrap_or_default();
        if self.payload == 0 && std::str::from_utf8(reason).is_err() { Err(Broken::NotUtf8) } else { Ok(()) }
    }

    const fn opcode(&self) -> u8 {
        self.header[0] & 0x0F
    }

    const fn is_last(&self) -> bool {
        self.header[0] & 0x80 != 0
    }

    /// The announced length, once its bytes have come.
    fn length(&self) -> u64 {
        let long = |bytes: &[u8]| bytes.iter().fold(0, |length, byte| length << 8 | u64::from(*byte));
        match self.header[1] & 0x7F {
            126 => long(&self.header[2..4]),
            127 => long(&self.header[2..10]),
            short => u64::from(short),
        }
    }
}

fn wide(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: usize = 70_000;

    /// A masked frame: its first byte, its payload.
    fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
        let mask = [7_u8, 11, 13, 17];
        let mut bytes = vec![first];
        match payload.len() {
            short @ 0..=125 => bytes.push(0x80 | u8::try_from(short).unwrap()),
            middle @ 126..=65_535 => {
                bytes.push(0x80 | 126);
                bytes.extend(u16::try_from(middle).unwrap().to_be_bytes());
            }
            long => {
                bytes.push(0x80 | 127);
                bytes.extend(wide(long).to_be_bytes());
            }
        }
        bytes.extend(mask);
        bytes.extend(payload.iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask));
        bytes
    }

    /// The verdict on these bytes, which must not depend on how they are cut; and how many bytes come before it.
    fn verdict(bytes: &[u8]) -> Result<(), (usize, Broken)> {
        let whole = Frames::new(LIMIT).check(bytes);
        for size in [1, 3, 7] {
            let mut frames = Frames::new(LIMIT);
            let mut parts = (0..).step_by(size).zip(bytes.chunks(size));
            let in_parts = parts
                .try_for_each(|(from, part)| frames.check(part).map_err(|(before, broken)| (from + before, broken)));
            assert_eq!(in_parts, whole, "in parts of {size}");
        }
        whole
    }

    #[test]
    fn sound_frames_of_every_length_and_kind_pass() {
        let mut bytes = Vec::new();
        for length in [0, 1, 125, 126, 127, 65_535, 65_536, LIMIT] {
            bytes.extend(frame(0x81, &vec![b'x'; length]));
            bytes.extend(frame(0x82, &vec![0xFF; length]));
            bytes.extend(frame(0x89, &vec![0xFF; length.min(125)]));
            bytes.extend(frame(0x01, &vec![b'x'; length.min(100)]));
            bytes.extend(frame(0x8A, b"between"));
            bytes.extend(frame(0x00, b""));
            bytes.extend(frame(0x80, &vec![b'x'; length.min(100)]));
        }
        bytes.extend(frame(0x88, &[&[0x03, 0xE8], "bye ก".as_bytes()].concat()));
        assert_eq!(verdict(&bytes), Ok(()));
    }

    #[test]
    fn a_message_is_too_big_by_its_announced_length_before_the_mask() {
        let before = frame(0x81, b"fine");
        for length in [wide(LIMIT) + 1, 1 << 30, i64::MAX.unsigned_abs()] {
            let header = [&before[..], &[0x82, 0xFF], &length.to_be_bytes()].concat();
            assert_eq!(verdict(&header), Err((header.len() - 1, Broken::TooBig)), "{length}");
        }
    }

    #[test]
    fn a_fragmented_message_is_too_big_by_the_sum_so_far() {
        let parts = [frame(0x01, &[b'x'; 40_000]), frame(0x89, b"ping"), frame(0x00, &[b'x'; 30_000])].concat();
        assert_eq!(verdict(&[&parts[..], &frame(0x80, b"")].concat()), Ok(()));
        assert_eq!(verdict(&[&parts[..], &frame(0x80, b"x")].concat()), Err((parts.len() + 1, Broken::TooBig)));
    }

    #[test]
    fn what_breaks_the_protocol_is_found_in_the_header() {
        let first = frame(0x01, b"x");
        let inside = |then: &[u8]| [&first[..], then].concat();
        for (bytes, what) in [
            (vec![0xC1, 0x80], "reserved bits"),
            (vec![0x91, 0x80], "reserved bits"),
            (vec![0x81, 0x05], "no mask"),
            (vec![0x83, 0x80], "opcode"),
            (vec![0x8B, 0x80], "opcode"),
            (vec![0x09, 0x80], "fragmented control"),
            (vec![0x08, 0x80], "fragmented control"),
            (vec![0x89, 0xFE], "more than 125"),
            (vec![0x88, 0xFF], "more than 125"),
            (vec![0x80, 0x80], "no message"),
            (inside(&[0x81, 0x80]), "inside"),
            (inside(&[0x02, 0x80]), "inside"),
            (vec![0x81, 0xFE, 0, 125], "more bytes than"),
            (vec![0x81, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], "more bytes than"),
            (vec![0x81, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 1], "top bit"),
        ] {
            let Err((before, Broken::Protocol(why))) = verdict(&bytes) else { panic!("{bytes:?} passed") };
            assert_eq!(before, bytes.len() - 1, "{bytes:?}");
            assert!(why.contains(what), "{bytes:?}: {why}");
        }
    }

    #[test]
    fn a_close_reason_that_is_not_utf8_is_found_before_its_last_byte() {
        let bytes = frame(0x88, &[0x03, 0xE8, b'o', b'k', 0xFF]);
        assert_eq!(verdict(&bytes), Err((bytes.len() - 1, Broken::NotUtf8)));
        assert_eq!(verdict(&frame(0x88, &[0x03, 0xE8])), Ok(()));
    }
}
