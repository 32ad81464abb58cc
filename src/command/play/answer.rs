//! What the typed answers to a question mean.

use game_rules::Piece;

use super::{dialogue::Question, hand::Hand, words};

/// What a typed line means.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum Answer {
    /// Leave the game.
    Quit,
    /// Tell what can be done.
    Help,
    /// A name to play under.
    Name(String),
    /// Start the game.
    Start,
    /// Deal again, or not.
    Redeal(bool),
    /// Declare so many piles.
    Declare(u8),
    /// Play these pieces.
    Play(Vec<Piece>),
}

impl Question {
    /// What the line means, or a sentence about why it means nothing.
    pub(super) fn answer(&self, line: &str, hand: &Hand) -> Result<Answer, String> {
        match line.trim().to_lowercase().as_str() {
            "quit" | "exit" | "q" => return Ok(Answer::Quit),
            "?" | "help" | "h" => return Ok(Answer::Help),
            _ => {}
        }
        match self {
            Self::Name if line.trim().is_empty() => Err("A name needs a letter at least.".to_owned()),
            Self::Name => Ok(Answer::Name(line.trim().to_owned())),
            Self::Start if line.trim().is_empty() => Ok(Answer::Start),
            Self::Start => Err("Just Enter, when everybody is here.".to_owned()),
            Self::Redeal { .. } => yes_or_no(line),
            Self::Declare { allowed, .. } => declaration(line, allowed),
            Self::Lead { .. } => lead(line, hand),
            Self::Follow { count, .. } => follow(line, hand, usize::from(*count)),
        }
    }
}

fn yes_or_no(line: &str) -> Result<Answer, String> {
    match line.trim().to_lowercase().as_str() {
        "y" | "yes" => Ok(Answer::Redeal(true)),
        "n" | "no" => Ok(Answer::Redeal(false)),
        _ => Err("Please answer y or n.".to_owned()),
    }
}

fn declaration(line: &str, allowed: &[u8]) -> Result<Answer, String> {
    match line.trim().parse() {
        Ok(number) if allowed.contains(&number) => Ok(Answer::Declare(number)),
        Ok(number) => Err(format!("{number} can't be declared now; {} can.", words::numbers(allowed))),
        Err(_) => Err(format!("A number is wanted, one of {}.", words::numbers(allowed))),
    }
}

fn lead(line: &str, hand: &Hand) -> Result<Answer, String> {
    let chosen = chosen(line, hand)?;
    if hand.is_set(&chosen) {
        Ok(Answer::Play(chosen))
    } else {
        Err("These pieces form no set, and who leads needs one (? lists yours).".to_owned())
    }
}

fn follow(line: &str, hand: &Hand, count: usize) -> Result<Answer, String> {
    let chosen = chosen(line, hand)?;
    if chosen.len() == count {
        Ok(Answer::Play(chosen))
    } else {
        let wanted = words::count(u64::try_from(count).unwrap_or_default(), "piece");
        Err(format!("This turn takes {wanted}, not {}.", chosen.len()))
    }
}

