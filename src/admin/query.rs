//! What may stand behind the question mark.

use std::str::FromStr;

use actix_web::{HttpRequest, web};
use contracts::battles::error::Refusal;
use vocabulary::{Page, RoomStatus};

const STATUSES: [RoomStatus; 3] = [RoomStatus::Waiting, RoomStatus::Playing, RoomStatus::Finished];

/// The fields of a query, each with its value. Unknown ones are ignored, of equal ones the first counts.
pub(super) struct Query(Vec<(String, String)>);

impl Query {
    pub(super) fn of(request: &HttpRequest) -> Result<Self, Refusal> {
        let pairs = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
        pairs.map(|pairs| Self(pairs.into_inner())).map_err(|_| Refusal::of_field("query", "can't be read"))
    }

    /// A field that must be there.
    pub(super) fn text(&self, field: &str) -> Result<&str, Refusal> {
        self.get(field).ok_or_else(|| Refusal::of_field(field, "is missing"))
    }

    /// `limit` and `offset`.
    pub(super) fn page(&self) -> Result<Page, Refusal> {
        let page = Page {
            offset: self.number("offset")?.unwrap_or_default(),
            limit: self.number("limit")?.unwrap_or(Page::default().limit),
        };
        match page.limit {
            1..=Page::MAX => Ok(page),
            _ => Err(Refusal::of_field("limit", &format!("is not 1 to {}", Page::MAX))),
        }
    }

    /// `status`; without it, all are wanted.
    pub(super) fn status(&self) -> Result<Option<RoomStatus>, Refusal> {
        let Some(text) = self.get("status") else { return Ok(None) };
        let known = STATUSES.into_iter().find(|status| status.as_str() == text);
        known.map(Some).ok_or_else(|| Refusal::of_field("status", "is not waiting, playing or finished"))
    }

    fn number(&self, field: &str) -> Result<Option<usize>, Refusal> {
        let parsed = self.get(field).map(usize::from_str).transpose();
        parsed.map_err(|_| Refusal::of_field(field, "is no whole number"))
    }

    fn get(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str())
    }
}
