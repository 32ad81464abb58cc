//! Shows every check an offence and its innocent neighbour: a check that can't fail keeps nothing.

use crate::{
    checks::{self, File},
    links, manifest, modules,
    source::{self, Function},
};

fn file(path: &str, text: &str) -> File {
    File { path: path.to_owned(), text: text.to_owned() }
}

/// A function of `lines` lines of code, among blank lines and comments that do not count.
fn function_of(lines: usize) -> String {
    format!("fn long() {{\n\n    // why\n{}}}\n", "    step();\n".repeat(lines - 2))
}

#[test]
fn comments_and_literals_are_not_code() {
    let text = "a /* b /* c */ \" */ \"d \\\" // e\" 'f' '\\'' b\"g\" r#\"h \" i\"# br\"j\" r#k 'l: // m\nn";
    let code = source::code_only(text);
    assert_eq!(code.split_whitespace().collect::<Vec<_>>(), ["a", "b", "r#k", "'l:", "n"]);
    assert_eq!(code.chars().count(), text.chars().count());
}

#[test]
fn a_function_ends_with_its_brace() {
    let text = "fn a(x: [u8; 2]) -> [u8; 2] {\n    // {\n    \"}\"; '{';\n\n    fn b() {}\n}\ntrait T { fn c(); }\ntype P = fn(u8);";
    let found = |name: &str, line, code_lines| Function { name: name.to_owned(), line, code_lines };
    assert_eq!(source::functions(&source::code_only(text)), [found("a", 1, 4), found("b", 5, 1)]);
}

#[test]
fn a_long_function_is_found_and_one_at_the_bound_is_not() {
    let offences = checks::long_functions(&file("src/a.rs", &function_of(checks::MOST_LINES_OF_A_FUNCTION + 1)));
    assert_eq!(offences, ["src/a.rs:1: `long` has 61 lines; a function may have 60"]);
    assert!(checks::long_functions(&file("src/a.rs", &function_of(checks::MOST_LINES_OF_A_FUNCTION))).is_empty());
}

#[test]
fn a_long_file_is_found_and_one_at_the_bound_is_not() {
    let with_lines = |lines| file("web/src/a.ts", &"x\n".repeat(lines));
    assert!(checks::long_file(&with_lines(checks::MOST_LINES_OF_A_FILE + 1)).is_some());
    assert!(checks::long_file(&with_lines(checks::MOST_LINES_OF_A_FILE)).is_none());
}

#[test]
fn the_websocket_library_is_found_outside_its_file() {
    let text = "//! Not `actix_web_actors`.\nuse actix_web_actors::ws;\n";
    let offences = checks::websocket_library(&file("actors/src/session/mod.rs", text));
    assert_eq!(offences.len(), 1);
    assert!(offences[0].starts_with("actors/src/session/mod.rs:2: "));
    assert!(checks::websocket_library(&file("actors/src/session/socket.rs", text)).is_empty());
}

#[test]
fn clocks_files_and_logs_are_found_in_the_rules_and_the_bots() {
    let found = |text: &str| checks::outside_world(&file("bots/src/easy.rs", text)).len();
    for text in [
        "let now = std::time::Instant::now();",
        "use std::{collections::{BTreeMap, BTreeSet}, fs};",
        "use ::std :: net::TcpStream;",
        "use tokio::time;",
        "use actix::prelude::*;",
        "log::info!(\"dealt\");",
        "use log;",
    ] {
        assert_eq!(found(text), 1, "{text}");
    }
    for text in [
        "use std::{collections::{fs, time}, fmt};",
        "let log = score.log(2.0); crate::log::x();",
        "// std::time::Instant",
        "#[cfg(test)]\nmod tests {\n    use std::fs;\n}",
    ] {
        assert_eq!(found(text), 0, "{text}");
    }
    assert!(checks::outside_world(&file("game_rules/tests/golden.rs", "use std::fs;")).is_empty());
    assert_eq!(checks::outside_world(&file("game_rules/src/a.rs", "#[cfg(test)]\nuse x;\nuse std::fs;")).len(), 1);
}

