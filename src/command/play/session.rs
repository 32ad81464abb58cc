//! One game from the first knock to the goodbye: moves lines and messages between terminal, player and server.

use std::time::Duration;

use anyhow::anyhow;
use tokio::time::sleep;

use super::{
    PlaySettings,
    link::{Link, Lost},
    player::{Ending, Player},
    terminal::Terminal,
};
use crate::command::signals::Stops;

/// How often a lost connection is tried again, with growing pauses of up to five seconds: about a minute in all.
const TRIES: u32 = 15;

/// What comes in.
enum Input {
    Message(Result<String, Lost>),
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
    let mut link = Link::open(&settings.url, player.door()).await?;
    loop {
        let (lines, messages) = player.take();
        if terminal.show(&lines, player.asks()).is_err() {
            // Nobody reads any more.
            player.quit();
        }
        let mut sent = Ok(());
        for message in messages {
            sent = sent.and(link.send(message).await);
        }
        if let Some(ending) = player.ending() {
            return end(link, ending).await;
        }
        let input = match sent {
            Ok(()) => next(&mut player, &mut terminal, &mut link, &mut stops).await,
            Err(lost) => Input::Message(Err(lost)),
        };
        match input {
            Input::Message(Ok(text)) => player.hear(&text),
            Input::Message(Err(Lost)) => {
                link = match come_back(settings, &player, &mut terminal, &mut stops).await? {
                    Some(link) => link,
                    None => return Ok(()),
                }
            }
            Input::Line(Some(line)) => player.say(&line),
            Input::Line(None) | Input::Stop => player.quit(),
        }
    }
}

async fn next(player: &mut Player, terminal: &mut Terminal, link: &mut Link, stops: &mut Stops) -> Input {
    let reads = player.asks() || terminal.is_typed_by_a_person();
    tokio::select! {
        message = link.next() => Input::Message(message),
        line = terminal.line(), if reads => Input::Line(line),
        _ = stops.next() => Input::Stop,
    }
}

/// Connects again to the player's own seat; `None` when the player has enough.
async fn come_back(
    settings: &PlaySettings,
    player: &Player,
    terminal: &mut Terminal,
    stops: &mut Stops,
) -> anyhow::Result<Option<Link>> {
    if !player.is_seated() {
        return Err(anyhow!("the server at {} closed the connection", settings.url));
    }
    let _ = terminal.show(&["The connection is lost; trying again …".to_owned()], false);
    let tries = async {
        for attempt in 0..TRIES {
            if let Ok(link) = Link::open(&settings.url, player.door()).await {
                return Ok(Some(link));
            }
            sleep(Duration::from_millis(200 << attempt.min(5)).min(Duration::from_secs(5))).await;
        }
        Err(anyhow!("the connection to {} is lost and does not come back", settings.url))
    };
    tokio::select! {
        link = tries => link,
        _ = stops.next() => Ok(None),
    }
}

async fn end(link: Link, ending: &Ending) -> anyhow::Result<()> {
    match ending {
        Ending::Fine => {
            link.close().await;
            Ok(())
        }
        Ending::Failed(sentence) => Err(anyhow!("{sentence}")),
    }
}
