//! Searches messages by their words. Audience and filters are in the index like words, so the index alone finds and
//! counts; only the newest results are ranked.

use std::collections::HashMap;

use super::{
    query::Query,
    rank::ranked,
    read::{Question, Stored, intact},
    types::{MessageFilter, MessagesFound, Reader},
    words,
};
use crate::database::{Readers, Statement, StoreError, Value};

/// The most results that are counted and can be paged through.
const COUNTED: u64 = 10_000;
/// The number of newest results that are ranked; older ones follow, newest first.
const RANKED: u64 = 500;

/// Selects the numbers of the results, each with the first 2,000 characters of its words, packed into one text, since a
/// row for each would cost more than everything else. The results are selected between these two parts.
const TEXTS: &str = "SELECT string_agg(CAST(found.seq AS TEXT) || ' ' || substr(messages.words, 1, 2000), '\n') FROM (";
const OF_FOUND: &str = ") AS found JOIN messages ON messages.seq = found.seq";

/// A search, translated for the database.
struct Search<'a> {
    readers: &'a Readers,
    expression: String,
    first: Option<i64>,
    last: Option<i64>,
}

pub(crate) async fn search(
    readers: &Readers,
    reader: &Reader,
    text: &str,
    filter: &MessageFilter,
    offset: u64,
    limit: u64,
) -> Result<MessagesFound, StoreError> {
    let nothing = MessagesFound { bodies: Vec::new(), count: 0, exact: true };
    let Some(query) = Query::parse(text).filter(|_| !filter.matches_nothing(reader)) else {
        return Ok(nothing);
    };
    let Some(search) = Search::of(readers, reader, &query, filter) else {
        return Ok(nothing);
    };
    let (found, newest) = search.count(offset < RANKED).await?;
    let (count, exact) = (found.min(COUNTED), found <= COUNTED);
    let end = offset.saturating_add(limit).min(count);
    let mut page = Vec::new();
    if offset < end.min(RANKED) {
        let best = search.newest_ranked(&query, newest, count).await?;
        let from = usize::try_from(offset).unwrap_or(usize::MAX);
        page.extend(best.into_iter().skip(from).take(usize::try_from(end - offset).unwrap_or(usize::MAX)));
    }
    let older = offset.max(RANKED);
    if older < end {
        page.extend(search.by_age(older, end - older, count).await?);
    }
    Ok(MessagesFound { bodies: bodies(readers, &page).await?, count, exact })
}

impl<'a> Search<'a> {
    /// `None` if no message can match the filter.
    fn of(readers: &'a Readers, reader: &Reader, query: &Query, filter: &MessageFilter) -> Option<Self> {
        let marks = words::marks(reader, filter);
        if marks.is_empty() {
            return None;
        }
        let expression = match readers.is_postgres() {
            true => query.for_postgres(&marks),
            false => query.for_sqlite(&marks),
        };
        let (first, last) = filter.numbers();
        Some(Self { readers, expression, first, last })
    }

