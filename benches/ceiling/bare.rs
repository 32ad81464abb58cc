//! A stricter ceiling: all that one person gets after an action goes out in one write, as it does from the real server
//! while nothing waits. Sockets and bytes, no library: what it takes is the system's share.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    path::Path,
    rc::Rc,
};

use tokio::{net::TcpStream, task::spawn_local};

use crate::{doors, script, socket::head};

/// All that each of the four gets in one step, as finished frames; the same bytes are there once.
type Script = Rc<[[Rc<[u8]>; 4]]>;

#[derive(Default)]
struct Room {
    members: [RefCell<Option<Rc<TcpStream>>>; 4],
    next: Cell<usize>,
}

/// Serves until it is killed; a line on its output says where it listens.
pub(crate) fn serve(record: &Path) {
    let script = framed(&script::load(record));
    doors::open(|stream, seat, room| spawn_local(member(stream, seat, room, script.clone())));
}

fn framed(steps: &[script::Step]) -> Script {
    let mut once: HashMap<Vec<u8>, Rc<[u8]>> = HashMap::new();
    let mut shared = |texts: &Vec<String>| {
        let mut bytes = Vec::new();
        for text in texts {
            head(1, 0, text.len(), &mut bytes);
            bytes.extend(text.as_bytes());
        }
        once.entry(bytes).or_insert_with_key(|bytes| bytes.as_slice().into()).clone()
    };
    steps.iter().map(|step| step.each_ref().map(&mut shared)).collect()
}

impl Room {
    /// Writes the next step to all members.
    async fn answer(&self, script: &Script) {
        let step = self.next.get();
        self.next.set((step + 1) % script.len());
        for (member, bytes) in self.members.iter().zip(&script[step]) {
            let Some(stream) = member.borrow().clone() else { continue };
            write(&stream, bytes).await;
        }
    }
}

/// In one write, unless the kernel has no room left.
async fn write(stream: &TcpStream, mut bytes: &[u8]) {
    while !bytes.is_empty() {
        match stream.try_write(bytes) {
            Ok(written) => bytes = &bytes[written..],
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {
                if stream.writable().await.is_err() {
                    return;
                }
            }
            Err(_) => return,
        }
    }
}

async fn member(stream: TcpStream, seat: usize, room: Rc<Room>, script: Script) {
    let stream = Rc::new(stream);
    room.members[seat].replace(Some(stream.clone()));
    let mut buffer = [0; 4096];
    let mut held = 0;
    while stream.readable().await.is_ok() {
        match stream.try_read(&mut buffer[held..]) {
            Ok(0) => break,
            Ok(read) => held += read,
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => continue,
            Err(_) => break,
        }
        while let Some(length) = whole(&buffer[..held]) {
            buffer.copy_within(length..held, 0);
            held -= length;
            room.answer(&script).await;
        }
    }
    room.members[seat].replace(None);
}

/// The length of the first frame with its mask, when it is all there.
fn whole(bytes: &[u8]) -> Option<usize> {
    let [_, second, rest @ ..] = bytes else { return None };
    let length = match second & 0x7F {
        126 => 8 + usize::from(u16::from_be_bytes(*rest.first_chunk()?)),
        short => 6 + usize::from(short),
    };
    (bytes.len() >= length).then_some(length)
}
