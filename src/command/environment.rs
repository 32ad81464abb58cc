//! Variables of the environment as operators write them: a `.env` file of another system leaves a CR or blanks, Compose
//! leaves quotation marks and empty values. What can be meant is used; the rest is refused by the variable's name.

use std::{
    any::TypeId,
    error::Error as _,
    ffi::{OsStr, OsString},
    path::PathBuf,
};

use clap::{
    Arg, ArgAction, ArgMatches, CommandFactory, FromArgMatches,
    builder::{OsStr as ClapOsStr, Resettable},
    error::{ContextKind, ContextValue, ErrorKind},
};

use super::Cli;

/// Why the program can't know what to do.
#[derive(Debug)]
pub enum Unreadable {
    /// The command line is wrong, or asks for help.
    CommandLine(clap::Error),
    /// A variable is wrong: the sentence names it.
    Variable(String),
}

/// A variable that takes the place of its flag.
struct Standing {
    variable: String,
    /// What it is set to, unless that is a secret.
    shown: Option<String>,
    /// `--flag`
    flag: String,
    /// The flag with its value, as on the command line.
    written: OsString,
}

impl Cli {
    /// Reads the command line of this process and its environment; flags win.
    ///
    /// # Errors
    /// What is wrong, before anything was done.
    pub fn of_process() -> Result<Self, Unreadable> {
        Self::read(std::env::args_os().collect(), |name| std::env::var_os(name))
    }

    fn read(line: Vec<OsString>, variable: impl Fn(&OsStr) -> Option<OsString>) -> Result<Self, Unreadable> {
        let matches = matches(line, variable)?;
        Self::from_arg_matches(&matches).map_err(|error| Unreadable::CommandLine(error.format(&mut Self::command())))
    }
}

fn matches(mut line: Vec<OsString>, variable: impl Fn(&OsStr) -> Option<OsString>) -> Result<ArgMatches, Unreadable> {
    let command = Cli::command();
    let Some(subcommand) = line.get(1).and_then(|name| command.find_subcommand(name)) else {
        return command.try_get_matches_from(line).map_err(Unreadable::CommandLine);
    };
    let name = subcommand.get_name().to_owned();
    let mut standing = Vec::new();
    for argument in subcommand.get_arguments() {
        standing.extend(stand_in(argument, &line, &variable).map_err(Unreadable::Variable)?);
    }
    let written = line.clone();
    line.splice(2..2, standing.iter().map(|standing| standing.written.clone()));
    // The library would read them once more, as they are.
    let deaf = |argument: Arg| argument.env(Resettable::<ClapOsStr>::Reset);
    let command = command.mut_subcommand(name, |subcommand| subcommand.mut_args(deaf));
    match command.try_get_matches_from(line) {
        // Help names the variables too.
        Err(error) if error.kind() == ErrorKind::DisplayHelp => {
            Cli::command().try_get_matches_from(written).map_err(Unreadable::CommandLine)
        }
        read => read.map_err(|error| match explained(&error, &standing) {
            Some(sentence) => Unreadable::Variable(sentence),
            None => Unreadable::CommandLine(error),
        }),
    }
}

/// A secret that a command reads by itself; `None` if it is not set, or set to nothing.
///
/// # Errors
/// A sentence with the variable's name.
pub(super) fn secret(variable: &str) -> anyhow::Result<Option<String>> {
    let value = std::env::var_os(variable).map(|value| cleaned(variable, &value, Kind::Secret));
    let value = value.transpose().map_err(anyhow::Error::msg)?.flatten();
    Ok(value.and_then(|value| value.into_string().ok()))
}

/// What kind of value a variable has, as far as reading it differs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    /// May have any bytes.
    Path,
    /// Is not shown, and nobody guesses which of its signs are meant.
    Secret,
}