#[test]
fn json_is_found_below_the_contracts() {
    let found = |path| checks::json_below_the_contracts(&file(path, "let text = serde_json::to_string(&id)?;")).len();
    for path in ["game_rules/src/record.rs", "bots/src/lib.rs", "vocabulary/src/id.rs"] {
        assert_eq!(found(path), 1, "{path}");
    }
    for path in
        ["game_rules/tests/golden.rs", "bots/benches/a.rs", "game_rules/examples/golden.rs", "contracts/src/lib.rs"]
    {
        assert_eq!(found(path), 0, "{path}");
    }
}

#[test]
fn a_missing_first_line_is_found() {
    for text in ["", "use std::fmt;\n//! Late.\n", "//!\n", "// Why.\n", "\n//! Late.\n"] {
        assert!(checks::first_line(&file("src/a.rs", text)).is_some(), "{text:?}");
    }
    assert!(checks::first_line(&file("src/a.rs", "//! What it is.\n")).is_none());
}

#[test]
fn names_that_say_nothing_are_found_in_paths_and_modules() {
    let found = |path, text| checks::empty_names(&file(path, text)).len();
    assert_eq!(found("src/utils.rs", ""), 1);
    assert_eq!(found("web/src/common/a.ts", ""), 1);
    assert_eq!(found("src/a.rs", "pub(crate) mod helpers {}"), 1);
    assert_eq!(found("src/database.rs", "mod information;\n// mod data;\nlet data = info;"), 0);
}

#[test]
fn what_is_left_for_later_is_found() {
    let found = |text: String| checks::left_for_later(&file("src/a.rs", &text)).len();
    for text in [
        "// TO#DO: later",
        "/* FIX#ME */",
        "XX#X",
        "to#do!()",
        "unimplem#ented![]",
        "db#g!(x)",
        "#[ig#nore]",
        "#[ig#nore = \"slow\"]",
    ] {
        let (front, back) = text.rsplit_once('#').unwrap_or_default();
        assert_eq!(found(format!("{front}{back}")), 1, "{text}");
    }
    assert_eq!(found("XX".repeat(2)), 0);
    assert_eq!(found("TO#DO_LIST, mytodo".replace('#', "")), 0);
}

#[test]
fn a_dependency_upwards_is_found_in_every_form() {
    let found = |table: &str| {
        let text = format!("[package]\nname = \"vocabulary\"\n\n{table}\n");
        manifest::upward_dependencies(&file("vocabulary/Cargo.toml", &text))
    };
    for table in [
        "[dependencies]\nbots.workspace = true",
        "[dependencies]\nbots = { path = \"../bots\" }",
        "[dependencies]\nbrains = { package = \"bots\", path = \"../bots\" }",
        "[dev-dependencies]\ncontracts = { workspace = true }",
        "[dependencies.actors]\nworkspace = true",
        "[dependencies.cast]\npackage = \"actors\"\nversion = \"1\"",
        "[target.'cfg(unix)'.build-dependencies]\nstore.workspace = true",
    ] {
        assert_eq!(found(table).len(), 1, "{table}");
    }
    assert_eq!(found("[dependencies]\ngame_rules.workspace = true\n# bots = \"1\"\nserde = \"1\""), [""; 0]);
    let offence = found("[dependencies]\nactors.workspace = true");
    assert_eq!(offence, ["vocabulary/Cargo.toml:5: `vocabulary` may not depend on `actors`, which is not below it"]);
}

/// The circles in crate `a` with these modules.
fn circles(modules: &[(&str, &str)]) -> Vec<String> {
    let files: Vec<File> = modules.iter().map(|(path, text)| file(&format!("a/src/{path}"), text)).collect();
    let found = modules::circles(&files).into_iter();
    found.map(|circle| format!("{}: {}", circle.folder, Vec::from_iter(circle.modules).join(" "))).collect()
}