    /// Appends the rows of the index that match.
    fn found<'b>(&'b self, question: &mut Question<'b>) {
        let expression = Value::Text(&self.expression);
        let number = if self.readers.is_postgres() {
            question.value("message_index WHERE lexemes @@ CAST(", expression).push(" AS tsquery)");
            "seq"
        } else {
            question.value("message_index WHERE message_index MATCH ", expression);
            "rowid"
        };
        for (sign, end) in [(">=", self.first), ("<=", self.last)] {
            if let Some(end) = end {
                question.value(&format!(" AND {number} {sign} "), Value::Number(end));
            }
        }
    }

    /// Counts the results, up to one above the maximum. PostgreSQL looks up all of these, so it also returns the newest
    /// ones if `newest` is set and there are not too many.
    async fn count(&self, newest: bool) -> Result<(u64, Option<String>), StoreError> {
        let mut question = if self.readers.is_postgres() {
            Question::new("WITH looked_up AS MATERIALIZED (SELECT seq FROM ")
        } else {
            Question::new("SELECT count(*), CAST(NULL AS TEXT) FROM (SELECT 1 FROM ")
        };
        self.found(&mut question);
        question.number(" LIMIT ", COUNTED + 1).push(")");
        if self.readers.is_postgres() {
            let most = if newest { COUNTED } else { 0 };
            question.push(" SELECT (SELECT count(*) FROM looked_up), CASE WHEN (SELECT count(*) FROM looked_up) <= ");
            question.number("", most).push(" THEN (").push(TEXTS).push("SELECT seq FROM looked_up ORDER BY seq DESC");
            question.number(" LIMIT ", RANKED).push(OF_FOUND).push(") END");
        }
        let found: Option<(i64, Option<String>)> = self.readers.first(question.planned()).await?;
        Ok(found.map_or((0, None), |(count, text)| (count.cast_unsigned(), text)))
    }

    /// Appends the numbers of the results, newest first. PostgreSQL guesses whether to use the index or to scan
    /// messages from the newest on; unless there are many results, this forces the index.
    fn numbers<'b>(&'b self, question: &mut Question<'b>, count: u64) {
        if !self.readers.is_postgres() {
            question.push("SELECT rowid AS seq FROM ");
            self.found(question);
            question.push(" ORDER BY rowid DESC");
        } else if count < COUNTED {
            question.push("WITH looked_up AS MATERIALIZED (SELECT seq FROM ");
            self.found(question);
            question.push(") SELECT seq FROM looked_up ORDER BY seq DESC");
        } else {
            question.push("SELECT seq FROM ");
            self.found(question);
            question.push(" ORDER BY seq DESC");
        }
    }

    /// The newest results, best first.
    async fn newest_ranked(&self, query: &Query, texts: Option<String>, count: u64) -> Result<Vec<i64>, StoreError> {
        let text = match texts {
            Some(texts) => texts,
            None => self.newest(count).await?,
        };
        let query = query.clone();
        // A megabyte of text would block a serving thread too long.
        let ranking = tokio::task::spawn_blocking(move || {
            let numbered = |line| {
                let (number, words) = str::split_once(line, ' ')?;
                Some((number.parse().ok()?, words))
            };
            let found: Vec<(i64, &str)> = text.split('\n').filter_map(numbered).collect();
            ranked(&query, &found)
        });
        ranking.await.map_err(|error| StoreError::Unavailable(error.to_string()))
    }

    async fn newest(&self, count: u64) -> Result<String, StoreError> {
        let mut question = Question::new(TEXTS);
        self.numbers(&mut question, count);
        question.number(" LIMIT ", RANKED).push(OF_FOUND);
        let text: Option<(Option<String>,)> = self.readers.first(question.planned()).await?;
        Ok(text.and_then(|(text,)| text).unwrap_or_default())
    }

    async fn by_age(&self, offset: u64, limit: u64, count: u64) -> Result<Vec<i64>, StoreError> {
        let mut question = Question::new("");
        self.numbers(&mut question, count);
        question.number(" LIMIT ", limit).number(" OFFSET ", offset);
        let rows: Vec<(i64,)> = self.readers.rows(question.planned()).await?;
        Ok(rows.into_iter().map(|(number,)| number).collect())
    }
}

async fn bodies(readers: &Readers, numbers: &[i64]) -> Result<Vec<String>, StoreError> {
    let mut found: HashMap<i64, Stored> = HashMap::new();
    for some in numbers.chunks(crate::database::ROWS) {
        let values = some.iter().map(|number| Value::Number(*number)).collect();
        let text = "SELECT seq, id, body, crc FROM messages WHERE seq IN";
        let rows: Vec<(i64, String, String, Option<i64>)> = readers.rows(Statement::of_list(text, values, "")).await?;
        let stored = |(number, id, body, crc)| (number, (id, body, crc));
        found.extend(rows.into_iter().map(stored));
    }
    // A message that was swept in the meantime is left out.
    Ok(numbers.iter().filter_map(|number| found.remove(number).and_then(intact)).collect())
}
