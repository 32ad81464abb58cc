//! The checks on manifests, as Cargo reads them: what a crate may depend on, and that it takes the workspace's lints.

use cargo_metadata::{DependencyKind, Package};

use crate::checks::File;

/// Each crate of ours with the floors below it, which are all that it may use of ours.
const FLOORS: [(&str, &[&str]); 9] = [
    ("game_rules", &[]),
    ("vocabulary", &["game_rules"]),
    ("bots", &["vocabulary", "game_rules"]),
    ("store", &["vocabulary", "game_rules"]),
    ("contracts", &["vocabulary", "game_rules"]),
    ("chronicle", &["vocabulary", "game_rules"]),
    ("actors", &["chronicle", "contracts", "store", "bots", "vocabulary", "game_rules"]),
    ("clients", &["contracts", "bots", "vocabulary", "game_rules"]),
    ("liap-tui", &["actors", "chronicle", "clients", "contracts", "store", "bots", "vocabulary", "game_rules"]),
];

/// What the rules and the bots must be free of, beside the modules of `std`: I/O, async, log.
const OUTSIDE_WORLD: [&str; 8] =
    ["tokio", "actix", "actix-rt", "actix-web", "actix-http", "actix-web-actors", "log", "env_logger"];

/// A crate that another one depends on: its name, and whether only tests, examples and benches use it.
pub(crate) struct Dependency {
    pub(crate) name: String,
    pub(crate) of_tests: bool,
}

/// The dependencies of a crate, under their own names even if it renames them.
pub(crate) fn dependencies(package: &Package) -> Vec<Dependency> {
    let described = |dependency: &cargo_metadata::Dependency| Dependency {
        name: dependency.name.clone(),
        of_tests: dependency.kind == DependencyKind::Development,
    };
    package.dependencies.iter().map(described).collect()
}

/// The dependencies of a crate on crates that are not below it; those of tests and build scripts count too.
pub(crate) fn upward_dependencies(package: &str, dependencies: &[Dependency]) -> Vec<String> {
    let Some((_, below)) = FLOORS.iter().find(|(name, _)| *name == package) else {
        return vec![format!("`{package}` has no floor; give it one in tests/tidy/manifest.rs")];
    };
    let is_ours = |name: &str| FLOORS.iter().any(|(ours, _)| *ours == name);
    let upward = dependencies.iter().filter(|used| is_ours(&used.name) && !below.contains(&used.name.as_str()));
    upward.map(|used| format!("`{package}` may not depend on `{}`, which is not below it", used.name)).collect()
}

/// The dependencies of a crate that its code may not use: a clock, I/O, async and a log in the rules and the bots, JSON
/// below the contracts, and the WebSocket library outside `actors`.
pub(crate) fn forbidden_dependencies(package: &str, dependencies: &[Dependency]) -> Vec<String> {
    let is_pure = ["game_rules", "bots"].contains(&package);
    let is_below_json = is_pure || package == "vocabulary";
    let is_forbidden = |used: &&Dependency| match used.name.as_str() {
        "actix-web-actors" => package != "actors",
        "serde_json" => is_below_json && !used.of_tests,
        name => is_pure && !used.of_tests && OUTSIDE_WORLD.contains(&name),
    };
    let forbidden = dependencies.iter().filter(is_forbidden);
    forbidden.map(|used| format!("`{package}` may not depend on `{}`", used.name)).collect()
}

pub(crate) fn lints_of_its_own(manifest: &File) -> Option<String> {
    let shared = manifest.text.contains("\n[lints]\nworkspace = true\n");
    (!shared).then(|| format!("{}:1: `[lints] workspace = true` is missing", manifest.path))
}
