//! The server for people with names alone.

use clients::process::UNLIMITED_ROOMS;
use serde_json::{Value, json};

use super::{Guest, Table, TestServer, get, moment, within};

impl TestServer {
    /// With the settings as they come.
    pub(crate) fn start() -> Self {
        Self::with(&[])
    }

    /// With flags as on the command line, and limits on rooms and seats only where they set some: all people of a test come
    /// from one address.
    pub(crate) fn with(flags: &[&str]) -> Self {
        Self::launch(flags, &UNLIMITED_ROOMS)
    }

    /// A person in the lobby.
    pub(crate) async fn guest(&self, name: &str) -> Guest {
        Guest::connect(self.port(), "lobby", name).await
    }

    /// A person in the lobby who comes from this address of the machine's own, 127.0.0.0/8.
    pub(crate) async fn guest_from(&self, address: [u8; 4], name: &str) -> Guest {
        Guest::from_address(self.port(), address, name).await
    }

    /// A person at a room's door.
    pub(crate) async fn guest_at(&self, room: &str, name: &str) -> Guest {
        Guest::connect(self.port(), room, name).await
    }

    /// How many connections are open, as `/health` tells.
    pub(crate) async fn sessions(&self) -> usize {
        let health: Value = get(self.port(), "/health").await.json();
        health["connections"].as_u64().and_then(|count| usize::try_from(count).ok()).expect("a number")
    }

    /// Waits until this many connections are open.
    pub(crate) async fn wait_for_sessions(&self, count: usize) {
        within("connections to come or go", async {
            while self.sessions().await != count {
                moment().await;
            }
        })
        .await;
    }

    /// Four people in a room, its host first, before the start.
    pub(crate) async fn table(&self, options: Value) -> Table {
        let mut host = self.guest("Ann").await;
        host.create_room(options).await;
        let room = host.room().to_owned();
        let mut guests = vec![host];
        for name in ["Bob", "Cid", "Dee"] {
            let mut guest = self.guest_at(&room, name).await;
            guest.join(&room).await;
            guests.push(guest);
        }
        let mut table = Table::new(guests);
        table.catch_up().await;
        table
    }

    /// Four people in a game at full speed, all of whom kept their hands, and the first of whom is to declare.
    pub(crate) async fn declaring_table(&self) -> Table {
        let mut table = self.table(json!({ "pace": "instant" })).await;
        table.start().await;
        table.reach_declaration().await;
        table
    }
}
