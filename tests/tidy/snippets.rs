//! Shows every check an offence and its innocent neighbour: a check that can't fail keeps nothing.

use crate::{
    checks::{self, File},
    links,
    manifest::{self, Dependency},
    modules,
    source::{Import, Source},
};

fn file(path: &str, text: &str) -> File {
    File { path: path.to_owned(), text: text.to_owned() }
}

#[test]
fn a_path_is_read_wherever_it_stands_and_no_comment_or_literal_is() {
    let text = "/* use a; */ use b::{c::{D, E as F}, ::g}; const H: &str = \"use i;\"; // crate::j\n\
                #[cfg(test)]\nuse crate::k;\n#[cfg(test)]\nmod l { use m; }\n#[n(o = crate::P::q)] r!(crate::s::<T>);\n";
    let paths = |imports: Vec<Import>| imports.iter().map(|import| import.path.join("::")).collect::<Vec<_>>();
    assert_eq!(paths(Source::product(text).used()), ["b::c::D", "b::c::E", "b::g"]);
    assert_eq!(Source::product(text).used()[1].name, "F");
    assert_eq!(paths(Source::product(text).named(&["crate"])), ["crate::P::q", "crate::s"]);
    assert_eq!(Source::product(text).modules().count(), 0);
    assert_eq!(Source::whole(text).modules().collect::<Vec<_>>(), ["l"]);
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
fn clocks_and_files_are_found_in_the_rules_and_the_bots() {
    let found = |text: &str| checks::outside_world(&file("bots/src/easy.rs", text)).len();
    for text in [
        "fn f() { let now = std::time::Instant::now(); }",
        "use std::{collections::{BTreeMap, BTreeSet}, fs};",
        "use ::std :: net::TcpStream;",
    ] {
        assert_eq!(found(text), 1, "{text}");
    }
    for text in [
        "use std::{collections::{fs, time}, fmt};",
        "fn f() { let time = score.time(2.0); crate::time::x(); }",
        "// std::time::Instant",
        "#[cfg(test)]\nmod tests {\n    use std::fs;\n}",
    ] {
        assert_eq!(found(text), 0, "{text}");
    }
    assert!(checks::outside_world(&file("game_rules/tests/golden.rs", "use std::fs;")).is_empty());
    assert_eq!(checks::outside_world(&file("game_rules/src/a.rs", "#[cfg(test)]\nuse x;\nuse std::fs;")).len(), 1);
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

/// What a crate depends on; a name behind `test:` is for its tests alone.
fn dependencies(names: &[&str]) -> Vec<Dependency> {
    let described = |name: &&str| Dependency {
        name: name.trim_start_matches("test:").to_owned(),
        of_tests: name.starts_with("test:"),
    };
    names.iter().map(described).collect()
}

#[test]
fn a_dependency_upwards_is_found_even_in_tests() {
    let found = |names: &[&str]| manifest::upward_dependencies("vocabulary", &dependencies(names));
    for name in ["bots", "contracts", "test:actors", "store", "liap-tui"] {
        assert_eq!(found(&["serde", name]).len(), 1, "{name}");
    }
    assert_eq!(found(&["game_rules", "serde"]), [""; 0]);
    assert_eq!(found(&["actors"]), ["`vocabulary` may not depend on `actors`, which is not below it"]);
}

#[test]
fn a_dependency_on_what_the_code_may_not_use_is_found() {
    let found = |package, name| manifest::forbidden_dependencies(package, &dependencies(&[name])).len();
    for (package, name) in [
        ("bots", "tokio"),
        ("game_rules", "log"),
        ("game_rules", "serde_json"),
        ("vocabulary", "serde_json"),
        ("liap-tui", "actix-web-actors"),
    ] {
        assert_eq!(found(package, name), 1, "{package} {name}");
    }
    for (package, name) in [
        ("bots", "rand"),
        ("bots", "test:tokio"),
        ("vocabulary", "test:serde_json"),
        ("contracts", "serde_json"),
        ("actors", "actix-web-actors"),
        ("store", "tokio"),
    ] {
        assert_eq!(found(package, name), 0, "{package} {name}");
    }
}

#[test]
fn the_manifests_are_read_as_cargo_does() {
    let text = r#"{"name": "a", "version": "0.1.0", "id": "a", "source": null, "targets": [], "features": {},
        "manifest_path": "a/Cargo.toml", "dependencies": [{"name": "bots", "rename": "brains", "kind": "dev", "req": "*",
        "source": null, "optional": false, "uses_default_features": true, "features": [], "target": null}]}"#;
    let read = manifest::dependencies(&serde_json::from_str(text).unwrap());
    let read: Vec<_> = read.iter().map(|used| (used.name.as_str(), used.of_tests)).collect();
    assert_eq!(read, [("bots", true)]);
}

#[test]
fn a_circle_is_named_with_its_folder_and_its_modules() {
    let files = [file("a/src/b.rs", "use crate::c::X;"), file("a/src/c.rs", "use crate::b::X;")];
    assert_eq!(
        Vec::from_iter(modules::offences(&files)),
        ["a/src:1: these modules import one another in a circle: b, c"]
    );
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
fn a_crate_without_a_floor_is_found() {
    assert_eq!(manifest::upward_dependencies("extras", &[]).len(), 1);
}

#[test]
fn a_manifest_without_the_lints_is_found() {
    for text in ["[package]\nname = \"a\"\n", "\n[lints]\nworkspace = false\n", "\n[lints.rust]\nworkspace = true\n"] {
        assert!(manifest::lints_of_its_own(&file("a/Cargo.toml", text)).is_some(), "{text}");
    }
    let shared = file("a/Cargo.toml", "[package]\nname = \"a\"\n\n[lints]\nworkspace = true\n");
    assert!(manifest::lints_of_its_own(&shared).is_none());
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
