//! What is wrong with a message, as a field and an issue: the form of several contracts. The received values are not
//! repeated.

use serde_json::{Map, Value};

use crate::Malformed;

/// What is wrong with a message.
pub(crate) struct Flaw {
    /// The path of the wrong field, with dots; `None` if it is the message itself.
    field: Option<String>,
    /// What is wrong; the text follows the field's name in a sentence.
    issue: String,
    /// The allowed values, if there is a list or a range.
    allowed: Option<Value>,
}

impl Flaw {
    /// One sentence for people.
    pub(crate) fn sentence(&self) -> String {
        format!("{} {}", self.field.as_deref().unwrap_or("the message"), self.issue)
    }

    /// `{field, issue, allowed}`, without those that are `None`.
    pub(crate) fn details(self) -> Value {
        let field = self.field.map(|field| ("field", Value::from(field)));
        let issue = Some(("issue", Value::from(self.issue)));
        let allowed = self.allowed.map(|allowed| ("allowed", allowed));
        let facts = [field, issue, allowed].into_iter().flatten();
        Value::Object(facts.map(|(name, fact)| (name.to_owned(), fact)).collect::<Map<_, _>>())
    }
}

impl From<&Malformed> for Flaw {
    fn from(malformed: &Malformed) -> Self {
        let of = |field: &str, issue: String| Self { field: Some(field.to_owned()), issue, allowed: None };
        let whole = |issue: &str| Self { field: None, issue: issue.to_owned(), allowed: None };
        match malformed {
            Malformed::NotJson { .. } => whole("is no JSON object"),
            Malformed::TooDeep { max_depth } => whole(&format!("has more than {max_depth} levels")),
            Malformed::Binary => whole("is binary; only text is accepted"),
            Malformed::NoEvent => of("type", "is missing or no text".to_owned()),
            Malformed::UnknownEvent { event, .. } => of("type", format!("is {event:?}, which nobody knows")),
            Malformed::MissingFields { fields, .. } => match fields.as_slice() {
                [only] => of(only, "is missing".to_owned()),
                several => of(&several.join(", "), "are missing".to_owned()),
            },
            Malformed::WrongType { field, expected, received } => {
                of(field, format!("must be of type {expected} and is of type {received}"))
            }
            Malformed::OutOfRange { field, problem, allowed } => {
                Self { allowed: Some(allowed.clone()), ..of(field, problem.clone()) }
            }
            Malformed::UnsupportedVersion { .. } => of("version", "is not supported".to_owned()),
        }
    }
}
