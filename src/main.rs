//! `liap-tui`: the command line. An operator's mistake is one sentence and exit code 2; 1 is a running server's no.

use std::process::ExitCode;

use clap::Parser;
use liap_tui::command::{Cli, exit_code, run};

/// A message is made of many small allocations; this allocator takes half the time of the system's for them.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

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
