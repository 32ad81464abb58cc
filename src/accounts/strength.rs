//! Passwords that are too easy to guess. They are refused when a password is chosen; accounts that have one keep it.

use std::sync::LazyLock;

use contracts::battles::error::{Code, Refusal};
use serde_json::json;

/// The 20,000 most common passwords as Django 5.2 has them (`contrib/auth/common-passwords.txt.gz`, by Royce Williams),
/// sorted, in lower case, and without those of fewer than 8 characters, which no account may have anyway.
const LIST: &str = include_str!("common_passwords/list.txt");

static COMMON: LazyLock<Vec<&str>> = LazyLock::new(|| LIST.lines().collect());

/// Checks a new password for an account with this username.
///
/// # Errors
/// `VALIDATION_FAILED` of the field, with `reason` `COMMON_PASSWORD` or `CONTAINS_USERNAME`.
pub(super) fn check(field: &str, password: &str, username: &str) -> Result<(), Refusal> {
    let (password, username) = (password.to_lowercase(), username.to_lowercase());
    if COMMON.binary_search(&password.trim()).is_ok() {
        return Err(weak(field, "COMMON_PASSWORD", "is one of the most common passwords; choose another one"));
    }
    // The reverse is as easy to guess: `alexander` for `alexander1990`.
    if password.contains(&username) || username.contains(&password) {
        return Err(weak(field, "CONTAINS_USERNAME", "must not contain the username, nor be a part of it"));
    }
    Ok(())
}

fn weak(field: &str, reason: &str, problem: &str) -> Refusal {
    let details = json!({ "field": field, "problem": problem, "reason": reason });
    Refusal::with(Code::ValidationFailed, format!("{field} {problem}"), details)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_can_be_searched_and_has_nothing_that_is_refused_anyway() {
        assert!(COMMON.len() > 8_000 && COMMON.is_sorted());
        for common in COMMON.iter() {
            assert!((8..=128).contains(&common.len()) && *common == common.to_lowercase(), "{common}");
        }
    }

    #[test]
    fn common_passwords_and_those_with_the_username_are_weak() {
        let reason = |password: &str, username: &str| {
            let refusal = check("password", password, username).err()?;
            Some(refusal.details?["reason"].as_str()?.to_owned())
        };
        for (password, username, expected) in [
            ("password", "Ann", Some("COMMON_PASSWORD")),
            ("PassWord1", "Ann", Some("COMMON_PASSWORD")),
            (" qwertyuiop ", "Ann", Some("COMMON_PASSWORD")),
            ("iloveyou", "Ann", Some("COMMON_PASSWORD")),
            ("my-aNN-is-nice", "Ann", Some("CONTAINS_USERNAME")),
            ("Horse_99-battery", "horse_99", Some("CONTAINS_USERNAME")),
            ("zebedee-", "Zebedee-1990", Some("CONTAINS_USERNAME")),
            ("Correct-Horse-9", "Ann", None),
            ("名名名名名名名名", "Ann", None),
            ("        ", "Ann", None),
        ] {
            assert_eq!(reason(password, username).as_deref(), expected, "{password} of {username}");
        }
    }
}
