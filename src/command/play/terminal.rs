//! Standard input, line by line, and standard output.

use std::io::{IsTerminal, Write};

use tokio::io::{AsyncBufReadExt, BufReader, Stdin};

use super::words::Paint;
use crate::command::output::{is_terminal, output};

/// Where a person types and reads.
pub(super) struct Terminal {
    input: BufReader<Stdin>,
    typed: Vec<u8>,
    is_typed_by_a_person: bool,
    prompt_stands: bool,
}

impl Terminal {
    /// The process' own.
    pub(super) fn new() -> Self {
        Self {
            input: BufReader::new(tokio::io::stdin()),
            typed: Vec::new(),
            is_typed_by_a_person: std::io::stdin().is_terminal(),
            prompt_stands: false,
        }
    }

    /// Colours for a terminal, unless somebody wants none.
    pub(super) fn paint(plain: bool) -> Paint {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Paint { colours: !plain && !dumb && !set("NO_COLOR") && is_terminal() }
    }

    /// Whether lines may come unasked. What comes through a pipe is read only when it is asked for.
    pub(super) const fn is_typed_by_a_person(&self) -> bool {
        self.is_typed_by_a_person
    }

    /// The next line; `None` at the end. May be dropped and asked again.
    pub(super) async fn line(&mut self) -> Option<String> {
        let read = self.input.read_until(b'\n', &mut self.typed).await;
        self.prompt_stands = false;
        if read.is_err() || self.typed.is_empty() {
            return None;
        }
        let line = String::from_utf8_lossy(&self.typed).trim_end().to_owned();
        self.typed.clear();
        Some(line)
    }

    /// Prints lines, then a prompt if an answer is waited for.
    ///
    /// # Errors
    /// When nobody reads any more.
    pub(super) fn show(&mut self, lines: &[String], asks: bool) -> std::io::Result<()> {
        let mut output = output();
        if self.prompt_stands && !lines.is_empty() {
            writeln!(output)?;
            self.prompt_stands = false;
        }
        for line in lines {
            writeln!(output, "{line}")?;
        }
        if asks && self.is_typed_by_a_person && !self.prompt_stands {
            write!(output, "> ")?;
            self.prompt_stands = true;
        }
        output.flush()
    }
}
