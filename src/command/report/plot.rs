//! Plots as SVG, coloured by the page that holds them.

use std::fmt::Write;

/// How wide a plot is, in its own units.
const WIDTH: f64 = 640.0;
/// How high one bar's row is.
const ROW: f64 = 34.0;
/// Where bars begin: names stand before them.
const LEFT: f64 = 110.0;
/// What is left after the longest bar for its figure.
const RIGHT: f64 = 130.0;

/// A bar with its name, its figure, and the ends of its interval if it has one.
pub(in crate::command) struct Bar {
    pub(in crate::command) name: String,
    pub(in crate::command) value: f64,
    pub(in crate::command) interval: Option<[f64; 2]>,
    pub(in crate::command) figure: String,
}

/// Horizontal bars from zero, on one scale.
pub(in crate::command) fn bars(bars: &[Bar], title: &str) -> String {
    let ends = || bars.iter().flat_map(|bar| bar.interval.into_iter().flatten().chain([bar.value, 0.0]));
    let (low, high) = (ends().fold(0.0, f64::min), ends().fold(0.0, f64::max));
    let scale = (WIDTH - LEFT - RIGHT) / (high - low).max(1e-9);
    let x = |value: f64| LEFT + (value - low) * scale;
    let mut svg = open(WIDTH, ROW * bars.len() as f64 + 6.0, title);
    for (number, bar) in bars.iter().enumerate() {
        let top = ROW * number as f64 + 6.0;
        let middle = top + ROW / 2.0 - 4.0;
        let (from, to) = (x(bar.value.min(0.0)), x(bar.value.max(0.0)));
        let _ = write!(
            svg,
            r#"<text class="name" x="{:.1}" y="{:.1}">{}</text><rect class="bar" x="{from:.1}" y="{top:.1}" width="{:.1}" height="{:.1}" rx="2"><title>{}: {}</title></rect>"#,
            LEFT - 10.0,
            middle + 4.0,
            bar.name,
            (to - from).max(1.0),
            ROW - 10.0,
            bar.name,
            bar.figure
        );
        let mut end = to;
        if let Some([low, high]) = bar.interval {
            let (low, high) = (x(low), x(high));
            end = end.max(high);
            let _ = write!(
                svg,
                r#"<path class="interval" d="M{low:.1} {middle:.1}H{high:.1}M{low:.1} {0:.1}V{1:.1}M{high:.1} {0:.1}V{1:.1}"/>"#,
                middle - 5.0,
                middle + 5.0
            );
        }
        let _ = write!(svg, r#"<text x="{:.1}" y="{:.1}">{}</text>"#, end + 8.0, middle + 4.0, bar.figure);
    }
    let zero = x(0.0);
    let _ = write!(svg, r#"<path class="axis" d="M{zero:.1} 0V{:.1}"/></svg>"#, ROW * bars.len() as f64 + 4.0);
    svg
}

/// How high columns are at the most.
const HEIGHT: f64 = 120.0;
/// How much room the names of marks take above columns.
const ABOVE: f64 = 50.0;
/// How wide all columns are.
const WIDE: f64 = 300.0;

/// Columns with named lines at the upper ends of some.
pub(in crate::command) fn marked_columns(steps: &[(String, u64)], marks: &[(usize, String)], title: &str) -> String {
    // The names stand above the columns.
    let (without, with) = (format!("\"0 0 {WIDE:.0} "), format!("\"0 -{ABOVE:.0} {WIDE:.0} "));
    let height = |above: f64| format!("{:.0}\"", HEIGHT + 22.0 + above);
    let svg = columns(steps, title).replacen(&(without + &height(0.0)), &(with + &height(ABOVE)), 1);
    let step = WIDE / steps.len().max(1) as f64;
    let mut lines = String::new();
    for (number, (place, name)) in marks.iter().enumerate() {
        let (x, y) = (step * (*place as f64 + 1.0), 12.0 + 11.0 * number as f64 - ABOVE);
        let _ = write!(lines, r#"<path class="percentile" d="M{x:.1} {y:.1}V{HEIGHT}"/>"#);
        let (side, x) = if x > WIDE * 0.85 { ("scale", x - 3.0) } else { ("after", x + 3.0) };
        let _ = write!(lines, r#"<text class="{side}" x="{x:.1}" y="{y:.1}">{name}</text>"#);
    }
    svg.replace("</svg>", &(lines + "</svg>"))
}

/// How often each step occurred: columns, each with the name of its upper end.
pub(in crate::command) fn columns(columns: &[(String, u64)], title: &str) -> String {
    let most = columns.iter().map(|(_, count)| *count).max().unwrap_or_default().max(1) as f64;
    let step = WIDE / columns.len().max(1) as f64;
    let mut svg = open(WIDE, HEIGHT + 22.0, title);
    // Not more names than can be read.
    let every = columns.len().div_ceil(6).max(1);
    for (number, (name, count)) in columns.iter().enumerate() {
        let (left, high) = (step * number as f64, HEIGHT * *count as f64 / most);
        let _ = write!(
            svg,
            r#"<rect class="bar" x="{:.1}" y="{:.1}" width="{:.1}" height="{high:.1}"><title>up to {name}: {count}</title></rect>"#,
            left + 1.0,
            HEIGHT - high,
            (step - 2.0).max(1.0)
        );
        if number % every == 0 {
            let _ = write!(
                svg,
                r#"<text class="tick" x="{:.1}" y="{:.1}">{name}</text>"#,
                left + step / 2.0,
                HEIGHT + 16.0
            );
        }
    }
    let _ = write!(svg, r#"<path class="axis" d="M0 {HEIGHT}H{WIDE}"/></svg>"#);
    svg
}

/// How many rounds of each declaration (upwards) brought how many piles (to the right).
pub(in crate::command) fn heat(outcomes: &[[u64; 9]; 9], title: &str) -> String {
    const CELL: f64 = 29.0;
    const EDGE: f64 = 34.0;
    let all: u64 = outcomes.iter().flatten().sum();
    let most = outcomes.iter().flatten().copied().max().unwrap_or_default().max(1) as f64;
    let size = EDGE + 9.0 * CELL + 4.0;
    let mut svg = open(size, size, title);
    for (declared, row) in outcomes.iter().enumerate() {
        let y = CELL * (8 - declared) as f64 + 2.0;
        let _ = write!(svg, r#"<text class="tick" x="24" y="{:.1}">{declared}</text>"#, y + CELL / 2.0 + 4.0);
        let column = EDGE + CELL * declared as f64 + CELL / 2.0;
        let _ = write!(svg, r#"<text class="tick" x="{column:.1}" y="{:.1}">{declared}</text>"#, 9.0 * CELL + 16.0);
        for (taken, count) in row.iter().enumerate() {
            let share = 100.0 * *count as f64 / all.max(1) as f64;
            let class = if declared == taken { "cell exact" } else { "cell" };
            let _ = write!(
                svg,
                r#"<rect class="{class}" x="{:.1}" y="{y:.1}" width="{2}" height="{2}" fill-opacity="{:.3}"><title>declared {declared}, took {taken}: {share:.2} % of the rounds</title></rect>"#,
                EDGE + CELL * taken as f64,
                (*count as f64 / most).sqrt(),
                CELL - 2.0
            );
        }
    }
    let middle = 4.5 * CELL;
    let _ = write!(
        svg,
        r#"<text class="tick" x="{:.1}" y="{:.1}">taken</text><text class="tick" transform="translate(11 {middle:.1}) rotate(-90)">declared</text></svg>"#,
        EDGE + middle,
        size - 3.0
    );
    svg
}

fn open(width: f64, height: f64, title: &str) -> String {
    format!(r#"<svg viewBox="0 0 {width:.0} {height:.0}" role="img" aria-label="{title}">"#)
}
