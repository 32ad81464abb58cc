//! Reads Rust as words, with the lexer of `proc-macro2`: no comments, a literal is one word, and every bracket closes.

use std::iter::Peekable;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// A path that a file names, and the name that it has there.
#[derive(Debug, PartialEq)]
pub(crate) struct Import {
    pub(crate) path: Vec<String>,
    pub(crate) name: String,
}

/// The words of a file.
pub(crate) struct Source(Vec<String>);

impl Source {
    /// All of a file.
    pub(crate) fn whole(text: &str) -> Self {
        Self::read(text, |_| false)
    }

    /// A file without the items behind `#[cfg(test)]`.
    pub(crate) fn product(text: &str) -> Self {
        Self::read(text, is_test_only)
    }

    /// Empty if the text is not Rust, which then does not compile either.
    fn read(text: &str, is_skipped: fn(&TokenTree) -> bool) -> Self {
        let mut words = Vec::new();
        text.parse().into_iter().for_each(|tokens: TokenStream| collect(tokens, is_skipped, &mut words));
        Self(words)
    }

    /// Whether a word stands somewhere in the code.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.0.iter().any(|other| other == word)
    }

    /// The paths of every `use`; a group counts as one path each.
    pub(crate) fn used(&self) -> Vec<Import> {
        let mut imports = Vec::new();
        let starts = self.after("use");
        // `impl Trait + use<'a>` imports nothing.
        for tree in starts.map(|at| &self.0[at..]).filter(|tree| tree.first().is_some_and(|word| word != "<")) {
            let tree = tree.split(|word| word == ";").next().unwrap_or_default();
            expand(&mut tree.iter().map(String::as_str).peekable(), &[], &mut imports);
        }
        imports
    }

    /// The paths that begin with one of these words and stand anywhere.
    pub(crate) fn named(&self, heads: &[&str]) -> Vec<Import> {
        let starts = (0..self.0.len()).filter(|at| heads.contains(&self.0[*at].as_str()));
        let starts = starts.filter(|at| at.checked_sub(1).is_none_or(|before| self.0[before] != "::"));
        starts.map(|at| import(segments(&self.0[at..]))).collect()
    }

    /// The names of the modules that the file declares.
    pub(crate) fn modules(&self) -> impl Iterator<Item = &str> {
        self.after("mod").filter_map(|at| self.0.get(at)).map(String::as_str)
    }

    /// The places behind every such word.
    fn after(&self, word: &str) -> impl Iterator<Item = usize> {
        (1..=self.0.len()).filter(move |at| self.0[at - 1] == word)
    }
}

fn collect(tokens: TokenStream, is_skipped: fn(&TokenTree) -> bool, words: &mut Vec<String>) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(hash) if hash.as_char() == '#' && tokens.peek().is_some_and(is_skipped) => {
                skip_item(&mut tokens);
            }
            TokenTree::Punct(colon) if colon.as_char() == ':' && words.last().is_some_and(|last| last == ":") => {
                words.pop();
                words.push("::".to_owned());
            }
            TokenTree::Group(group) => {
                let [open, close] = brackets(&group);
                words.push(open.to_owned());
                collect(group.stream(), is_skipped, words);
                words.push(close.to_owned());
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) => words.push(token.to_string()),
            TokenTree::Literal(_) => words.push("\"\"".to_owned()),
        }
    }
}

fn brackets(group: &Group) -> [&'static str; 2] {
    match group.delimiter() {
        Delimiter::Brace => ["{", "}"],
        Delimiter::Bracket => ["[", "]"],
        Delimiter::Parenthesis | Delimiter::None => ["(", ")"],
    }
}

fn is_test_only(attribute: &TokenTree) -> bool {
    matches!(attribute, TokenTree::Group(group) if group.stream().to_string().replace(' ', "") == "cfg(test)")
}

/// Skips an item: it ends behind its body, or behind its semicolon.
fn skip_item(tokens: &mut impl Iterator<Item = TokenTree>) {
    let _end = tokens.find(|token| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(punct) => punct.as_char() == ';',
        TokenTree::Ident(_) | TokenTree::Literal(_) => false,
    });
}

fn import(path: Vec<String>) -> Import {
    let name = path.last().cloned().unwrap_or_default();
    Import { path, name }
}

/// The words at the beginning that `::` joins.
fn segments(words: &[String]) -> Vec<String> {
    let joined = words.chunks(2).take_while(|pair| pair[0] != "{" && pair[0] != "<");
    let mut path = Vec::new();
    for pair in joined {
        path.push(pair[0].clone());
        if pair.get(1).is_none_or(|next| next != "::") {
            break;
        }
    }
    path
}

/// One tree of a `use` as its paths, each behind `prefix`.
fn expand<'a>(words: &mut Peekable<impl Iterator<Item = &'a str>>, prefix: &[String], imports: &mut Vec<Import>) {
    let mut path = prefix.to_vec();
    while let Some(word) = words.next_if(|word| !["}", ","].contains(word)) {
        match word {
            "{" => {
                while words.next_if_eq(&"}").is_none() && words.peek().is_some() {
                    expand(words, &path, imports);
                    let _comma = words.next_if_eq(&",");
                }
                return;
            }
            "as" => {
                let name = words.next().unwrap_or_default().to_owned();
                imports.push(Import { path, name });
                return;
            }
            "::" => {}
            segment => path.push(segment.to_owned()),
        }
    }
    imports.push(import(path));
}
