//! The ceiling: a server that does nothing but write the same bytes to the same connections, one after the other. What it
//! takes is the system's share, and no server of one thread can be faster.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

/// Takes so many connections, then writes to all of them again and again; a line on its output says where it listens.
pub(crate) async fn serve(connections: usize, times: usize, every: Duration) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    println!("{}", listener.local_addr().expect("an address").port());
    let mut sockets = Vec::with_capacity(connections);
    for _ in 0..connections {
        let (socket, _) = listener.accept().await.expect("a connection");
        socket.set_nodelay(true).expect("a socket option");
        sockets.push(socket);
    }
    // The first of them says when all are there.
    sockets[0].read_u8().await.expect("a byte");
    let mut due = tokio::time::interval(every);
    for _ in 0..times {
        due.tick().await;
        let frame = message();
        for socket in &mut sockets {
            socket.write_all(&frame).await.expect("an open connection");
        }
    }
    // Until it is killed: a connection that ends would be a failure.
    std::future::pending::<()>().await;
}

/// A text frame as long as a message of the live log, with the moment in it.
fn message() -> Vec<u8> {
    let sent = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a time").as_nanos();
    let text = format!("{:<300}", format!("someone says something sent={sent} of interest"));
    let length = u16::try_from(text.len()).expect("a short text");
    [&[0x81, 126], length.to_be_bytes().as_slice(), text.as_bytes()].concat()
}
