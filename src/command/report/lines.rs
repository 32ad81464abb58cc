//! Lines over time, one or more on one scale, as SVG.

use std::fmt::Write;

/// How wide a plot is, in its own units.
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 150.0;
/// Where the lines begin: the scale stands before them.
const LEFT: f64 = 64.0;
const TOP: f64 = 8.0;

/// A line with its name: a value per step of time, `None` where there is none.
pub(in crate::command) struct Line {
    pub(in crate::command) name: String,
    pub(in crate::command) values: Vec<Option<f64>>,
}

/// Lines from zero up over seconds; `figure` words a value, and the mark is a second of which something is to be said.
pub(in crate::command) fn lines(
    lines: &[Line],
    title: &str,
    figure: impl Fn(f64) -> String,
    mark: Option<(f64, &str)>,
) -> String {
    let steps = lines.iter().map(|line| line.values.len()).max().unwrap_or_default().max(2);
    let values = || lines.iter().flat_map(|line| line.values.iter().flatten().copied());
    let most = rounded(values().fold(0.0, f64::max));
    let x = |step: f64| LEFT + (WIDTH - LEFT - 8.0) * step / (steps - 1) as f64;
    let y = |value: f64| TOP + HEIGHT * (1.0 - value / most);
    let height = TOP + HEIGHT + 20.0;
    let mut svg = format!(r#"<svg viewBox="0 0 {WIDTH:.0} {height:.0}" role="img" aria-label="{title}">"#);
    // Writing to a string can't fail.
    for part in [0.0, 0.5, 1.0] {
        let (value, at) = (most * part, y(most * part));
        let _ = write!(
            svg,
            r#"<path class="axis" d="M{LEFT} {at:.1}H{:.0}"/><text class="scale" x="{:.0}" y="{:.1}">{}</text>"#,
            WIDTH - 8.0,
            LEFT - 6.0,
            at + 4.0,
            figure(value)
        );
    }
    seconds(&mut svg, steps, x);
    if let Some((at, words)) = mark.filter(|(at, _)| *at > 0.0 && *at < (steps - 1) as f64) {
        let at = x(at);
        let bottom = TOP + HEIGHT;
        let _ = write!(
            svg,
            r#"<path class="mark" d="M{at:.1} {TOP}V{bottom}"/><text class="scale" x="{:.1}" y="18">{words}</text>"#,
            at - 4.0
        );
    }
    for (number, line) in lines.iter().enumerate() {
        let _ = write!(
            svg,
            r#"<path class="line line{number}" d="{}"><title>{}</title></path>"#,
            path(line, &x, &y),
            line.name
        );
    }
    svg.push_str("</svg>");
    svg + &legend(lines)
}

fn path(line: &Line, x: &impl Fn(f64) -> f64, y: &impl Fn(f64) -> f64) -> String {
    let mut path = String::new();
    let mut draws = false;
    for (step, value) in line.values.iter().enumerate() {
        if let Some(value) = value {
            let _ = write!(path, "{}{:.1} {:.1}", if draws { 'L' } else { 'M' }, x(step as f64), y(*value));
        }
        draws = value.is_some();
    }
    path
}

fn seconds(svg: &mut String, steps: usize, x: impl Fn(f64) -> f64) {
    let every = rounded((steps - 1) as f64 / 8.0).max(1.0);
    let mut second = 0.0;
    while second < steps as f64 {
        let _ = write!(
            svg,
            r#"<text class="tick" x="{:.1}" y="{:.0}">{second:.0} s</text>"#,
            x(second),
            TOP + HEIGHT + 16.0
        );
        second += every;
    }
}

/// One line needs no legend: the heading says what it is.
fn legend(lines: &[Line]) -> String {
    if lines.len() < 2 {
        return String::new();
    }
    let entry = |(number, line): (usize, &Line)| format!(r#"<span class="key key{number}">{}</span>"#, line.name);
    let entries: String = lines.iter().enumerate().map(entry).collect();
    format!(r#"<div class="legend">{entries}</div>"#)
}

/// The next 1, 2 or 5 times a power of ten.
fn rounded(value: f64) -> f64 {
    if value <= 0.0 {
        return 1.0;
    }
    let power = 10_f64.powf(value.log10().floor());
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|step| step * power).find(|end| *end >= value).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_ends_at_a_round_number() {
        assert_eq!([0.0, 0.7, 12.0, 50.0, 501.0].map(rounded), [1.0, 1.0, 20.0, 50.0, 1000.0]);
    }

    #[test]
    fn a_missing_value_breaks_the_line() {
        let line = Line { name: "memory".into(), values: vec![Some(1.0), None, Some(1.0), Some(0.5)] };
        let svg = lines(&[line], "memory", |value| format!("{value}"), None);
        assert_eq!(svg.matches('L').count(), 1, "{svg}");
    }
}
