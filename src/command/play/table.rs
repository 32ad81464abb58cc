//! What everybody can see: who sits there, what was declared, taken and played, and whose turn it is.

use clients::game::server::{ByName, GameState, NotStarted, PhaseData, Play, PlayerData, RoundScoreData, Text};
use game_rules::Piece;

use super::words::{self, Paint};

/// The table as the last message told it.
pub(super) struct Table {
    /// Who looks at it.
    pub(super) own_name: String,
    /// How far the game is.
    pub(super) phase: PhaseData<'static>,
    /// Round, players, scores and piles.
    pub(super) game: GameState<'static>,
}

impl Table {
    /// An empty one.
    pub(super) fn new(own_name: String) -> Self {
        Self { own_name, phase: PhaseData::NotStarted(NotStarted {}), game: GameState::default() }
    }

    /// `You` or the name.
    pub(super) fn who<'a>(&self, name: &'a str) -> &'a str {
        if name == self.own_name { "You" } else { name }
    }

    /// A sentence's beginning: `You declare` or `Ann declares`, from the verb's plain form.
    pub(super) fn does(&self, name: &str, verb: &str) -> String {
        let (who, own) = (self.who(name), name == self.own_name);
        match verb {
            _ if own => format!("{who} {verb}"),
            "have" => format!("{who} has"),
            _ => format!("{who} {verb}s"),
        }
    }

    /// Everybody with what they declared, took, have and play.
    pub(super) fn lines(&self, paint: Paint) -> Vec<String> {
        let mut lines =
            vec![paint.dim(&format!("  {:<22} declared  took  points", format!("round {}", self.game.round_number)))];
        lines.extend(self.game.players.iter().map(|player| self.line(player, paint)));
        lines
    }

    fn line(&self, player: &PlayerData<'_>, paint: Paint) -> String {
        let name = &player.name;
        let mark = if self.current() == Some(&**name) { ">" } else { " " };
        let declared = self.declarations().and_then(|all| all.get(name));
        let declared = declared.map_or_else(|| "-".to_owned(), u8::to_string);
        let took = self.game.pile_counts.get(name).copied().unwrap_or(0);
        let played = self.plays().and_then(|plays| plays.get(name));
        let played = played.map(|play| format!("   plays {}", paint.short(&pieces(play))));
        let line = format!("{mark} {:<22} {declared:>8}  {took:>4}  {:>6}", self.marked(name), player.score);
        let line = if *name == self.own_name { paint.bold(&line) } else { line };
        line + &played.unwrap_or_default()
    }

    fn marked(&self, name: &str) -> String {
        if name == self.own_name { format!("{name} (you)") } else { name.to_owned() }
    }

    /// The scores of a round, in the order of the seats.
    pub(super) fn round_lines(&self, scores: &ByName<'_, RoundScoreData>, paint: Paint) -> Vec<String> {
        let mut lines = vec![paint.dim(&format!(
            "  {:<22} declared  took  round  points",
            format!("round {} is over", self.game.round_number)
        ))];
        for player in &self.game.players {
            let Some(score) = scores.get(&player.name) else {
                continue;
            };
            let exact = if score.declared == score.captured { "  as declared!" } else { "" };
            lines.push(format!(
                "  {:<22} {:>8}  {:>4}  {:>+5}  {:>6}{exact}",
                self.marked(&player.name),
                score.declared,
                score.captured,
                score.round_score,
                score.total_score
            ));
        }
        lines
    }

    /// The final scores, the best first.
    pub(super) fn result_lines(&self, scores: &ByName<'_, i32>) -> Vec<String> {
        let mut ranking: Vec<_> = scores.0.iter().collect();
        ranking.sort_by_key(|(name, score)| (std::cmp::Reverse(*score), name));
        let line = |(name, score): &(Text<'_>, i32)| {
            let better = ranking.iter().filter(|(_, other)| other > score).count();
            format!("  {}. {:<22} {score:>4}", better + 1, self.marked(name))
        };
        ranking.iter().copied().map(line).collect()
    }

    /// Whose turn it is, where one acts after the other.
    pub(super) fn current(&self) -> Option<&str> {
        match &self.phase {
            PhaseData::Declaration(now) => Some(&now.current_player),
            PhaseData::Turn(now) => Some(&now.current_player),
            PhaseData::NotStarted(_) | PhaseData::Preparation(_) | PhaseData::Scoring(_) | PhaseData::GameOver(_) => {
                None
            }
        }
    }

    /// The leader's play, for those who follow: ` against the pair of Ann`.
    pub(super) fn led(&self) -> String {
        let PhaseData::Turn(now) = &self.phase else {
            return String::new();
        };
        let play = now.turn_order.first().and_then(|leader| Some((leader, now.current_plays.get(leader)?)));
        play.map_or_else(String::new, |(leader, play)| {
            format!(" against the {} of {leader}", words::play_type(play.play_type.0))
        })
    }

    fn declarations(&self) -> Option<&ByName<'_, u8>> {
        match &self.phase {
            PhaseData::Declaration(now) => Some(&now.declarations),
            PhaseData::Turn(now) => Some(&now.declarations),
            _ => None,
        }
    }

    fn plays(&self) -> Option<&ByName<'_, Play>> {
        match &self.phase {
            PhaseData::Turn(now) => Some(&now.current_plays),
            _ => None,
        }
    }
}

fn pieces(play: &Play) -> Vec<Piece> {
    play.pieces.iter().map(|piece| piece.0).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn table() -> Table {
        let phase = json!({
            "current_player": "Bob", "turn_number": 2, "required_piece_count": 1, "last_winner": null, "last_turn": null,
            "current_pile_count": 4, "turn_order": ["Ann", "Bob"],
            "current_plays": { "Ann": { "pieces": [{ "id": "p1" }], "play_type": "SINGLE" } },
            "declarations": { "Ann": 3, "Bob": 0 },
        });
        let player = |position: u8, name: &str, score: i32| json!({ "name": name, "position": position, "score": score, "is_active": true, "is_bot": false });
        let game = json!({
            "round_number": 4, "turn_number": 2, "pile_counts": { "Ann": 1, "Bob": 0 }, "scores": {},
            "players": [player(0, "Ann", -7), player(1, "Bob", 12)],
        });
        Table {
            own_name: "Ann".to_owned(),
            phase: serde_json::from_value(phase).unwrap(),
            game: serde_json::from_value(game).unwrap(),
        }
    }

    #[test]
    fn the_table_names_declarations_piles_points_plays_and_whose_turn_it_is() {
        assert_eq!(
            table().lines(Paint::default()),
            [
                "  round 4                declared  took  points",
                "  Ann (you)                     3     1      -7   plays 帥14",
                "> Bob                           0     0      12",
            ]
        );
    }

    #[test]
    fn equal_points_share_a_place() {
        let scores = serde_json::from_value(json!({ "Cid": 3, "Bob": 50, "Ann": 50 })).unwrap();
        let lines = table().result_lines(&scores);
        assert!(lines[0].starts_with("  1. Ann (you)"), "{lines:?}");
        assert!(lines[1].starts_with("  1. Bob"), "{lines:?}");
        assert!(lines[2].starts_with("  3. Cid"), "{lines:?}");
    }

    #[test]
    fn one_is_spoken_to_and_others_are_spoken_of() {
        assert_eq!(table().does("Ann", "have"), "You have");
        assert_eq!(table().does("Bob", "have"), "Bob has");
        assert_eq!(table().does("Bob", "win"), "Bob wins");
    }
}
