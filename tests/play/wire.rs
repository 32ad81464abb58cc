//! A wire between a player and the server that can be cut.

use tokio::sync::broadcast;

use crate::terminal::Server;

/// The port to connect to, and what cuts every connection that is open.
pub(crate) async fn wire(server: &Server) -> (u16, broadcast::Sender<()>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let (cut, _) = broadcast::channel(1);
    let (cuts, to) = (cut.clone(), server.port);
    tokio::spawn(async move {
        while let Ok((mut near, _)) = listener.accept().await {
            let mut cut = cuts.subscribe();
            let mut far = tokio::net::TcpStream::connect(("127.0.0.1", to)).await.expect("the server");
            tokio::spawn(async move {
                tokio::select! {
                    _ = tokio::io::copy_bidirectional(&mut near, &mut far) => {}
                    _ = cut.recv() => {}
                }
            });
        }
    });
    (port, cut)
}
