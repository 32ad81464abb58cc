//! Text → JSON object, the same in every contract.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::Malformed;

/// The deepest nesting that the parser accepts.
const MAX_DEPTH: u8 = 127;

/// Reads a message.
pub(crate) fn parse(text: &str) -> Result<Map<String, Value>, Malformed> {
    match serde_json::from_str(text) {
        Ok(Value::Object(message)) => Ok(message),
        Ok(_) => Err(Malformed::NotJson { reason: "The message must be a JSON object".to_owned() }),
        Err(error) => Err(unreadable(error.to_string())),
    }
}

/// Classifies a parser error. The parser distinguishes the kinds only by their texts; `decode` tests pin them.
fn unreadable(reason: String) -> Malformed {
    if reason.starts_with("number out of range") {
        return Malformed::OutOfRange {
            field: "message".to_owned(),
            problem: "has a number that is too large".to_owned(),
            allowed: json!({ "min": f64::MIN, "max": f64::MAX }),
        };
    }
    if reason.starts_with("recursion limit exceeded") {
        return Malformed::TooDeep { max_depth: MAX_DEPTH };
    }
    Malformed::NotJson { reason }
}

/// As much of a text as is worth repeating in an error.
pub(crate) fn shortened(text: &str) -> String {
    text.chars().take(64).collect()
}

/// A hash of a request. It is stored, so it is the same in every version of the program.
pub(crate) fn digest(event: &str, data: Option<&Value>) -> u64 {
    let text = data.map(Value::to_string).unwrap_or_default();
    let hash = Sha256::new().chain_update(event).chain_update([0]).chain_update(text).finalize();
    hash.iter().take(8).fold(0, |digest, byte| digest << 8 | u64::from(*byte))
}
