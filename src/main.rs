//! `liap-tui`: the command line. An operator's mistake is one sentence and exit code 2; 1 is a running server's no.

use std::process::ExitCode;

use clap::Parser;
use liap_tui::command::{Cli, exit_code, run};

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(mistake) => {
            #[expect(clippy::print_stderr, reason = "the one sentence for the operator")]
            {
                eprintln!("liap-tui: {mistake:#}");
            }
            ExitCode::from(exit_code(&mistake))
        }
    }
}
