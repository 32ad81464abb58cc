//! The documents below `docs/` are those that the types make.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use contracts::documents;
use serde_json::Value;

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs")
}

/// Every file below a folder: its path below `root`, and its text.
fn collect(root: &Path, folder: &Path, found: &mut BTreeMap<String, String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, found)?;
        } else {
            let below = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            found.insert(below, fs::read_to_string(&path)?);
        }
    }
    Ok(())
}

#[test]
fn the_files_below_docs_are_up_to_date() {
    let mut written = BTreeMap::new();
    for folder in ["schemas", "asyncapi"] {
        collect(&docs(), &docs().join(folder), &mut written)
            .unwrap_or_else(|error| panic!("docs/{folder}: {error}; run `make docs`"));
    }
    let made: BTreeMap<String, String> = documents().into_iter().collect();
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&written), names(&made), "files are missing or left over; run `make docs`");
    for (path, text) in &made {
        // A checkout may have turned the line ends.
        let written = written[path].replace("\r\n", "\n");
        assert!(written == *text, "docs/{path} is out of date; run `make docs`");
    }
}

#[test]
fn the_documents_are_the_same_each_time() {
    assert_eq!(documents(), documents());
}

#[test]
fn every_schema_is_a_valid_2020_12_schema_without_loose_references() {
    for (path, text) in documents() {
        if !path.ends_with(".json") {
            continue;
        }
        let schema: Value = serde_json::from_str(&text).unwrap();
        assert!(jsonschema::draft202012::meta::is_valid(&schema), "{path}");
        jsonschema::validator_for(&schema).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
}

#[test]
fn the_schemas_of_the_server_allow_no_field_that_they_do_not_name() {
    for (path, text) in documents() {
        let closed = ["server/", "response/", "live_log/request/"];
        if path.starts_with("schemas/") && closed.iter().any(|folder| path.contains(folder)) {
            let schema: Value = serde_json::from_str(&text).unwrap();
            assert_closed(&schema, &path);
        }
    }
}

/// Shorter ones only repeat the name of what they describe.
const FEWEST_WORDS: usize = 3;

fn is_too_short(description: &str) -> bool {
    description.split_whitespace().count() < FEWEST_WORDS
}

#[test]
fn every_published_description_has_three_words_or_more() {
    let mut short = Vec::new();
    for (path, text) in documents() {
        if path.ends_with(".json") {
            collect_short(&serde_json::from_str(&text).unwrap(), &path, &mut short);
        } else {
            let described = |line: &str| {
                let (key, text) = line.trim_start().split_once(": ").unwrap_or_default();
                ["description", "summary"].contains(&key) && text != ">-" && is_too_short(text.trim_matches('"'))
            };
            short.extend(text.lines().filter(|line| described(line)).map(|line| format!("{path}: {line}")));
        }
    }
    assert_eq!(short, [""; 0]);
}

#[test]
fn a_short_description_is_found_at_any_depth() {
    let mut short = Vec::new();
    let field = serde_json::json!({ "anyOf": [{ "properties": { "description": { "description": "How many." } } }] });
    collect_short(&field, "field", &mut short);
    assert_eq!(short, ["field/anyOf/0/properties/description: How many."]);
    let long =
        serde_json::json!({ "description": "The number of pieces.", "items": { "description": "A piece's id." } });
    collect_short(&long, "list", &mut short);
    assert_eq!(short.len(), 1);
}

fn collect_short(schema: &Value, place: &str, short: &mut Vec<String>) {
    match schema {
        Value::Object(fields) => {
            for (key, value) in fields {
                match value.as_str().filter(|text| key == "description" && is_too_short(text)) {
                    Some(text) => short.push(format!("{place}: {text}")),
                    None => collect_short(value, &format!("{place}/{key}"), short),
                }
            }
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| collect_short(item, &format!("{place}/{index}"), short));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Each object that lists its fields is closed, or is a branch of one that is.
fn assert_closed(schema: &Value, place: &str) {
    let Value::Object(fields) = schema else {
        return;
    };
    let closed = ["additionalProperties", "unevaluatedProperties"].iter().any(|keyword| fields.contains_key(*keyword));
    if fields.contains_key("properties") {
        assert!(closed, "{place} is open");
    }
    let below = fields.iter().filter(|(key, _)| *key != "oneOf");
    for (key, value) in below {
        match (key.as_str(), value) {
            ("properties" | "$defs", Value::Object(named)) => {
                named.iter().for_each(|(name, inner)| assert_closed(inner, &format!("{place}/{name}")))
            }
            ("items" | "additionalProperties", inner) => assert_closed(inner, place),
            _ => {}
        }
    }
}
