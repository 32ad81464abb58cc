//! What is kept of a finished game: its result, and the record from which it can be replayed.

use chronicle::{GameResult, codec};
use game_rules::{Phase, Seat};
use metrics::counter;
use store::{Finished, Participation};

use super::Room;
use crate::journal::Ending;

impl Room {
    /// The results of the accounts in the game.
    fn participations(&self) -> Vec<Participation> {
        let Some(game) = self.state.game() else { return Vec::new() };
        let Phase::Over(result) = &game.table().phase else { return Vec::new() };
        let totals = game.table().totals;
        let full_length = self.state.roster.options.rules.is_full_length();
        let of = |seat: Seat| {
            let player = self.state.roster.seats[seat].as_ref()?;
            let better = Seat::ALL.into_iter().filter(|other| totals[*other] > totals[seat]).count();
            Some(Participation {
                account: player.account?.to_string(),
                seat: u8::try_from(seat.index()).unwrap_or_default(),
                place: u8::try_from(better + 1).unwrap_or(u8::MAX),
                won: result.winners.contains(seat) && player.stand_in.is_none(),
                forfeited: player.has_forfeited(),
                stood_in: player.stand_in.is_some(),
                full_length,
                score: i64::from(totals[seat]),
                rounds: i64::from(game.table().round),
                exact_declarations: i64::from(self.state.exact[seat]),
                counted: None,
            })
        };
        Seat::ALL.into_iter().filter_map(of).collect()
    }

    /// Whether the finished game is kept, and if so, what of it.
    pub(super) fn ending(&self) -> Ending {
        if self.state.is_of_bots() && self.services.settings.bot_games_keep == 0 {
            counter!("liap_bot_games_not_kept_total").increment(1);
            return Ending::NotKept;
        }
        Ending::Kept(self.finished_game())
    }

    /// The finished game as it is stored.
    fn finished_game(&self) -> Finished {
        let entries = self.history.entries();
        let ended = entries.last().map_or(self.state.started_at, |entry| entry.at);
        let result = GameResult::of(&self.state, ended);
        Finished {
            result: serde_json::to_string(&result).unwrap_or_default(),
            record: codec::record(self.history.founding(), entries),
            public: self.state.roster.options.public,
            of_bots: self.state.is_of_bots(),
            players: self.participations(),
        }
    }
}
