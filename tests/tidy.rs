//! What the house rules say of the sources themselves, kept by tests: floors, circles of modules, forbidden names, sizes,
//! first lines, left-overs, lints, links. Every check is a function in `tidy/checks.rs`, `manifest.rs`, `modules.rs` or
//! `links.rs`; `snippets.rs` shows that it can fail. How long a function may be is a lint (`clippy.toml`).

#[path = "tidy/checks.rs"]
mod checks;
#[path = "tidy/links.rs"]
mod links;
#[path = "tidy/manifest.rs"]
mod manifest;
#[path = "tidy/modules.rs"]
mod modules;
#[path = "tidy/snippets.rs"]
mod snippets;
#[path = "tidy/source.rs"]
mod source;

use std::{fs, io, path::Path};

use cargo_metadata::{MetadataCommand, Package};
use checks::File;
use manifest::Dependency;

/// What others wrote or a tool made.
const SKIPPED: [&str; 5] = ["target", ".git", "node_modules", "dist", "protocol"];
const RUST: [&str; 1] = ["rs"];
const CODE: [&str; 3] = ["rs", "ts", "tsx"];
const SOURCES: [&str; 9] = ["rs", "ts", "tsx", "css", "html", "js", "mjs", "sh", "toml"];

#[test]
fn a_crate_depends_only_on_the_floors_below_it() {
    nothing(of_every_crate(manifest::upward_dependencies));
}

#[test]
fn no_crate_depends_on_what_its_code_may_not_use() {
    nothing(of_every_crate(manifest::forbidden_dependencies));
}

#[test]
fn no_modules_import_one_another_in_a_circle() {
    nothing(modules::offences(&files(&RUST)).into_iter());
}

#[test]
fn every_crate_takes_the_lints_of_the_workspace() {
    let manifest = |package: &Package| package.manifest_path.as_str().to_owned();
    let manifests = packages().into_iter().map(|package| manifest(&package));
    let manifests: Vec<File> = manifests.map(|path| File { text: read(&path), path }).collect();
    nothing(manifests.iter().filter_map(manifest::lints_of_its_own));
}

#[test]
fn only_the_socket_file_names_the_websocket_library() {
    nothing(files(&RUST).iter().flat_map(checks::websocket_library));
}

#[test]
fn the_rules_and_the_bots_know_no_clock_and_no_io() {
    nothing(files(&RUST).iter().flat_map(checks::outside_world));
}

#[test]
fn no_file_is_too_long_to_read() {
    nothing(files(&CODE).iter().filter_map(checks::long_file));
}

#[test]
fn every_file_begins_with_what_it_is() {
    nothing(files(&RUST).iter().filter_map(checks::first_line));
}

#[test]
fn no_file_or_module_has_a_name_that_says_nothing() {
    nothing(files(&CODE).iter().flat_map(checks::empty_names));
}

#[test]
fn nothing_is_left_for_later() {
    nothing(files(&SOURCES).iter().flat_map(checks::left_for_later));
}

#[test]
fn every_link_between_documents_leads_to_a_file() {
    let exists = |path: &str| root().join(path).exists();
    nothing(files(&["md"]).iter().flat_map(|file| links::dead_links(file, exists)));
}

fn nothing(offences: impl Iterator<Item = String>) {
    let offences: Vec<String> = offences.collect();
    assert!(offences.is_empty(), "{} offences:\n{}", offences.len(), offences.join("\n"));
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a check finds in the dependencies of the workspace's crates.
fn of_every_crate(check: fn(&str, &[Dependency]) -> Vec<String>) -> impl Iterator<Item = String> {
    packages().into_iter().flat_map(move |package| check(&package.name, &manifest::dependencies(&package)))
}

fn packages() -> Vec<Package> {
    let read = MetadataCommand::new().current_dir(root()).no_deps().exec();
    read.unwrap_or_else(|error| panic!("the workspace can't be read: {error}")).packages
}

/// Every file of the repository with one of these extensions, and `Makefile` and the like among the sources.
fn files(extensions: &[&str]) -> Vec<File> {
    let mut paths = Vec::new();
    walk(root(), &mut paths).unwrap_or_else(|error| panic!("the repository can't be read: {error}"));
    let scripts = ["Makefile", ".ci/run"];
    let is_asked_for = |path: &String| {
        let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
        extensions.contains(&extension) || extensions.contains(&"sh") && scripts.contains(&path.as_str())
    };
    let found: Vec<File> =
        paths.into_iter().filter(is_asked_for).map(|path| File { text: read(&path), path }).collect();
    assert!(!found.is_empty(), "no file of {extensions:?} was found: the walk is broken");
    found
}

fn walk(folder: &Path, paths: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if SKIPPED.iter().any(|name| entry.file_name() == *name) {
            continue;
        }
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            walk(&path, paths)?;
        } else if let Ok(relative) = path.strip_prefix(root()) {
            paths.push(relative.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(())
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path} can't be read: {error}"))
}
