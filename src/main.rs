//! `liap-tui`: the command line. An operator's mistake is one sentence and exit code 2.

use std::process::ExitCode;

use clap::Parser;
use liap_tui::command::{Cli, run};

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(mistake) => {
            #[expect(clippy::print_stderr, reason = "the one sentence for the operator")]
            {
                eprintln!("liap-tui: {mistake:#}");
            }
            ExitCode::from(2)
        }
    }
}
