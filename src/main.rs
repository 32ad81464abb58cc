//! `liap-tui`: the command line. An operator's mistake is reported in one sentence with exit code 2, and the refusal of
//! a running server with 1.

use std::{io::Write, process::ExitCode};

use liap_tui::command::{Cli, Unreadable, exit_code, run};

/// A message consists of many small allocations, for which this allocator takes half the time of the system's.
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
