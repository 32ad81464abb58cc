//! The check on documents: a link to another file of the repository leads to a file that is there.

use crate::checks::{File, line_of};

/// The links of a document that lead nowhere, or out of the repository. `exists` is asked for paths from the root.
pub(crate) fn dead_links(file: &File, exists: impl Fn(&str) -> bool) -> Vec<String> {
    let prose = without_code(&file.text);
    let inline = prose.match_indices("](").map(|(at, mark)| at + mark.len());
    let references = prose.match_indices("]: ").map(|(at, mark)| at + mark.len());
    let is_dead = |at: &usize| match resolved(&file.path, target(&prose[*at..])) {
        Target::Elsewhere => false,
        Target::Outside => true,
        Target::File(path) => !exists(&path),
    };
    let mut dead: Vec<usize> = inline.chain(references).filter(is_dead).collect();
    dead.sort_unstable();
    let described = |at: usize| (line_of(&prose, at), target(&prose[at..]));
    let dead = dead.into_iter().map(described);
    dead.map(|(line, target)| format!("{}:{line}: the link to `{target}` leads to no file here", file.path)).collect()
}

enum Target {
    /// Another site, or a heading of the same document.
    Elsewhere,
    /// A path above the root of the repository.
    Outside,
    File(String),
}

fn resolved(document: &str, target: &str) -> Target {
    let path = target.split('#').next().unwrap_or_default();
    if path.is_empty() || path.contains("://") || path.starts_with("mailto:") {
        return Target::Elsewhere;
    }
    let folder = document.rsplit_once('/').map_or("", |(folder, _)| folder);
    let start = if path.starts_with('/') { "" } else { folder };
    let mut parts: Vec<&str> = Vec::new();
    for part in start.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.pop().is_none() => return Target::Outside,
            ".." => {}
            name => parts.push(name),
        }
    }
    Target::File(parts.join("/"))
}

/// What a link leads to, without its title; `text` begins where the target does.
fn target(text: &str) -> &str {
    let end = text.find(|c: char| c == ')' || c.is_whitespace()).unwrap_or(text.len());
    text[..end].trim_matches(['<', '>'])
}

/// The document with fenced blocks and inline code blanked: what looks like a link there is an example.
fn without_code(document: &str) -> String {
    let mut fenced = false;
    let mut prose = String::with_capacity(document.len());
    for line in document.lines() {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        if !fenced && !fence {
            prose.extend(line.split('`').step_by(2).flat_map(|text| [text, " "]));
        }
        prose.push('\n');
    }
    prose
}
