//! The WebSocket itself, in the only file that names actix-web-actors. Frames come in through its context; outgoing
//! data is the session's outbox, which is part of the same response body.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use actix::{ActorContext, StreamHandler};
use actix_http::ws::Item;
use actix_web::{Error, HttpRequest, HttpResponse, web};
use actix_web_actors::ws;
use bytes::Bytes;
use contracts::{Contract, Farewell};
use futures_util::Stream;

use super::{Session, frames::Broken, intake::Intake};
use crate::{
    mistakes,
    outbox::{Frame, Outbox, Outgoing, Wire},
};

/// The close code of a connection that has served its purpose (RFC 6455, 7.4.1).
const NORMAL: u16 = 1000;

/// The actor context of a session.
pub(crate) type SocketContext<C> = ws::WebsocketContext<Session<C>>;

/// Answers the upgrade, and starts the session as the response's body.
///
/// # Errors
/// The request is not a WebSocket handshake.
pub(super) fn start<C: Contract>(
    session: Session<C>,
    request: &HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    let mut response = ws::handshake(request)?;
    let (lead, outbox) = (session.lead.clone(), Arc::clone(&session.outbox));
    let max_message = session.limits().max_message_bytes;
    let intake = Intake::new(payload, lead, max_message);
    let codec = actix_http::ws::Codec::new().max_size(max_message);
    let incoming = ws::WebsocketContext::with_codec(session, intake, codec);
    Ok(response.streaming(Body { actor: Some(Box::pin(incoming)), outgoing: Outgoing(outbox) }))
}

/// The session's context as the response sees it: it handles incoming data, and yields control frames.
type Incoming = dyn Stream<Item = Result<Bytes, Error>>;

/// The response body, which polls the session and sends what rooms and the session push.
struct Body {
    /// `None` once the session has stopped.
    actor: Option<Pin<Box<Incoming>>>,
    outgoing: Outgoing,
}

impl Stream for Body {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(actor) = &mut self.actor {
            match actor.as_mut().poll_next(cx) {
                // A pushed frame may have been sent in part, so nothing may precede the rest of it.
                Poll::Ready(Some(Ok(frames))) => self.outgoing.append(frames),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(None) => {
                    self.actor = None;
                    self.outgoing.0.finish();
                }
                Poll::Pending => {}
            }
        }
        Pin::new(&mut self.outgoing).poll_next(cx).map(|bytes| bytes.map(Ok))
    }
}

impl<C: Contract> StreamHandler<Result<ws::Message, ws::ProtocolError>> for Session<C> {
    fn handle(&mut self, message: Result<ws::Message, ws::ProtocolError>, ctx: &mut SocketContext<C>) {
        self.heard();
        match message {
            Ok(ws::Message::Text(text)) => {
                self.lead.handled(text.len());
                self.on_text(&text, ctx);
            }
            Ok(ws::Message::Binary(bytes)) => {
                self.lead.handled(bytes.len());
                self.on_binary();
            }
            Ok(ws::Message::Continuation(item)) => self.on_fragment(item, ctx),
            Ok(ws::Message::Ping(bytes)) => {
                self.lead.handled(bytes.len());
                // A full outbox has closed the connection itself.
                let _ = self.outbox.push(&Frame::pong(&bytes));
            }
            Ok(ws::Message::Pong(bytes)) => {
                self.lead.handled(bytes.len());
                self.on_pong(&bytes);
            }
            Ok(ws::Message::Nop) => {}
            Ok(ws::Message::Close(reason)) => {
                let last_words = self.parting();
                let (code, words) = reason.map_or((NORMAL, None), |said| (said.code.into(), said.description));
                self.outbox.end(code, words.as_deref().unwrap_or_default(), last_words);
                ctx.stop();
            }
            Err(error) => match broken(&error) {
                Some(broken) => fail(self, broken, ctx),
                None => end(self, ws::CloseCode::Protocol, ctx),
            },
        }
    }

    fn finished(&mut self, ctx: &mut SocketContext<C>) {
        if let Some(broken) = self.lead.broken() {
            fail(self, broken, ctx);
        }
        ctx.stop();
    }
}

/// The error that the library has found in whole frames, whose headers were checked before; `None` if the connection
/// broke, which is nobody's mistake.
fn broken(error: &ws::ProtocolError) -> Option<Broken> {
    match error {
        ws::ProtocolError::Overflow => Some(Broken::TooBig),
        // Only the text distinguishes invalid UTF-8 from a broken connection.
        ws::ProtocolError::Io(error) => error.to_string().contains("utf-8").then_some(Broken::NotUtf8),
        // Both are errors of a close frame's code.
        ws::ProtocolError::BadOpCode | ws::ProtocolError::InvalidLength(_) => {
            Some(Broken::Protocol("a close frame whose code is not valid"))
        }
        _ => Some(Broken::Protocol("not a frame of the protocol")),
    }
}

/// Ends the connection with the close code for this broken frame.
fn fail<C: Contract>(session: &Session<C>, broken: Broken, ctx: &mut SocketContext<C>) {
    log::debug!("contract {}: {} sent a broken frame: {broken:?}", C::ID.as_str(), session.visit.address);
    let (reason, code) = match broken {
        Broken::TooBig => return session.too_big(),
        Broken::NotUtf8 => ("frame_not_utf8", ws::CloseCode::Invalid),
        Broken::Protocol(_) => ("frame_against_protocol", ws::CloseCode::Protocol),
    };
    mistakes::count(reason);
    end(session, code, ctx);
}

/// Closes through the outbox, which then accepts nothing more: the close frame is the last one.
fn end<C: Contract>(session: &Session<C>, code: ws::CloseCode, ctx: &mut SocketContext<C>) {
    session.outbox.end(code.into(), "", None);
    ctx.stop();
}

impl<C: Contract> Session<C> {
    fn too_big(&self) {
        mistakes::count("message_too_big");
        self.close(Farewell::MessageTooBig);
    }

    /// Collects the fragments of a message.
    fn on_fragment(&mut self, item: Item, ctx: &mut SocketContext<C>) {
        let (bytes, last) = match item {
            Item::FirstText(bytes) => {
                self.fragments = Some(Box::default());
                (bytes, false)
            }
            Item::FirstBinary(bytes) => {
                self.lead.handled(bytes.len());
                self.fragments = None;
                return self.on_binary();
            }
            Item::Continue(bytes) => (bytes, false),
            Item::Last(bytes) => (bytes, true),
        };
        self.lead.handled(bytes.len());
        let max_bytes = self.limits().max_message_bytes;
        let Some(fragments) = &mut self.fragments else {
            return;
        };
        if fragments.len() + bytes.len() > max_bytes {
            return self.too_big();
        }
        fragments.extend_from_slice(&bytes);
        if !last {
            return;
        }
        let whole = self.fragments.take().unwrap_or_default();
        match std::str::from_utf8(&whole) {
            Ok(text) => self.on_text(text, ctx),
            Err(_) => fail(self, Broken::NotUtf8, ctx),
        }
    }
}

/// The outbox of a new connection.
pub(super) fn outbox(request: &HttpRequest, limit: u32) -> Arc<Outbox> {
    Arc::new(Outbox::new(limit, request.conn_data::<Arc<Wire>>().cloned()))
}
