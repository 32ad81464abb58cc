//! One game from the first knock to the goodbye: moves lines and messages between terminal, player and server.

use std::time::Duration;

use anyhow::anyhow;
use clients::{ConnectError, Dial, Socket};
use tokio::time::{sleep, timeout};

use super::{
    PlaySettings,
    player::{Ending, Player},
    terminal::Terminal,
};
use crate::command::signals::Stops;

/// How often a lost connection is tried again, with growing pauses of up to five seconds: about a minute in all.
const TRIES: u32 = 15;

/// What comes in.
enum Input {
    Message(String),
    Lost,
    Line(Option<String>),
    Stop,
}

/// Plays until the end.
///
/// # Errors
/// A sentence for the player.
pub(super) async fn play(settings: &PlaySettings) -> anyhow::Result<()> {
    let mut player = Player::new(&settings.name, settings.plan(), Terminal::paint(settings.plain));
    let mut terminal = Terminal::new();
    let mut stops = Stops::with_hangup()?;
    let dial = Dial::to(settings.url.clone());
    let mut socket = open(&dial, player.door()).await?;
    loop {
        let (lines, messages) = player.take();
        if terminal.show(&lines, player.asks()).is_err() {
            // Nobody reads any more.
            player.quit();
        }
        let mut sent = Ok(());
        for message in messages {
            sent = sent.and(socket.send(message).await);
        }
        if let Some(ending) = player.ending() {
            return end(socket, ending).await;
        }
        let input = match sent {
            Ok(()) => next(&mut player, &mut terminal, &mut socket, &mut stops).await,
            Err(_) => Input::Lost,
        };
        match input {
            Input::Message(text) => player.hear(&text),
            Input::Lost => {
                socket = match come_back(&dial, &player, &mut terminal, &mut stops).await? {
                    Some(socket) => socket,
                    None => return Ok(()),
                }
            }
            Input::Line(Some(line)) => player.say(&line),
            Input::Line(None) | Input::Stop => player.quit(),
        }
    }
}

async fn next(player: &mut Player, terminal: &mut Terminal, socket: &mut Socket, stops: &mut Stops) -> Input {
    let reads = player.asks() || terminal.is_typed_by_a_person();
    tokio::select! {
        message = socket.next() => message.map_or(Input::Lost, |text| Input::Message(text.to_string())),
        line = terminal.line(), if reads => Input::Line(line),
        _ = stops.next() => Input::Stop,
    }
}

/// Connects again to the player's own seat; `None` when the player has enough.
async fn come_back(
    dial: &Dial,
    player: &Player,
    terminal: &mut Terminal,
    stops: &mut Stops,
) -> anyhow::Result<Option<Socket>> {
    if !player.is_seated() {
        return Err(anyhow!("the server at {} closed the connection", dial.server()));
    }
    let _ = terminal.show(&["The connection is lost; trying again …".to_owned()], false);
    let tries = async {
        for attempt in 0..TRIES {
            if let Ok(socket) = dial.open(player.door()).await {
                return Ok(Some(socket));
            }
            sleep(Duration::from_millis(200 << attempt.min(5)).min(Duration::from_secs(5))).await;
        }
        Err(anyhow!("the connection to {} is lost and does not come back", dial.server()))
    };
    tokio::select! {
        socket = tries => socket,
        _ = stops.next() => Ok(None),
    }
}

/// Connects, or says in a sentence why not.
async fn open(dial: &Dial, door: &str) -> anyhow::Result<Socket> {
    let url = dial.server();
    dial.open(door).await.map_err(|error| match error {
        ConnectError::Untrusted(error) => {
            anyhow!("{url} can't be trusted: {error}; SSL_CERT_FILE can name the certificate of a private authority")
        }
        ConnectError::Io(_) | ConnectError::Timeout(_) => {
            anyhow!("no server at {url}; start one with `make run`")
        }
        ConnectError::Address(problem) => {
            anyhow!("{url} can't be used: {problem}; it should look like ws://127.0.0.1:8000")
        }
        error @ ConnectError::Protocol(_) => {
            anyhow::Error::new(error).context(format!("what answers at {url} is no Liap Tui server"))
        }
    })
}

async fn end(socket: Socket, ending: &Ending) -> anyhow::Result<()> {
    match ending {
        Ending::Fine => {
            close(socket).await;
            Ok(())
        }
        Ending::Failed(sentence) => Err(anyhow!("{sentence}")),
    }
}

/// Waits until the server has let go, for a moment at most, and closes.
async fn close(mut socket: Socket) {
    let leaving = async {
        while let Ok(message) = socket.next().await {
            if message.contains("\"room_left\"") {
                break;
            }
        }
        // It may have ended already.
        let _ = socket.close(None).await;
    };
    let _ = timeout(Duration::from_secs(2), leaving).await;
}
