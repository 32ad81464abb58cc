//! The questions that a player is asked, and the help for each.

use super::{hand::Hand, words};

/// What the player is to decide. Equal questions are one and the same decision.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Question {
    /// Another name: the first one is taken in the room.
    Name,
    /// The host's start.
    Start,
    /// Whether to have the pieces dealt again.
    Redeal { round: u32, multiplier: u32 },
    /// How many piles.
    Declare {
        round: u32,
        /// The sum of what was declared before.
        said: u8,
        allowed: Vec<u8>,
    },
    /// A set to open the turn with.
    Lead { round: u32, turn: u8 },
    /// As many pieces as the leader played.
    Follow {
        round: u32,
        turn: u8,
        count: u8,
        /// Who leads with what.
        led: String,
    },
}

impl Question {
    /// The question as it is asked.
    pub(super) fn text(&self, hand: &Hand) -> String {
        match self {
            Self::Name => "Which other name would you like?".to_owned(),
            Self::Start => "Press Enter to start; bots take the empty seats.".to_owned(),
            Self::Redeal { multiplier, .. } => format!(
                "Your hand is weak: no piece above 9 points. Deal again, with the round's points times {}? (y/n)",
                multiplier + 1
            ),
            Self::Declare { said, allowed, .. } => {
                format!("How many piles will you take? ({}; said so far: {said}; ? for help)", words::numbers(allowed))
            }
            Self::Lead { .. } => lead_text(hand),
            Self::Follow { count, led, .. } => format!(
                "Play {}{led}: which? (numbers, such as {}; ? for help)",
                words::count(*count, "piece"),
                words::numbers(&(1..=*count).collect::<Vec<_>>())
            ),
        }
    }

    /// Help for this decision.
    pub(super) fn help(&self, hand: &Hand) -> Vec<String> {
        let mut lines: Vec<String> = match self {
            Self::Name | Self::Start => Vec::new(),
            Self::Redeal { .. } => vec!["A new deal is for all four, and each point of the round counts once more.".to_owned()],
            Self::Declare { .. } => vec![
                "Eight piles are played for in every round. Who takes exactly what they declared gets that number and 5 more;".to_owned(),
                "0 declared and 0 taken gives 3; else one loses the difference. All four together may not say 8,".to_owned(),
                "and nobody may say 0 three times in a row.".to_owned(),
            ],
            Self::Lead { .. } => vec![
                "Lead with 1 to 6 pieces that form a set; everybody then plays as many. The highest set of your type wins".to_owned(),
                "as many piles as you played pieces, and leads the next turn.".to_owned(),
                "Sets: pair (twins), 3 to 5 soldiers of one colour, straights of one colour (General Advisor Elephant, or".to_owned(),
                "Chariot Horse Cannon; with 4 or 5 pieces some of them twice).".to_owned(),
            ],
            Self::Follow { .. } => vec![
                "Only a set of the leader's type with more points wins the turn; any other pieces are given away.".to_owned(),
            ],
        };
        if hand.len() > 0 && !matches!(self, Self::Redeal { .. }) {
            let sets = hand.sets();
            let told = if sets.is_empty() { "none, only single pieces".to_owned() } else { sets.join(", ") };
            lines.push(format!("Your sets: {told}."));
        }
        lines.push("Type say and some words to talk to the table, quit to leave the game.".to_owned());
        lines
    }
}

fn lead_text(hand: &Hand) -> String {
    const NAMED: usize = 4;
    let sets = hand.sets();
    let more = if sets.len() > NAMED { ", …" } else { "" };
    let named = sets.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    if sets.is_empty() {
        "You lead, with any single piece: which? (a number; ? for help)".to_owned()
    } else {
        format!("You lead, with any single piece or a set ({named}{more}): which? (numbers; ? for help)")
    }
}
