//! The JSON Schemas of `docs/schemas`, each for a whole message or body; the tests of every contract use them.

use std::{
    collections::{HashMap, HashSet},
    hash::{BuildHasher, RandomState},
    path::PathBuf,
    sync::{Arc, LazyLock, Mutex},
};

use jsonschema::Validator;
use serde_json::Value;

/// Compiled schemas by file, and the hashes of texts that were found right: an event that four people hear is checked once.
#[derive(Default)]
struct Checked {
    schemas: HashMap<String, Arc<Validator>>,
    right: HashSet<u64>,
}

static CHECKED: LazyLock<Mutex<Checked>> = LazyLock::new(Mutex::default);
static HASHER: LazyLock<RandomState> = LazyLock::new(RandomState::new);

/// Holds a JSON text against the schema at this path below `docs/schemas`, without its `.json`.
#[track_caller]
pub(crate) fn check(path: &str, text: &str, message: &Value) {
    let hash = HASHER.hash_one((path, text));
    let schema = {
        let mut checked = CHECKED.lock().unwrap();
        if checked.right.contains(&hash) {
            return;
        }
        let name = format!("{path}.json");
        Arc::clone(checked.schemas.entry(name).or_insert_with_key(|name| Arc::new(compile(name))))
    };
    if let Some(wrong) = schema.iter_errors(message).next() {
        panic!("{path} is broken at `{}`: {wrong}\n{text}", wrong.instance_path());
    }
    CHECKED.lock().unwrap().right.insert(hash);
}

fn compile(name: &str) -> Validator {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/schemas").join(name);
    let text =
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("no schema at {}: {error}", path.display()));
    let schema = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    jsonschema::validator_for(&schema).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
