//! Every variable of every command, in every form that operators write.

use super::*;

/// What the setting of the variable is, if that is set to this value.
fn read(subcommand: &str, argument: &Arg, value: Option<&str>) -> Result<Vec<OsString>, String> {
    let variable = argument.get_env().unwrap();
    // What a subcommand of its own must be given, and changes nothing here.
    let more: &[&str] = match subcommand {
        "admin" => &["end-maintenance"],
        "backup" | "restore" => &["copy.db"],
        _ => &[],
    };
    let line = ["liap-tui", subcommand].iter().chain(more).map(OsString::from).collect();
    match matches(line, |name| value.filter(|_| name == variable).map(OsString::from)) {
        Ok(matches) => {
            let raw = matches.subcommand().unwrap().1.get_raw(argument.get_id().as_str());
            Ok(raw.into_iter().flatten().map(OsStr::to_owned).collect())
        }
        Err(Unreadable::Variable(sentence)) => Err(sentence),
        Err(Unreadable::CommandLine(error)) => panic!("{subcommand} {variable:?}: {error}"),
    }
}

/// A value that the variable takes and that changes something.
fn sample(subcommand: &str, argument: &Arg, variable: &str) -> String {
    let default = argument.get_default_values().first().map(|value| value.to_string_lossy().into_owned());
    let words: Vec<String> =
        argument.get_possible_values().into_iter().map(|word| word.get_name().to_owned()).collect();
    let number = default.as_deref().and_then(|default| default.parse::<i64>().ok());
    let numbers = number.into_iter().flat_map(|number| [number + 1, number - 1]).map(|number| number.to_string());
    let unset = read(subcommand, argument, None);
    let is_usable = |candidate: &String| {
        let read = read(subcommand, argument, Some(candidate));
        read.is_ok() && read != unset
    };
    let mut candidates = numbers.chain(words).chain(["10.0.0.7", "ws://10.0.0.7"].map(str::to_owned));
    candidates.find(is_usable).unwrap_or_else(|| panic!("no value for {subcommand} {variable}"))
}

fn each(mut check: impl FnMut(&str, &Arg, &str)) {
    let mut seen = 0;
    for subcommand in Cli::command().get_subcommands() {
        for argument in subcommand.get_arguments() {
            if let Some(variable) = argument.get_env() {
                check(subcommand.get_name(), argument, &variable.to_string_lossy());
                seen += 1;
            }
        }
    }
    assert!(seen > 60, "{seen}");
}

#[test]
fn every_variable_is_used_or_refused_by_name_however_it_is_written() {
    each(|subcommand, argument, variable| {
        let value = sample(subcommand, argument, variable);
        let (unset, plain) = (read(subcommand, argument, None), read(subcommand, argument, Some(&value)));
        let is_secret = argument.is_hide_env_values_set();
        for blank in ["", " ", "\r", "\t\r\n"] {
            assert_eq!(read(subcommand, argument, Some(blank)), unset, "{subcommand} {variable}={blank:?}");
        }
        for written in [format!(" {value} "), format!("{value}\r"), format!("{value}\r\n"), format!("\t{value}")] {
            assert_eq!(read(subcommand, argument, Some(&written)), plain, "{subcommand} {variable}={written:?}");
        }
        for written in [format!("\"{value}\""), format!("'{value}'"), format!(" \"{value}\"\r")] {
            let found = read(subcommand, argument, Some(&written));
            if is_secret {
                let sentence = found.expect_err("a secret in quotation marks");
                assert!(sentence.contains(variable) && !sentence.contains(&value), "{sentence}");
            } else {
                assert_eq!(found, plain, "{subcommand} {variable}={written:?}");
            }
        }
    });
}

#[test]
fn a_value_that_is_wrong_is_one_sentence_that_names_the_variable() {
    let mut refused = 0;
    each(|subcommand, argument, variable| {
        for wrong in ["no such value", "-1"] {
            let Err(sentence) = read(subcommand, argument, Some(wrong)) else { continue };
            assert!(sentence.starts_with(variable) && sentence.contains(wrong), "{sentence}");
            assert!(sentence.lines().count() == 1 && !sentence.contains("--"), "{sentence}");
            assert!(!argument.is_hide_env_values_set(), "{sentence}");
            refused += 1;
        }
    });
    assert!(refused > 50, "{refused}");
}

#[test]
fn secrets_lose_blanks_and_nothing_else() {
    let secret = |value: &str| cleaned("AUTH_SECRET_KEY", OsStr::new(value), Kind::Secret);
    assert_eq!(secret(" a \"b\" c\r\n"), Ok(Some("a \"b\" c".into())));
    assert!(secret("'abc'").is_err_and(|sentence| sentence.contains("AUTH_SECRET_KEY") && !sentence.contains("abc")));
}

#[test]
fn a_flag_wins_over_its_variable_even_if_that_is_wrong() {
    for flag in [&["--api-port", "1"][..], &["--api-port=1"]] {
        let line = ["liap-tui", "serve"].iter().chain(flag).map(OsString::from).collect();
        let cli = Cli::read(line, |name| (name == "API_PORT").then(|| "nonsense".into())).unwrap();
        assert!(format!("{cli:?}").contains("api_port: 1,"), "{cli:?}");
    }
}

#[test]
fn variables_that_exclude_each_other_are_both_named() {
    let line = ["liap-tui", "play"].map(OsString::from).to_vec();
    let both = |name: &OsStr| match name.to_str() {
        Some("PLAY_ROOM") => Some("ABCD2345".into()),
        Some("PLAY_WAIT") => Some("yes".into()),
        _ => None,
    };
    let Err(Unreadable::Variable(sentence)) = Cli::read(line, both) else { panic!("both were taken") };
    assert!(sentence.contains("PLAY_ROOM") && sentence.contains("PLAY_WAIT"), "{sentence}");
}
