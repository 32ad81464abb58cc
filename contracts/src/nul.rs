//! U+0000, which JSON can express but PostgreSQL can't store: rejected in every message and body, whatever the
//! database.

use serde_json::{Map, Value, json};

use crate::Malformed;

/// What is wrong with a text that has it; follows the field's name in a sentence.
pub(crate) const PROBLEM: &str = "holds the character U+0000";

/// The dotted path of the first text or field name that has it. The parser limits the depth of the recursion.
pub(crate) fn field_with_nul(values: &Map<String, Value>) -> Option<String> {
    values.iter().find_map(|(name, value)| if name.contains('\0') { Some(shown(name)) } else { below(name, value) })
}

/// Rejects a message that has it. The fields of `own` are named without a prefix, as in the contract's other errors.
pub(crate) fn refuse_nul(message: &Map<String, Value>, own: Option<&str>) -> Result<(), Malformed> {
    let Some(path) = field_with_nul(message) else { return Ok(()) };
    let bare = own.and_then(|own| path.strip_prefix(own)?.strip_prefix('.')).map(str::to_owned);
    Err(Malformed::OutOfRange {
        field: bare.unwrap_or(path),
        problem: PROBLEM.to_owned(),
        allowed: json!({ "control_characters": false }),
    })
}

fn below(name: &str, value: &Value) -> Option<String> {
    let inner = match value {
        Value::String(text) => return text.contains('\0').then(|| name.to_owned()),
        Value::Object(values) => field_with_nul(values),
        Value::Array(items) => (0..).zip(items).find_map(|(place, item)| below(&format!("{place}"), item)),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    };
    inner.map(|inner| format!("{name}.{inner}"))
}

fn shown(name: &str) -> String {
    name.chars().take(64).filter(|sign| *sign != '\0').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(message: &str) -> Option<String> {
        field_with_nul(serde_json::from_str::<Value>(message).unwrap().as_object().unwrap())
    }

    #[test]
    fn it_is_found_wherever_a_text_may_stand() {
        for (message, path) in [
            (r#"{"a": "x\u0000"}"#, "a"),
            (r#"{"a": {"b": ["x", {"c": "\u0000"}]}}"#, "a.b.1.c"),
            (r#"{"a": {"b\u0000": 1}}"#, "a.b"),
        ] {
            assert_eq!(found(message).as_deref(), Some(path), "{message}");
        }
    }

    #[test]
    fn an_escaped_backslash_before_it_makes_it_plain_text() {
        assert_eq!(found(r#"{"a": "\\u0000", "b": ["\u0001", 0, null]}"#), None);
    }
}
