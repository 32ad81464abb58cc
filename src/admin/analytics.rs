//! Counts of the live log's messages, by type and minute.

use std::time::Duration;

use actix_web::web;
use contracts::{
    battles::{error::Refusal, operations::LogAnalytics},
    iso8601,
};
use store::Store;
use vocabulary::Timestamp;

use super::operator::Operator;
use crate::rest::{
    answer::{Refused, Stored},
    query::{Parameters, Query},
};

/// The span if `from` is left out.
const SPAN: Duration = Duration::from_secs(60 * 60);
/// The longest span.
const LONGEST: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Counts the live log's messages per type and minute, also those that only some accounts may see. Texts are not shown.
#[utoipa::path(get, path = "/admin/live-log/analytics", tag = "admin", params(
    ("from" = Option<String>, Query, format = DateTime,
        description = "The beginning, in ISO 8601; an hour before `to` if left out"),
    ("to" = Option<String>, Query, format = DateTime,
        description = "The end, in ISO 8601, at most a week after `from`; if left out, now or a week after `from`, \
                       whichever is earlier")),
    responses((status = 200, description = "The counts", body = LogAnalytics)))]
pub(super) async fn analytics(
    _: Operator,
    store: web::Data<Store>,
    query: Parameters,
) -> Result<web::Json<LogAnalytics>, Refused> {
    let query = query.only(&["from", "to"])?;
    let (from, to) = (moment(&query, "from")?, moment(&query, "to")?);
    let longest = from.map_or(u64::MAX, |from| from.0.saturating_add(milliseconds(LONGEST)));
    let to = to.unwrap_or_else(|| Timestamp(Timestamp::now().0.min(longest)));
    let from = from.unwrap_or(Timestamp(to.0.saturating_sub(milliseconds(SPAN))));
    if from > to || to.since(from) > LONGEST {
        return Err(Refusal::of_field("from", "must be before `to`, by at most a week").into());
    }
    let counts = store.message_counts(from, to).await.of("live log's messages")?;
    let counts = counts
        .into_iter()
        .map(|(kind, minute, count)| (usize::from(kind), minute, u64::try_from(count).unwrap_or_default()));
    Ok(web::Json(LogAnalytics::of(from, to, counts)))
}

fn moment(query: &Query, name: &str) -> Result<Option<Timestamp>, Refused> {
    let Some(text) = query.text(name) else { return Ok(None) };
    match iso8601::parse(text) {
        Some(moment) => Ok(Some(moment)),
        None => Err(Refusal::of_field(name, "must be a moment in ISO 8601 with Z or an offset").into()),
    }
}

fn milliseconds(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX)
}
