//! The doors of both ceilings: one thread that takes connections and knows whose room and seat they are.

use std::{collections::HashMap, rc::Rc};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::LocalSet,
};

use crate::socket::ACCEPT;

/// Hands every connection to its room until the process is killed; a line on its output says where it listens.
pub(crate) fn open<Room: Default, T>(enter: impl Fn(TcpStream, usize, Rc<Room>) -> T) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    LocalSet::new().block_on(&runtime, async {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        println!("{}", listener.local_addr().expect("an address").port());
        let mut rooms: HashMap<String, Rc<Room>> = HashMap::new();
        loop {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            stream.set_nodelay(true).expect("a socket option");
            let (room, seat) = upgrade(&mut stream).await;
            enter(stream, seat, rooms.entry(room).or_default().clone());
        }
    });
}

/// Answers the greeting; the path says which room and which seat: `/ws/room/seat`.
async fn upgrade(stream: &mut TcpStream) -> (String, usize) {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        let read = stream.read_buf(&mut request).await.expect("a request");
        assert!(read > 0, "a whole request");
    }
    let answer = format!(
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Accept: {ACCEPT}\r\n\r\n"
    );
    stream.write_all(answer.as_bytes()).await.expect("an open connection");
    let text = String::from_utf8_lossy(&request);
    let mut path = text.split(' ').nth(1).expect("a path").split('/').skip(2);
    let room = path.next().expect("a room").to_owned();
    (room, path.next().and_then(|seat| seat.parse().ok()).expect("a seat"))
}
