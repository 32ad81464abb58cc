//! Reads Rust well enough to check it: blanks comments and literals, finds functions and what a path names. No parser:
//! it counts brackets, which is right for all code that `rustfmt` accepts and short enough to trust.

/// A function found in a file: its name, the line where it begins, and how many of its lines hold code.
#[derive(Debug, PartialEq)]
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) line: usize,
    pub(crate) code_lines: usize,
}

/// The same text with every comment, string and character blanked; lines and columns stay where they are.
pub(crate) fn code_only(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let opaque = opaque_prefix(rest, code.chars().next_back());
        if opaque == 0 {
            code.push(first);
            rest = &rest[first.len_utf8()..];
        } else {
            code.extend(rest[..opaque].chars().map(blank));
            rest = &rest[opaque..];
        }
    }
    code
}

/// `code_only` without the items behind `#[cfg(test)]`.
pub(crate) fn code_without_tests(text: &str) -> String {
    const TEST_ONLY: &str = "#[cfg(test)]";
    let code = code_only(text);
    let mut kept = String::with_capacity(code.len());
    let mut from = 0;
    while let Some(at) = code[from..].find(TEST_ONLY).map(|at| from + at) {
        kept.push_str(&code[from..at]);
        from = item_end(&code, at + TEST_ONLY.len());
        kept.extend(code[at..from].chars().map(blank));
    }
    kept + &code[from..]
}

/// Every function with a body in what `code_only` returned; one inside another counts for both.
pub(crate) fn functions(code: &str) -> Vec<Function> {
    let described = |at: usize| {
        let name = leading_word(code[at + "fn".len()..].trim_start());
        let body = &code[at..item_end(code, at)];
        (!name.is_empty() && body.ends_with('}')).then(|| Function {
            name: name.to_owned(),
            line: line_of(code, at),
            code_lines: body.lines().filter(|line| !line.trim().is_empty()).count(),
        })
    };
    words(code, "fn").filter_map(described).collect()
}

/// The lines where `code` names the crate `name`: as the head of a path or in a `use`.
pub(crate) fn lines_naming_crate(code: &str, name: &str) -> Vec<usize> {
    let is_crate = |at: &usize| {
        let (before, after) = (code[..*at].trim_end(), code[at + name.len()..].trim_start());
        let imported = before.ends_with("use") || before.ends_with("crate");
        !before.ends_with("::") && (after.starts_with("::") || imported)
    };
    words(code, name).filter(is_crate).map(|at| line_of(code, at)).collect()
}

/// The lines where `code` names the module `module` of `std`, alone or in a group: `std::fs`, `std::{fs, io}`.
pub(crate) fn lines_naming_std(code: &str, module: &str) -> Vec<usize> {
    let names_module = |at: &usize| {
        let Some(path) = code[at + "std".len()..].trim_start().strip_prefix("::") else {
            return false;
        };
        match path.trim_start().strip_prefix('{') {
            Some(group) => heads_of_group(group).contains(&module),
            None => leading_word(path.trim_start()) == module,
        }
    };
    words(code, "std").filter(names_module).map(|at| line_of(code, at)).collect()
}

/// The names of the modules that `code` declares, with their lines.
pub(crate) fn modules(code: &str) -> Vec<(usize, &str)> {
    let named = |at: usize| (line_of(code, at), leading_word(code[at + "mod".len()..].trim_start()));
    words(code, "mod").map(named).collect()
}

/// Where `word` stands alone in `text`, not as a part of a longer word.
pub(crate) fn words<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    text.match_indices(word).map(|(at, _)| at).filter(move |at| {
        let before = text[..*at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        let goes_on = word.ends_with(is_word) && after.is_some_and(is_word);
        !before.is_some_and(is_word) && !goes_on
    })
}

/// The number of the line, from 1, that holds the byte `at`.
pub(crate) fn line_of(text: &str, at: usize) -> usize {
    1 + text[..at].matches('\n').count()
}

fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

fn leading_word(text: &str) -> &str {
    text.split(|c| !is_word(c)).next().unwrap_or_default()
}

fn blank(c: char) -> char {
    if c == '\n' { '\n' } else { ' ' }
}

/// The first segments of the paths in a group of imports; `group` begins behind its opening brace.
fn heads_of_group(group: &str) -> Vec<&str> {
    let mut depth = 0;
    let mut heads = vec![leading_word(group.trim_start())];
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => heads.push(leading_word(group[at + 1..].trim_start())),
            _ => {}
        }
    }
    heads
}

/// Where the item that begins at `from` ends: behind its body, or behind its semicolon.
fn item_end(code: &str, from: usize) -> usize {
    let mut depth = 0;
    for (at, c) in code[from..].char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 && (c == ';' || c == '}') {
            return from + at + 1;
        }
    }
    code.len()
}

/// The length in bytes of the comment or literal that begins `rest`; 0 when code does.
fn opaque_prefix(rest: &str, before: Option<char>) -> usize {
    let in_word = before.is_some_and(is_word);
    match rest.as_bytes() {
        [b'/', b'/', ..] => rest.find('\n').unwrap_or(rest.len()),
        [b'/', b'*', ..] => block_comment(rest),
        [b'"', ..] => string(rest),
        [b'\'', ..] => character(rest),
        [b'r', ..] if !in_word => raw_string(rest),
        [b'b' | b'c', b'r', ..] if !in_word => match raw_string(&rest[1..]) {
            0 => 0,
            length => length + 1,
        },
        _ => 0,
    }
}

fn block_comment(rest: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < rest.len() {
        let (step, change) = match rest.as_bytes()[at..] {
            [b'/', b'*', ..] => (2, 1),
            [b'*', b'/', ..] => (2, -1),
            _ => (1, 0),
        };
        at += step;
        depth += change;
        if depth == 0 {
            break;
        }
    }
    at
}

fn string(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// 0 for a raw identifier, `r#type`.
fn raw_string(rest: &str) -> usize {
    let hashes = rest[1..].bytes().take_while(|&byte| byte == b'#').count();
    let open = 1 + hashes;
    if !rest[open..].starts_with('"') {
        return 0;
    }
    let close = format!("\"{}", "#".repeat(hashes));
    rest[open + 1..].find(&close).map_or(rest.len(), |at| open + 1 + at + close.len())
}

/// 0 for a lifetime, `'a`.
fn character(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    match (chars.next(), chars.next()) {
        (Some((_, '\\')), Some((at, escaped))) => {
            let behind = at + escaped.len_utf8();
            rest[behind..].find('\'').map_or(0, |quote| behind + quote + 1)
        }
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 0,
    }
}
