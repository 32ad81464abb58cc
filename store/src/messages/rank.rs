//! Ranks search results by BM25 over the messages that were found, in the same way for both databases. FTS5's own
//! ranking would read every message with the word, and PostgreSQL's ignores how rare a word is.

use super::{
    query::{Phrase, Query},
    words::is_mark,
};

/// BM25's usual constants: how soon repetitions stop to count, and how much the length of a message counts against it.
const SATURATION: f64 = 1.2;
const LENGTH: f64 = 0.75;

/// Returns the numbers of messages, best first and newest first among equals. Each is given with its indexed words.
pub(crate) fn ranked(query: &Query, found: &[(i64, &str)]) -> Vec<i64> {
    let phrases: Vec<&Phrase> = query.wanted().collect();
    let counted: Vec<Counted> = found.iter().map(|(number, text)| Counted::of(*number, text, &phrases)).collect();
    let rarities: Vec<f64> = (0..phrases.len()).map(|phrase| rarity(&counted, phrase)).collect();
    let average = counted.iter().map(|message| message.length).sum::<f64>() / real(counted.len().max(1));
    let mut scored: Vec<(f64, i64)> =
        counted.iter().map(|message| (message.score(&rarities, average), message.number)).collect();
    scored.sort_by(|(score, number), (other, other_number)| {
        other.total_cmp(score).then_with(|| other_number.cmp(number))
    });
    scored.into_iter().map(|(_, number)| number).collect()
}

/// How often each phrase occurs in a message.
struct Counted {
    number: i64,
    length: f64,
    counts: Vec<usize>,
}

impl Counted {
    fn of(number: i64, text: &str, phrases: &[&Phrase]) -> Self {
        let parts: Vec<&str> = text.split(' ').collect();
        let length = real(parts.iter().filter(|part| !is_mark(part)).count());
        Self { number, length, counts: phrases.iter().map(|phrase| count(&parts, phrase)).collect() }
    }

    fn score(&self, rarities: &[f64], average: f64) -> f64 {
        let length = 1.0 - LENGTH + LENGTH * self.length / average.max(1.0);
        let score = |(count, rarity): (&usize, &f64)| {
            let count = real(*count);
            rarity * count * (SATURATION + 1.0) / (count + SATURATION * length)
        };
        self.counts.iter().zip(rarities).map(score).sum()
    }
}

fn count(parts: &[&str], phrase: &Phrase) -> usize {
    parts.windows(phrase.words.len()).filter(|some| matches(some, phrase)).count()
}

fn matches(parts: &[&str], phrase: &Phrase) -> bool {
    let last = phrase.words.len() - 1;
    let same = |(at, (part, word)): (usize, (&&str, &String))| {
        *part == word || (phrase.open && at == last && part.starts_with(word.as_str()))
    };
    parts.iter().zip(&phrase.words).enumerate().all(same)
}

fn rarity(found: &[Counted], phrase: usize) -> f64 {
    let with = found.iter().filter(|message| message.counts.get(phrase).is_some_and(|count| *count > 0)).count();
    (1.0 + (real(found.len() - with) + 0.5) / (real(with) + 0.5)).ln()
}

fn real(count: usize) -> f64 {
    u32::try_from(count).unwrap_or(u32::MAX).into()
}
