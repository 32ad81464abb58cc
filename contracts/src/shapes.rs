//! The shapes of texts that clients write, as types for schemas: each states its bounds once, for the schema and for
//! [`Fields`](crate::fields::Fields), which checks them.

use schemars::JsonSchema;
use vocabulary::ChatRequest;

/// A line: 1 to 100 characters, none of them a control character.
#[derive(JsonSchema)]
#[schemars(inline)]
#[expect(dead_code, reason = "only described")]
pub(crate) struct Line(#[schemars(length(min = 1, max = Self::MAX_CHARS), regex(pattern = Self::PATTERN))] String);

impl Line {
    pub(crate) const MAX_CHARS: usize = 100;
    /// No control characters.
    pub(crate) const PATTERN: &str = r"^[^\u0000-\u001f\u007f-\u009f]*$";
}

/// What someone says: 1 to 2,000 characters after trimming, with no control characters but line breaks and tabs.
#[derive(JsonSchema)]
#[schemars(inline)]
#[expect(dead_code, reason = "only described")]
pub(crate) struct Text(
    #[schemars(length(min = 1, max = ChatRequest::MAX_CHARS), regex(pattern = Self::PATTERN))] String,
);

impl Text {
    const PATTERN: &str = r"^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f]*[^\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000][^\u0000-\u0008\u000b-\u001f\u007f-\u009f]*$";
}
