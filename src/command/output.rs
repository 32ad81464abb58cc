//! Standard output. Whoever reads it may go away, as `head -1` does; then a command ends without a word.

use std::{
    error::Error,
    fmt,
    io::{self, ErrorKind, IsTerminal, Write},
};

/// Nobody reads standard output any more. A connection that breaks is another matter.
#[derive(Debug)]
struct ReaderGone;

impl fmt::Display for ReaderGone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("nobody reads the output")
    }
}

impl Error for ReaderGone {}

/// Standard output, locked until this is dropped.
pub(super) struct Output(io::StdoutLock<'static>);

/// Standard output for a command; every write says whether its reader is gone.
#[expect(clippy::disallowed_methods, reason = "this is what takes its place")]
pub(super) fn output() -> Output {
    Output(io::stdout().lock())
}

/// Whether a person sees it.
#[expect(clippy::disallowed_methods, reason = "this is what takes its place")]
pub(super) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Whether a command failed because nobody reads its output, which counts as success.
pub(super) fn is_unread(failure: &anyhow::Error) -> bool {
    let is_gone = |cause: &(dyn Error + 'static)| {
        cause.is::<ReaderGone>()
            || cause
                .downcast_ref::<io::Error>()
                .and_then(io::Error::get_ref)
                .is_some_and(|inner| inner.is::<ReaderGone>())
    };
    failure.chain().any(is_gone)
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes).map_err(named)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush().map_err(named)
    }
}

fn named(error: io::Error) -> io::Error {
    if error.kind() == ErrorKind::BrokenPipe { io::Error::other(ReaderGone) } else { error }
}
