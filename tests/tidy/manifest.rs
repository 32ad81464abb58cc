//! The checks on manifests: what a crate may depend on, and that it takes the lints of the workspace.

use crate::{checks::File, source};

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

/// The dependencies of a crate on crates that are not below it; those of tests and build scripts count too.
pub(crate) fn upward_dependencies(manifest: &File) -> Vec<String> {
    let path = &manifest.path;
    let package = value_of(&manifest.text, "package", "name").unwrap_or_default();
    let Some((_, below)) = FLOORS.iter().find(|(name, _)| *name == package) else {
        return vec![format!("{path}:1: `{package}` has no floor; give it one in tests/tidy/manifest.rs")];
    };
    let is_ours = |name: &str| FLOORS.iter().any(|(ours, _)| *ours == name);
    let upward = dependencies(&manifest.text).into_iter().filter(|(_, name)| is_ours(name) && !below.contains(name));
    upward
        .map(|(line, name)| format!("{path}:{line}: `{package}` may not depend on `{name}`, which is not below it"))
        .collect()
}

pub(crate) fn lints_of_its_own(manifest: &File) -> Option<String> {
    let shared = value_of(&manifest.text, "lints", "workspace") == Some("true");
    (!shared).then(|| format!("{}:1: `[lints] workspace = true` is missing", manifest.path))
}

/// The members that the workspace's manifest lists, as paths of their manifests; the root's own comes first.
pub(crate) fn manifest_paths(root: &str) -> Vec<String> {
    let (_, behind) = root.split_once("members = [").unwrap_or_default();
    let (members, _) = behind.split_once(']').unwrap_or_default();
    let members = members.split('"').skip(1).step_by(2).map(|member| format!("{member}/Cargo.toml"));
    std::iter::once("Cargo.toml".to_owned()).chain(members).collect()
}

/// The names that the dependency tables of a manifest hold, with their lines; a renamed package by its own name too.
fn dependencies(manifest: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (line, table, text) in tabled_lines(manifest) {
        let of_one = table.rsplit_once('.').filter(|(above, _)| holds_dependencies(above));
        if !holds_dependencies(table) && of_one.is_none() {
            continue;
        }
        let name = match of_one {
            Some((_, name)) => text.starts_with('[').then_some(name),
            None => text.split_once('=').map(|(key, _)| key.split('.').next().unwrap_or_default().trim()),
        };
        found.extend(name.map(|name| (line, name)));
        found.extend(renamed(text).map(|name| (line, name)));
    }
    found
}

/// The package behind a dependency that has a name of its own: `package = "bots"`, alone or in an inline table.
fn renamed(text: &str) -> Option<&str> {
    let at = source::words(text, "package").next()?;
    text[at..].split('"').nth(1)
}

fn holds_dependencies(table: &str) -> bool {
    let kind = table.rsplit('.').next().unwrap_or_default();
    !table.starts_with("workspace") && ["dependencies", "dev-dependencies", "build-dependencies"].contains(&kind)
}

fn value_of<'a>(manifest: &'a str, table: &str, key: &str) -> Option<&'a str> {
    let of_table = tabled_lines(manifest).filter(|(_, name, _)| *name == table);
    let mut pairs = of_table.filter_map(|(_, _, text)| text.split_once('='));
    pairs.find(|(name, _)| name.trim() == key).map(|(_, value)| value.trim().trim_matches('"'))
}

/// Every line that is not a comment with its number and the table it belongs to; a table's header belongs to it.
fn tabled_lines(manifest: &str) -> impl Iterator<Item = (usize, &str, &str)> {
    let mut table = "";
    let lines = manifest.lines().map(str::trim).enumerate().filter(|(_, line)| !line.starts_with('#'));
    lines.map(move |(at, line)| {
        if let Some(header) = line.strip_prefix('[') {
            table = header.trim_end_matches(']');
        }
        (at + 1, table, line)
    })
}
