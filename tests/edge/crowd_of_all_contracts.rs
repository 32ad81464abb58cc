//! Contracts chat, state and live log say that an address has too many connections, and close.

use crate::support::{Attendant, Speaker, TestServer};

#[tokio::test]
async fn past_the_connections_of_an_address_each_contract_says_so_and_closes() {
    let server = TestServer::unlimited(&["--max-connections-per-address=10", "--live-log-auth=off"]);
    let ann = server.person("Ann").await;
    let mut lobby = Vec::new();
    for _ in 0..10 {
        lobby.push(Attendant::knock(server.port(), "/ws/lobby", &[]).await.expect("one of ten places"));
    }
    for contract in ["chat", "state", "live log"] {
        let mut speaker = match contract {
            "chat" => Speaker::chat(&ann).await,
            "state" => Speaker::state(&ann, "player", None).await,
            _ => Speaker::live_log(server.port(), "").await,
        };
        let mut heard = Vec::new();
        let (code, _) = loop {
            match speaker.hear().await {
                Ok(message) => heard.push(message),
                Err(end) => break end,
            }
        };
        assert!(matches!(code, 1008 | 4003), "{code}");
        assert_eq!(heard.len(), 1, "{heard:?}");
    }
}
