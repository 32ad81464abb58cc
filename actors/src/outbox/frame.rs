//! Outgoing data: whole WebSocket frames, ready to be written.

use actix_http::ws::{CloseCode, CloseReason, OpCode, Parser};
use bytes::{Bytes, BytesMut};

/// The longest header of a frame, in bytes.
const HEADER: usize = 10;

/// One or more whole WebSocket frames; a clone shares the bytes.
#[derive(Clone, Debug)]
pub struct Frame(pub(super) Bytes);

impl Frame {
    /// A text frame.
    pub fn text(text: &str) -> Self {
        Self::of(text.as_bytes(), OpCode::Text)
    }

    /// Joins frames, to be pushed all or none.
    pub fn joined(frames: &[Self]) -> Self {
        Self(frames.iter().flat_map(|frame| frame.0.iter().copied()).collect::<Vec<u8>>().into())
    }

    /// Joins a text frame per text, to be pushed all or none.
    pub fn texts<T: AsRef<str>>(texts: impl Iterator<Item = T> + Clone) -> Self {
        let size = texts.clone().map(|text| text.as_ref().len() + HEADER).sum();
        let mut bytes = BytesMut::with_capacity(size);
        texts.for_each(|text| Parser::write_message(&mut bytes, text.as_ref(), OpCode::Text, true, false));
        Self(bytes.freeze())
    }

    /// Its size in bytes, with headers.
    pub(crate) const fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn ping(payload: &[u8]) -> Self {
        Self::of(payload, OpCode::Ping)
    }

    pub(crate) fn pong(payload: &[u8]) -> Self {
        Self::of(payload, OpCode::Pong)
    }

    pub(super) fn close(code: u16, reason: &str) -> Self {
        let mut bytes = BytesMut::new();
        let reason = CloseReason { code: CloseCode::from(code), description: Some(reason.to_owned()) };
        Parser::write_close(&mut bytes, Some(reason), false);
        Self(bytes.freeze())
    }

    fn of(payload: &[u8], kind: OpCode) -> Self {
        let mut bytes = BytesMut::with_capacity(payload.len() + HEADER);
        Parser::write_message(&mut bytes, payload, kind, true, false);
        Self(bytes.freeze())
    }
}
