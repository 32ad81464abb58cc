//! Reports: one HTML page that needs nothing else, light or dark as its reader likes, with plots drawn as SVG.

pub(super) mod lines;
pub(super) mod plot;

const STYLE: &str = include_str!("page.css");

/// The page around a body that is HTML; the title is plain text.
pub(super) fn page(title: &str, body: &str) -> String {
    let title = escaped(title);
    format!(
        r#"<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
<style>{STYLE}</style></head><body>
{body}
</body></html>
"#
    )
}

/// Text as HTML shows it.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Microseconds as people read them.
pub(super) fn duration(microseconds: f64) -> String {
    match microseconds {
        short if short < 1_000.0 => format!("{short:.1} µs"),
        middle if middle < 1_000_000.0 => format!("{:.1} ms", middle / 1_000.0),
        long => format!("{:.1} s", long / 1_000_000.0),
    }
}
