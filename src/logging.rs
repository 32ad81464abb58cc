//! The log. What libraries call an error is often a client's mistake: a request that can't be parsed, a TLS alert.
//! Anybody could fill the disk with those, so they are logged at level debug; the server counts them elsewhere.

use anyhow::Context;
use log::{Level, LevelFilter, Log, Metadata, Record};

/// The modules of libraries whose warnings and errors are about what a client sent.
const ABOUT_CLIENTS: [&str; 5] =
    ["actix_http::h1::dispatcher", "actix_http::h1::decoder", "actix_http::ws", "rustls", "tokio_rustls"];

/// Starts the log on standard error with this filter: a level, or a list such as `actors=debug`. `debug` raises it to
/// level debug, unless the filter says more.
///
/// # Errors
/// When the filter can't be read, or there is a log already.
pub(crate) fn start(filter: &str, debug: bool) -> anyhow::Result<()> {
    let mut parsed = env_filter::Builder::new();
    parsed.try_parse(filter).map_err(|_| {
        anyhow::anyhow!(
            "LOG is `{filter}`, which can't be read; set it to a level, or to a filter such as actors=debug"
        )
    })?;
    let mut builder = env_logger::Builder::new();
    builder.parse_filters(filter);
    if debug && parsed.build().filter() < LevelFilter::Debug {
        builder.filter_level(LevelFilter::Debug);
    }
    let written = builder.build();
    let most = written.filter();
    log::set_boxed_logger(Box::new(Calm(written))).context("can't set up the log")?;
    log::set_max_level(most);
    Ok(())
}

/// A log that no client can fill.
struct Calm<L>(L);

impl<L: Log> Log for Calm<L> {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        self.0.enabled(&calm(metadata))
    }

    fn log(&self, record: &Record<'_>) {
        let metadata = calm(record.metadata());
        if metadata.level() == record.level() {
            return self.0.log(record);
        }
        if metadata.level() > log::max_level() {
            return;
        }
        let calmed = record.to_builder().metadata(metadata).build();
        self.0.log(&calmed);
    }

    fn flush(&self) {
        self.0.flush();
    }
}

/// The same, at most at level debug if it is about a client.
fn calm<'a>(metadata: &Metadata<'a>) -> Metadata<'a> {
    let is_of = |module: &str| {
        metadata.target().strip_prefix(module).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    };
    let level = match metadata.level() {
        Level::Error | Level::Warn if ABOUT_CLIENTS.into_iter().any(is_of) => Level::Debug,
        level => level,
    };
    Metadata::builder().target(metadata.target()).level(level).build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_libraries_say_of_clients_is_at_most_debug_and_the_rest_is_as_it_was() {
        for (target, level, expected) in [
            ("actix_http::h1::dispatcher", Level::Error, Level::Debug),
            ("actix_http::h1::decoder", Level::Error, Level::Debug),
            ("actix_http::ws::codec", Level::Error, Level::Debug),
            ("rustls::common_state", Level::Warn, Level::Debug),
            ("rustls::msgs::handshake", Level::Warn, Level::Debug),
            ("actix_http::h1::dispatcher", Level::Trace, Level::Trace),
            ("actix_http::h1::service", Level::Error, Level::Error),
            ("actix_server::accept", Level::Error, Level::Error),
            ("actors::journal", Level::Error, Level::Error),
            ("rustls_native_certs", Level::Warn, Level::Warn),
        ] {
            let metadata = Metadata::builder().target(target).level(level).build();
            assert_eq!(calm(&metadata).level(), expected, "{target}");
        }
    }
}
