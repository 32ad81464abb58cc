//! Reads what a file imports: the paths of its `use` items, and those that it names on the spot.

use crate::source;

/// A path that a file names, and the name that it has there.
#[derive(Debug, PartialEq)]
pub(crate) struct Import {
    pub(crate) path: Vec<String>,
    pub(crate) name: String,
}

/// The paths of every `use` in what `code_without_tests` returned; a group counts as one path each.
pub(crate) fn used(code: &str) -> Vec<Import> {
    let mut imports = Vec::new();
    for at in source::words(code, "use") {
        let tree = &code[at + "use".len()..];
        // `impl Trait + use<'a>` imports nothing.
        if tree.starts_with(char::is_whitespace) {
            expand(&[], &tree[..tree.find(';').unwrap_or(tree.len())], &mut imports);
        }
    }
    imports
}

/// The paths that begin with `crate`, `self` or `super` and stand anywhere else.
pub(crate) fn named(code: &str) -> Vec<Import> {
    let starts = ["crate", "self", "super"].into_iter().flat_map(|word| source::words(code, word));
    let starts = starts.filter(|at| !code[..*at].ends_with("::"));
    starts.map(|at| import(segments(&code[at..]))).collect()
}

fn import(path: Vec<String>) -> Import {
    let name = path.last().cloned().unwrap_or_default();
    Import { path, name }
}

/// The words at the beginning of `text` that `::` joins.
fn segments(text: &str) -> Vec<String> {
    let mut path = Vec::new();
    let mut rest = text;
    loop {
        let end = rest.find(|c: char| c != '_' && !c.is_alphanumeric()).unwrap_or(rest.len());
        path.extend((end > 0).then(|| rest[..end].to_owned()));
        match rest[end..].strip_prefix("::") {
            Some(next) if end > 0 => rest = next,
            _ => return path,
        }
    }
}

/// One tree of a `use` as its paths, each behind `prefix`.
fn expand(prefix: &[String], tree: &str, imports: &mut Vec<Import>) {
    for branch in branches(tree) {
        let (path, group) = branch.split_once('{').map_or((branch, None), |(path, group)| (path, Some(group)));
        let (path, alias) = path.split_once(" as ").map_or((path, None), |(path, alias)| (path, Some(alias.trim())));
        let path = path.split("::").map(str::trim).filter(|segment| !segment.is_empty()).map(str::to_owned);
        let path: Vec<String> = prefix.iter().cloned().chain(path).collect();
        match group {
            Some(group) => expand(&path, group.rsplit_once('}').map_or(group, |(inside, _)| inside), imports),
            None => {
                let mut import = import(path);
                import.name = alias.map_or(import.name, str::to_owned);
                imports.push(import);
            }
        }
    }
}

/// The parts of a group, between its outermost commas.
fn branches(group: &str) -> Vec<&str> {
    let (mut depth, mut from, mut parts) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&group[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&group[from..]);
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}
