//! Moments as ISO 8601 texts, in UTC with milliseconds.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};
use vocabulary::Timestamp;

/// What [`iso`] writes, as a pattern for schemas.
pub(crate) const PATTERN: &str = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$";

/// Formats a moment as `2024-01-11T12:00:00.000Z`; one beyond the year 9999 becomes the last one before it.
pub fn iso(moment: Timestamp) -> String {
    let milliseconds = i64::try_from(moment.0).unwrap_or(i64::MAX);
    let moment = jiff::Timestamp::from_millisecond(milliseconds).unwrap_or(jiff::Timestamp::MAX);
    format!("{moment:.3}")
}

/// A moment, sent as its text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Moment(Timestamp);

impl From<Timestamp> for Moment {
    fn from(moment: Timestamp) -> Self {
        Self(moment)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&iso(self.0))
    }
}

impl JsonSchema for Moment {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Moment".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": PATTERN })
    }
}

/// Parses a date and a time with `Z` or an offset, such as `2024-01-11T13:00:00+01:00`, and cuts off what is finer than
/// a millisecond. `None` for any other text and for a moment before 1970.
pub fn parse(text: &str) -> Option<Timestamp> {
    let moment: jiff::Timestamp = text.parse().ok()?;
    u64::try_from(moment.as_millisecond()).ok().map(Timestamp)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_with_milliseconds_in_utc_and_reads_back() {
        for (milliseconds, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (1_704_974_400_000, "2024-01-11T12:00:00.000Z"),
            (1_709_164_799_007, "2024-02-28T23:59:59.007Z"),
            (253_402_207_200_999, "9999-12-30T22:00:00.999Z"),
        ] {
            assert_eq!(iso(Timestamp(milliseconds)), text);
            assert_eq!(parse(text), Some(Timestamp(milliseconds)));
        }
    }

    #[test]
    fn a_moment_that_no_calendar_holds_is_still_a_text() {
        assert_eq!(iso(Timestamp(u64::MAX)), "9999-12-30T22:00:00.999Z");
    }

    #[test]
    fn an_offset_and_finer_seconds_are_understood() {
        let noon = Some(Timestamp(1_704_974_400_000));
        for text in ["2024-01-11T12:00:00Z", "2024-01-11T13:00:00+01:00", "2024-01-11T12:00:00.000999Z"] {
            assert_eq!(parse(text), noon, "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_moments() {
        for text in
            ["", "now", "ISO8601", "2024-01-11", "2024-01-11T12:00:00", "2024-13-11T12:00:00Z", "1960-01-01T00:00:00Z"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
