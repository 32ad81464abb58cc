//! The ceiling: tokio and a WebSocket library, one thread, that read an action and send the recorded messages to the four
//! people of the room, each message as it is. No rules, no JSON, no journal.

use std::{cell::Cell, convert::Infallible, future::ready, path::Path, rc::Rc};

use fastwebsockets::{Frame, OpCode, Payload, Role, WebSocketWrite, after_handshake_split};
use tokio::{
    net::{
        TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::Mutex,
    task::spawn_local,
};

use crate::{doors, script};

type Script = Rc<[script::Step]>;

#[derive(Default)]
struct Room {
    members: [Mutex<Option<WebSocketWrite<OwnedWriteHalf>>>; 4],
    next: Cell<usize>,
}

/// Serves until it is killed; a line on its output says where it listens.
pub(crate) fn serve(record: &Path) {
    let script: Script = script::load(record).into();
    doors::open(|stream, seat, room| spawn_local(member(stream, seat, room, script.clone())));
}

impl Room {
    /// Sends the next step to all members.
    async fn answer(&self, script: &Script) {
        let step = self.next.get();
        self.next.set((step + 1) % script.len());
        for (member, texts) in self.members.iter().zip(&script[step]) {
            let mut member = member.lock().await;
            let Some(socket) = member.as_mut() else { continue };
            for text in texts {
                if socket.write_frame(Frame::text(Payload::Borrowed(text.as_bytes()))).await.is_err() {
                    break;
                }
            }
        }
    }
}

async fn member(stream: TcpStream, seat: usize, room: Rc<Room>, script: Script) {
    let (read, write): (OwnedReadHalf, OwnedWriteHalf) = stream.into_split();
    let (mut actions, socket) = after_handshake_split(read, write, Role::Server);
    room.members[seat].lock().await.replace(socket);
    // Pings are not answered: none comes in so short a time.
    while let Ok(frame) = actions.read_frame(&mut |_| ready(Ok::<_, Infallible>(()))).await {
        match frame.opcode {
            OpCode::Text => room.answer(&script).await,
            OpCode::Close => break,
            _ => {}
        }
    }
    room.members[seat].lock().await.take();
}