fn stand_in(
    argument: &Arg,
    line: &[OsString],
    variable: &impl Fn(&OsStr) -> Option<OsString>,
) -> Result<Option<Standing>, String> {
    let (Some(name), Some(long)) = (argument.get_env(), argument.get_long()) else { return Ok(None) };
    let (flag, Some(value)) = (format!("--{long}"), variable(name)) else { return Ok(None) };
    let name = name.to_string_lossy().into_owned();
    let with_value = format!("{flag}=");
    let is_given = |given: &OsString| *given == *flag || given.as_encoded_bytes().starts_with(with_value.as_bytes());
    if line.iter().take_while(|given| *given != "--").any(is_given) {
        return Ok(None);
    }
    let kind = if argument.is_hide_env_values_set() {
        Kind::Secret
    } else if argument.get_value_parser().type_id() == TypeId::of::<PathBuf>() {
        Kind::Path
    } else {
        Kind::Plain
    };
    let Some(value) = cleaned(&name, &value, kind)? else { return Ok(None) };
    let shown = (kind != Kind::Secret).then(|| value.to_string_lossy().into_owned());
    let mut written = OsString::from(&flag);
    if matches!(argument.get_action(), ArgAction::SetTrue) {
        return if is_true(&name, &value)? {
            Ok(Some(Standing { variable: name, shown, flag, written }))
        } else {
            Ok(None)
        };
    }
    written.push("=");
    written.push(value);
    Ok(Some(Standing { variable: name, shown, flag, written }))
}

fn cleaned(variable: &str, value: &OsStr, kind: Kind) -> Result<Option<OsString>, String> {
    let Some(text) = value.to_str() else {
        return if kind == Kind::Path {
            Ok(Some(value.to_owned()))
        } else {
            Err(format!("{variable} is not valid UTF-8; set it to plain text"))
        };
    };
    let text = text.trim();
    let quoted = ['"', '\''].iter().find_map(|mark| text.strip_prefix(*mark)?.strip_suffix(*mark));
    let text = match quoted {
        Some(_) if kind == Kind::Secret => {
            return Err(format!("{variable} is in quotation marks, which would be a part of it; remove them"));
        }
        Some(inner) => inner.trim(),
        None => text,
    };
    Ok((!text.is_empty()).then(|| text.into()))
}

fn is_true(variable: &str, value: &OsStr) -> Result<bool, String> {
    let value = value.to_string_lossy().to_lowercase();
    match value.as_str() {
        "true" | "t" | "yes" | "y" | "on" | "1" => Ok(true),
        "false" | "f" | "no" | "n" | "off" | "0" => Ok(false),
        _ => Err(format!("{variable} is `{value}`, which can't be used; set it to true or false")),
    }
}

/// The sentence for an error that a variable has brought about; `None` for a mistake in the command line.
fn explained(error: &clap::Error, standing: &[Standing]) -> Option<String> {
    let named = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.as_str()),
        Some(ContextValue::Strings(texts)) => texts.first().map(String::as_str),
        _ => None,
    };
    let of = |text: &str| {
        let flag = text.split([' ', '=']).next().unwrap_or_default();
        standing.iter().find(|standing| standing.flag == flag)
    };
    let (invalid, prior) = (named(ContextKind::InvalidArg), named(ContextKind::PriorArg));
    if error.kind() == ErrorKind::ArgumentConflict {
        let name = |text: &str| of(text).map_or_else(|| text.to_owned(), |standing| standing.variable.clone());
        let (one, other) = (invalid?, prior?);
        of(one).or_else(|| of(other))?;
        return Some(format!("{} and {} exclude each other; use one of them", name(one), name(other)));
    }
    let Standing { variable, shown, .. } = of(invalid?)?;
    let is = shown.as_ref().map_or_else(|| "has a value".to_owned(), |shown| format!("is `{shown}`"));
    let problem = match (error.get(ContextKind::ValidValue), error.source()) {
        (Some(ContextValue::Strings(words)), _) if !words.is_empty() => {
            format!("; set it to one of {}", words.join(", "))
        }
        (_, Some(why)) => format!(": {why}; correct it or unset it"),
        _ => "; correct it or unset it".to_owned(),
    };
    Some(format!("{variable} {is}, which can't be used{problem}"))
}

#[cfg(test)]
mod tests;
