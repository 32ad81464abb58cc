//! Text → JSON object, the same in every contract that is spoken in messages.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::Malformed;

/// How deep the parser follows objects and lists in each other.
const MAX_DEPTH: u8 = 127;

/// Reads a message.
pub(crate) fn parse(text: &str) -> Result<Map<String, Value>, Malformed> {
    match serde_json::from_str(text) {
        Ok(Value::Object(message)) => Ok(message),
        Ok(_) => Err(Malformed::NotJson { reason: "the message must be an object".to_owned() }),
        Err(error) => Err(unreadable(error.to_string())),
    }
}

/// What the parser's refusal means. It tells its kinds apart only in words; `decode` tests pin them.
fn unreadable(reason: String) -> Malformed {
    if reason.starts_with("number out of range") {
        return Malformed::OutOfRange {
            field: "message".to_owned(),
            problem: "holds a number that no client and server can both hold".to_owned(),
            allowed: json!({ "min": f64::MIN, "max": f64::MAX }),
        };
    }
    if reason.starts_with("recursion limit exceeded") {
        return Malformed::TooDeep { max_depth: MAX_DEPTH };
    }
    Malformed::NotJson { reason }
}

/// The same for the same request, in every version of the program: it outlives the process.
pub(crate) fn digest(event: &str, data: Option<&Value>) -> u64 {
    let text = data.map(Value::to_string).unwrap_or_default();
    let hash = Sha256::new().chain_update(event).chain_update([0]).chain_update(text).finalize();
    hash.iter().take(8).fold(0, |digest, byte| digest << 8 | u64::from(*byte))
}