fn chosen(line: &str, hand: &Hand) -> Result<Vec<Piece>, String> {
    let mut chosen = Vec::new();
    let separators = |c: char| c == ',' || c.is_whitespace();
    for word in line.split(separators).filter(|word| !word.is_empty()) {
        let number: Option<usize> = word.parse().ok();
        let Some(piece) = number.and_then(|number| hand.numbered(number)) else {
            return Err(format!("“{word}” is no piece of yours; they are numbered 1 to {}.", hand.len()));
        };
        if chosen.contains(&piece) {
            return Err(format!("Piece {word} is named twice."));
        }
        chosen.push(piece);
    }
    if chosen.is_empty() {
        return Err("Type the numbers of the pieces, such as 1 or 1 2.".to_owned());
    }
    Ok(chosen)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn hand() -> Hand {
        let hand = json!({
            "pieces": [{ "id": "p1" }, { "id": "p23" }, { "id": "p24" }], "count": 3,
            "valid_sets": [
                { "piece_ids": ["p1"], "play_type": "SINGLE" },
                { "piece_ids": ["p23"], "play_type": "SINGLE" },
                { "piece_ids": ["p23", "p24"], "play_type": "PAIR" },
            ],
        });
        serde_json::from_value::<clients::game::server::Hand>(hand).unwrap().into()
    }

    fn pieces(ids: &[&str]) -> Result<Answer, String> {
        Ok(Answer::Play(ids.iter().map(|id| id.parse().unwrap()).collect()))
    }

    #[test]
    fn pieces_are_chosen_by_number_with_blanks_or_commas() {
        let follow = Question::Follow { round: 1, turn: 1, count: 2, led: String::new() };
        assert_eq!(follow.answer("1 3", &hand()), pieces(&["p1", "p24"]));
        assert_eq!(follow.answer(" 3,1, ", &hand()), pieces(&["p24", "p1"]));
    }

    #[test]
    fn a_wrong_choice_gets_a_sentence_and_no_answer() {
        let follow = Question::Follow { round: 1, turn: 1, count: 2, led: String::new() };
        for (line, part) in [
            ("1", "takes 2 pieces, not 1"),
            ("1 1", "named twice"),
            ("0 1", "“0” is no piece"),
            ("1 4", "numbered 1 to 3"),
            ("1 -2", "“-2” is no piece"),
            ("99999999999999999999999 1", "no piece of yours"),
            ("General", "“General” is no piece"),
            ("", "Type the numbers"),
        ] {
            let sentence = follow.answer(line, &hand()).unwrap_err();
            assert!(sentence.contains(part), "{line:?}: {sentence}");
        }
    }

    #[test]
    fn a_leader_needs_a_set() {
        let lead = Question::Lead { round: 1, turn: 1 };
        assert_eq!(lead.answer("2 3", &hand()), pieces(&["p23", "p24"]));
        assert_eq!(lead.answer("3", &hand()), pieces(&["p24"]));
        assert!(lead.answer("1 2", &hand()).unwrap_err().contains("no set"));
        assert!(lead.text(&hand()).contains("(pair 2 3)"));
        assert!(lead.help(&hand()).iter().any(|line| line == "Your sets: pair 2 3."));
    }

    #[test]
    fn only_allowed_numbers_are_declared() {
        let declare = Question::Declare { round: 1, said: 0, allowed: vec![0, 1, 3] };
        assert_eq!(declare.answer("3", &hand()), Ok(Answer::Declare(3)));
        assert_eq!(declare.answer("2", &hand()), Err("2 can't be declared now; 0 1 3 can.".to_owned()));
        for line in ["", "three", "-1", "300"] {
            assert!(declare.answer(line, &hand()).is_err(), "{line:?}");
        }
    }

    #[test]
    fn quit_and_help_are_understood_everywhere() {
        for question in [
            Question::Start,
            Question::Name,
            Question::Redeal { round: 1, multiplier: 1 },
            Question::Declare { round: 1, said: 0, allowed: vec![1] },
            Question::Lead { round: 1, turn: 1 },
        ] {
            assert_eq!(question.answer("QUIT", &hand()), Ok(Answer::Quit));
            assert_eq!(question.answer(" ?", &hand()), Ok(Answer::Help));
        }
    }

    #[test]
    fn a_redeal_is_a_yes_or_a_no() {
        let redeal = Question::Redeal { round: 1, multiplier: 2 };
        assert!(redeal.text(&hand()).contains("times 3"));
        assert_eq!(redeal.answer("Yes", &hand()), Ok(Answer::Redeal(true)));
        assert_eq!(redeal.answer("n", &hand()), Ok(Answer::Redeal(false)));
        assert!(redeal.answer("", &hand()).is_err());
    }
}
