//! Reading the fields of a message, with a precise error for each way in which one can be wrong.

use game_rules::Declaration;
use serde_json::{Map, Value, json};
use vocabulary::{ChatRequest, InvalidName, Name};

use crate::Malformed;

/// The fields of one JSON object, and its own name for errors.
pub(crate) struct Fields<'a> {
    values: &'a Map<String, Value>,
    path: String,
}

impl<'a> Fields<'a> {
    /// The fields of the message's `data`.
    pub(crate) fn new(values: &'a Map<String, Value>) -> Self {
        Self { values, path: String::new() }
    }

    /// The fields of an object further down; the path ends in a dot.
    pub(crate) fn below(values: &'a Map<String, Value>, path: String) -> Self {
        Self { values, path }
    }

    /// The field's full name.
    pub(crate) fn path(&self, field: &str) -> String {
        format!("{}{field}", self.path)
    }

    /// Checks that all of these are present, so that one error names all that are missing.
    pub(crate) fn require(&self, fields: &[&str]) -> Result<(), Malformed> {
        let missing: Vec<String> =
            fields.iter().filter(|field| self.get(field).is_none()).map(|field| self.path(field)).collect();
        if missing.is_empty() {
            return Ok(());
        }
        Err(Malformed::MissingFields { fields: missing, received: without_secrets(self.values) })
    }