#[test]
fn modules_that_import_one_another_are_found_in_every_form() {
    for (text, lib) in [
        ("use crate::c::X;", ""),
        ("use crate::{\n    c::{X, Y as Z},\n    d,\n};", ""),
        ("pub(crate) use super::c;", ""),
        ("fn f() -> crate::c::X {}", ""),
        ("use crate::X;", "pub use c::X;"),
        ("use crate::Y;", "pub(crate) use self::c::{X as Y};"),
    ] {
        let found = circles(&[("lib.rs", lib), ("b.rs", text), ("c/mod.rs", "mod e;"), ("c/e.rs", "use crate::b::B;")]);
        assert_eq!(found, ["a/src: b c"], "{text}");
    }
    let three = [("b.rs", "use super::c::X;"), ("c.rs", "use super::d::X;"), ("d.rs", "use super::b::X;")];
    assert_eq!(circles(&three), ["a/src: b c d"]);
    let inside = [("b/mod.rs", ""), ("b/c.rs", "use super::d::X;"), ("b/d.rs", "use crate::b::c::X;")];
    assert_eq!(circles(&inside), ["a/src/b: c d"]);
}

#[test]
fn modules_that_may_use_one_another_are_no_circle() {
    for text in [
        "use crate::d::X;",
        "use c::X;",
        "#[cfg(test)]\nmod tests {\n    use crate::c::X;\n}",
        "// use crate::c::X;",
        "fn f() -> impl Send + use<> {}",
    ] {
        let found =
            circles(&[("lib.rs", "use b::B;"), ("b.rs", text), ("c.rs", "use crate::{b::B, d::D};"), ("d.rs", "")]);
        assert_eq!(found, [""; 0], "{text}");
    }
    let parent = [("b/mod.rs", "mod c;\nuse self::c::X;"), ("b/c.rs", "use super::Y;")];
    assert_eq!(circles(&parent), [""; 0], "a parent and its child");
    assert_eq!(circles(&[("b.rs", "use super::c::X;"), ("c/tests.rs", "use crate::b::X;")]), [""; 0], "tests");
}

#[test]
fn a_known_circle_passes_until_it_is_gone() {
    let files = [file("a/src/b.rs", "use crate::c::X;"), file("a/src/c.rs", "use crate::b::X;")];
    let found = |known| modules::offences(&files, known);
    assert_eq!(found(&[]), ["a/src:1: these modules import one another in a circle: b, c"]);
    assert_eq!(found(&[("a/src", "b c")]), [""; 0]);
    assert_eq!(found(&[("a/src", "b c d")]), ["a/src:1: `d` is in no circle any more; take it off the known ones"]);
    assert_eq!(found(&[("a/src", "b d"), ("e/src", "f")]).len(), 3);
}

#[test]
fn a_crate_without_a_floor_is_found() {
    let new = file("extras/Cargo.toml", "[package]\nname = \"extras\"\n");
    assert_eq!(manifest::upward_dependencies(&new).len(), 1);
}

#[test]
fn a_manifest_without_the_lints_is_found() {
    for text in ["[package]\nname = \"a\"\n", "[lints]\nworkspace = false\n", "[lints.rust]\nworkspace = true\n"] {
        assert!(manifest::lints_of_its_own(&file("a/Cargo.toml", text)).is_some(), "{text}");
    }
    assert!(manifest::lints_of_its_own(&file("a/Cargo.toml", "[lints]\nworkspace = true\n")).is_none());
}

#[test]
fn the_members_of_the_workspace_are_its_manifests() {
    let root = "[workspace]\nmembers = [\n  \"a\",\n  \"b/c\",\n]\nexclude = [\"d\"]\n";
    assert_eq!(manifest::manifest_paths(root), ["Cargo.toml", "a/Cargo.toml", "b/c/Cargo.toml"]);
}

#[test]
fn a_dead_link_is_found() {
    let text = "[a](b.md)\n[c](../README.md#top) [d](https://x.org/y) [e](#f)\n`[g](h.md)`\n```\n[i](j.md)\n```\n\n[k]: l.md\n\
                [m](../../elsewhere.md) [n](/README.md \"title\")\n";
    let offences = links::dead_links(&file("docs/a.md", text), |path| path == "README.md");
    assert_eq!(
        offences,
        [
            "docs/a.md:1: the link to `b.md` leads to no file here",
            "docs/a.md:8: the link to `l.md` leads to no file here",
            "docs/a.md:9: the link to `../../elsewhere.md` leads to no file here",
        ]
    );
}
