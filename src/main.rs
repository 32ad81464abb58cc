//! `liap-tui`: the command line. An operator's mistake is one sentence and exit code 2; 1 is a running server's no.

use std::{io::Write, process::ExitCode};

use liap_tui::command::{Cli, Unreadable, exit_code, run};

/// A message is made of many small allocations; this allocator takes half the time of the system's for them.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    let cli = match Cli::of_process() {
        Ok(cli) => cli,
        Err(Unreadable::CommandLine(error)) => error.exit(),
        Err(Unreadable::Variable(sentence)) => return complain(&sentence, 2),
    };
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(mistake) => complain(&format!("{mistake:#}"), exit_code(&mistake)),
    }
}

/// The one sentence for the operator, who may have closed the terminal.
fn complain(sentence: &str, code: u8) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "liap-tui: {sentence}");
    ExitCode::from(code)
}