    /// The field, unless it is missing or null.
    pub(crate) fn get(&self, field: &str) -> Option<&'a Value> {
        self.values.get(field).filter(|value| !value.is_null())
    }

    /// Whether the field is there and null.
    pub(crate) fn is_null(&self, field: &str) -> bool {
        self.values.get(field).is_some_and(Value::is_null)
    }

    fn required(&self, field: &str) -> Result<&'a Value, Malformed> {
        self.require(&[field])?;
        Ok(self.get(field).unwrap_or(&Value::Null))
    }

    /// A required text.
    pub(crate) fn text(&self, field: &str) -> Result<&'a str, Malformed> {
        let value = self.required(field)?;
        value.as_str().ok_or_else(|| self.wrong_type(field, "string", value))
    }

    /// An optional text.
    pub(crate) fn optional_text(&self, field: &str) -> Result<Option<&'a str>, Malformed> {
        self.get(field).map(|value| value.as_str().ok_or_else(|| self.wrong_type(field, "string", value))).transpose()
    }

    /// A required name.
    pub(crate) fn name(&self, field: &str) -> Result<Name, Malformed> {
        self.checked_name(field, Name::parse(self.text(field)?))
    }

    /// A required name that is only compared with an existing one, which may follow older rules for names.
    pub(crate) fn known_name(&self, field: &str) -> Result<Name, Malformed> {
        let text = self.text(field)?.trim();
        let is_possible = (1..=Name::MAX_CHARS).contains(&text.chars().count());
        self.checked_name(
            field,
            Name::parse(text).or_else(|invalid| if is_possible { Ok(Name::stored(text)) } else { Err(invalid) }),
        )
    }

    /// An optional name of a person.
    pub(crate) fn optional_person(&self, field: &str) -> Result<Option<Name>, Malformed> {
        let name = self.optional_text(field)?.map(Name::of_person);
        name.map(|name| self.checked_name(field, name)).transpose()
    }

    fn checked_name(&self, field: &str, name: Result<Name, InvalidName>) -> Result<Name, Malformed> {
        name.map_err(|invalid| Malformed::OutOfRange {
            field: self.path(field),
            problem: invalid.to_string(),
            allowed: json!({ "min_length": 1, "max_length": Name::MAX_CHARS, "control_characters": false,
                "invisible_characters": false }),
        })
    }

    /// A required text that someone says: 1 to 2,000 characters after trimming, no control characters but line breaks and
    /// tabs.
    pub(crate) fn said(&self, field: &str) -> Result<String, Malformed> {
        let text = self.text(field)?.trim();
        let chars = text.chars().count();
        let control = text.chars().any(|sign| sign.is_control() && !matches!(sign, '\n' | '\t'));
        if (1..=ChatRequest::MAX_CHARS).contains(&chars) && !control {
            return Ok(text.to_owned());
        }
        let problem = if control {
            "holds a control character".to_owned()
        } else {
            format!("has {chars} characters, not 1 to {}", ChatRequest::MAX_CHARS)
        };
        let allowed = json!({ "min_length": 1, "max_length": ChatRequest::MAX_CHARS, "control_characters": false });
        Err(Malformed::OutOfRange { field: self.path(field), problem, allowed })
    }

    /// An optional flag.
    pub(crate) fn optional_flag(&self, field: &str) -> Result<Option<bool>, Malformed> {
        self.get(field).map(|value| value.as_bool().ok_or_else(|| self.wrong_type(field, "boolean", value))).transpose()
    }

    /// A required whole number between these two, both included.
    pub(crate) fn integer(&self, field: &str, min: u64, max: u64) -> Result<u64, Malformed> {
        let value = self.required(field)?;
        self.whole(field, value, min, max)
    }

    /// An optional whole number between these two, both included.
    pub(crate) fn optional_integer(&self, field: &str, min: u64, max: u64) -> Result<Option<u64>, Malformed> {
        self.get(field).map(|value| self.whole(field, value, min, max)).transpose()
    }

    /// A required number of piles, 0 to 8.
    pub(crate) fn declaration(&self, field: &str) -> Result<Declaration, Malformed> {
        let number = self.integer(field, 0, 8)?;
        Ok(u8::try_from(number).ok().and_then(Declaration::new).unwrap_or_default())
    }

    /// A required number of any kind.
    pub(crate) fn number(&self, field: &str) -> Result<f64, Malformed> {
        let value = self.required(field)?;
        value.as_f64().ok_or_else(|| self.wrong_type(field, "number", value))
    }

    /// An optional number of any kind.
    pub(crate) fn optional_number(&self, field: &str) -> Result<Option<f64>, Malformed> {
        self.get(field).map(|value| value.as_f64().ok_or_else(|| self.wrong_type(field, "number", value))).transpose()
    }

    /// A required list.
    pub(crate) fn list(&self, field: &str) -> Result<&'a [Value], Malformed> {
        let value = self.required(field)?;
        value.as_array().map(Vec::as_slice).ok_or_else(|| self.wrong_type(field, "array", value))
    }

    /// A required object.
    pub(crate) fn object(&self, field: &str) -> Result<Fields<'a>, Malformed> {
        let missing = || Malformed::MissingFields { fields: vec![self.path(field)], received: Value::Null };
        self.optional_object(field)?.ok_or_else(missing)
    }

    /// An optional object.
    pub(crate) fn optional_object(&self, field: &str) -> Result<Option<Fields<'a>>, Malformed> {
        let Some(value) = self.get(field) else {
            return Ok(None);
        };
        let values = value.as_object().ok_or_else(|| self.wrong_type(field, "object", value))?;
        Ok(Some(Fields { values, path: format!("{}{field}.", self.path) }))
    }

    /// An optional word from a closed list.
    pub(crate) fn optional_word<T: Copy>(
        &self,
        field: &str,
        words: &[(&'static str, T)],
    ) -> Result<Option<T>, Malformed> {
        let Some(text) = self.optional_text(field)? else {
            return Ok(None);
        };
        match words.iter().find(|(word, _)| *word == text) {
            Some((_, value)) => Ok(Some(*value)),
            None => Err(Malformed::OutOfRange {
                field: self.path(field),
                problem: "is none of the known words".to_owned(),
                allowed: words.iter().map(|(word, _)| *word).collect(),
            }),
        }
    }

    /// A required word from a closed list.
    pub(crate) fn word<T: Copy>(&self, field: &str, words: &[(&'static str, T)]) -> Result<T, Malformed> {
        self.require(&[field])?;
        // The caller has checked it with `require`.
        let missing = || Malformed::MissingFields { fields: vec![self.path(field)], received: Value::Null };
        self.optional_word(field, words)?.ok_or_else(missing)
    }

    fn whole(&self, field: &str, value: &Value, min: u64, max: u64) -> Result<u64, Malformed> {
        let Some(number) = value.as_f64().filter(|number| number.fract() == 0.0) else {
            return Err(self.wrong_type(field, "integer", value));
        };
        // JSON does not distinguish 3 from 3.0. Beyond 53 bits a float is not the number that was written.
        let exact = 0.0..=9_007_199_254_740_992.0;
        let whole = match value.as_u64() {
            None if exact.contains(&number) => Some(number as u64),
            whole => whole,
        };
        whole.filter(|whole| (min..=max).contains(whole)).ok_or_else(|| self.beyond(field, min, max))
    }

    /// The error for a whole number, or a list of them, outside these two.
    pub(crate) fn beyond(&self, field: &str, min: u64, max: u64) -> Malformed {
        Malformed::OutOfRange {
            field: self.path(field),
            problem: format!("is not between {min} and {max}"),
            allowed: json!({ "min": min, "max": max }),
        }
    }

    /// The error for a field of another type.
    pub(crate) fn wrong_type(&self, field: &str, expected: &'static str, value: &Value) -> Malformed {
        Malformed::WrongType { field: self.path(field), expected, received: type_name(value) }
    }
}

/// The received fields for an error, without secrets: errors end up in logs and on screens.
fn without_secrets(values: &Map<String, Value>) -> Value {
    let shown = values.iter().map(|(field, value)| {
        let value = match value {
            _ if field == "session_token" => Value::from("(hidden)"),
            Value::Object(inner) => without_secrets(inner),
            Value::Array(_) if mentions_secret(value) => Value::from("(hidden)"),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => value.clone(),
        };
        (field.clone(), value)
    });
    Value::Object(shown.collect())
}

/// Whether a list holds a secret at any depth; no message of any contract has such a list.
fn mentions_secret(value: &Value) -> bool {
    match value {
        Value::Object(fields) => fields.iter().any(|(field, value)| field == "session_token" || mentions_secret(value)),
        Value::Array(items) => items.iter().any(mentions_secret),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// The JSON name of a value's type.
pub(crate) fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
