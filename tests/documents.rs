//! Checks what the documents say about the program against the program.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "tests")]

use std::{fmt::Write, path::Path};

use clap::{Args, Command};
use liap_tui::settings::ServeSettings;

fn document(path: &str) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The pages that people wrote: those at the top, in `docs` and its folder of decisions, and that of the browser client.
fn pages() -> Vec<String> {
    let mut pages = vec!["docs/contracts/README.md".to_owned(), "web/README.md".to_owned()];
    for folder in ["", "docs/", "docs/adr/"] {
        for entry in std::fs::read_dir(root().join(folder)).unwrap() {
            let name = entry.unwrap().file_name().to_string_lossy().into_owned();
            if name.ends_with(".md") {
                pages.push(format!("{folder}{name}"));
            }
        }
    }
    pages
}

/// The table as it must be: one line for each setting of `serve`.
fn settings_table() -> String {
    let command = ServeSettings::augment_args(Command::new("serve"));
    let mut table = String::from("| variable | flag | default | what it sets |\n|---|---|---|---|\n");
    for argument in command.get_arguments() {
        let variable = argument.get_env().expect("every setting has a variable").to_string_lossy();
        let flag = argument.get_long().expect("every setting has a flag");
        let default = argument.get_default_values().first().map(|value| value.to_string_lossy()).unwrap_or_default();
        let help = argument.get_help().expect("every setting is explained").to_string();
        writeln!(table, "| `{variable}` | `--{flag}` | `{default}` | {help} |").unwrap();
    }
    table
}

#[test]
fn the_settings_page_lists_every_setting_as_it_is() {
    let table = settings_table();
    let page = document("docs/settings.md");
    assert!(page.contains(&table), "the table in docs/settings.md must be:\n\n{table}");
    let rows = page.lines().filter(|line| line.starts_with('|')).count();
    assert_eq!(rows, table.lines().count(), "docs/settings.md has rows that are not settings");
}

#[test]
fn a_variable_is_its_flag_in_capitals() {
    for argument in ServeSettings::augment_args(Command::new("serve")).get_arguments() {
        let variable = argument.get_env().unwrap().to_string_lossy().into_owned();
        assert_eq!(variable, argument.get_long().unwrap().to_uppercase().replace('-', "_"));
    }
}

#[test]
fn the_make_targets_that_documents_name_exist() {
    let makefile = document("Makefile");
    for path in pages() {
        let text = document(&path);
        for named in text.split("`make ").skip(1).filter_map(|rest| rest.split('`').next()) {
            assert!(
                makefile.contains(&format!("\n{named}:")),
                "{path} names `make {named}`, which the Makefile does not have"
            );
        }
    }
}

#[test]
fn prose_is_wrapped_at_120_characters() {
    let mut offences = Vec::new();
    for path in pages() {
        let mut is_code = false;
        for (number, line) in document(&path).lines().enumerate() {
            is_code ^= line.starts_with("```");
            if !is_code && !line.starts_with('|') && line.chars().count() > 120 {
                offences.push(format!("{path}:{}", number + 1));
            }
        }
    }
    assert_eq!(offences, [""; 0], "these lines are too long");
}

#[test]
fn every_decision_stands_in_the_list_of_decisions() {
    let list = document("docs/adr/README.md");
    for entry in std::fs::read_dir(root().join("docs/adr")).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(name == "README.md" || list.contains(&format!("({name})")), "docs/adr/README.md does not list {name}");
    }
}

#[test]
fn the_tests_that_the_guarantees_name_exist() {
    let mut sources = String::new();
    for folder in ["tests", "src", "actors", "chronicle", "store", "contracts", "vocabulary", "game_rules"] {
        collect(&root().join(folder), &mut sources);
    }
    let guarantees = document("docs/guarantees.md");
    let named = guarantees.split('`').skip(1).step_by(2).filter(|code| code.matches('_').count() >= 4);
    let missing: Vec<&str> = named.filter(|test| !sources.contains(&format!("fn {test}("))).collect();
    assert_eq!(missing, [""; 0], "docs/guarantees.md names tests that are not there");
}

#[test]
fn the_table_of_limits_names_every_limit_its_settings_and_a_test() {
    let command = ServeSettings::augment_args(Command::new("serve"));
    let document = document("docs/security.md");
    let rows: Vec<Vec<&str>> = document
        .lines()
        .filter(|line| line.starts_with("| "))
        .skip(1)
        .map(|line| line.split(" | ").collect())
        .collect();
    let labels: Vec<&str> = rows.iter().map(|row| row[3].trim_matches('`')).collect();
    for limit in actors::Limit::ALL {
        assert_eq!(labels.iter().filter(|label| **label == limit.as_str()).count(), 1, "a row for {}", limit.as_str());
    }
    assert_eq!(labels.len(), actors::Limit::ALL.len(), "every row's label is a limit");
    for row in &rows {
        for setting in row[2].split(", ").filter(|setting| setting.starts_with('`')) {
            let (variable, default) = setting.split_once(' ').unwrap_or_else(|| panic!("{setting} has no default"));
            let variable = variable.trim_matches('`');
            let argument =
                command.get_arguments().find(|argument| argument.get_env().is_some_and(|env| env == variable));
            let argument = argument.unwrap_or_else(|| panic!("{variable} is no setting"));
            let value = argument.get_default_values().first().map(|value| value.to_string_lossy().into_owned());
            assert_eq!(default.trim_matches(['(', ')']), value.unwrap_or_default(), "the default of {variable}");
        }
        for test in row[4].split('`').skip(1).step_by(2) {
            assert!(root().join(test).exists(), "{test} does not exist");
        }
    }
}

/// All Rust sources below a folder.
fn collect(folder: &Path, sources: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, sources);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            sources.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}
