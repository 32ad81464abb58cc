//! The check on modules: those of one folder do not import one another in a circle. A folder's own file and what lies
//! inside it are one for its neighbours, so a parent and its children may use each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    checks::File,
    source::{Import, Source},
};

/// A module by its names below the root of its crate.
type Path = Vec<String>;

/// The modules of one folder that reach one another.
#[derive(Debug, PartialEq)]
pub(crate) struct Circle {
    pub(crate) folder: String,
    pub(crate) modules: BTreeSet<String>,
}

/// Every circle of every crate.
pub(crate) fn offences(files: &[File]) -> Vec<String> {
    let described = |Circle { folder, modules }| {
        let modules = Vec::from_iter(modules).join(", ");
        format!("{folder}:1: these modules import one another in a circle: {modules}")
    };
    circles(files).into_iter().map(described).collect()
}

pub(crate) fn circles(files: &[File]) -> Vec<Circle> {
    let mut crates: BTreeMap<&str, Crate> = BTreeMap::new();
    for file in files {
        if let Some((root, module)) = module(&file.path) {
            crates.entry(root).or_default().0.insert(module, Imports::of(&file.text));
        }
    }
    crates.iter().flat_map(|(root, modules)| modules.circles(root)).collect()
}

/// The source folder of a crate and the module that a file is; `None` for tests and for binaries.
fn module(path: &str) -> Option<(&str, Path)> {
    let start = if path.starts_with("src/") { 0 } else { path.find("/src/")? + 1 };
    let (root, inside) = path.split_at(start + "src".len());
    let mut names: Path = inside.strip_suffix(".rs")?.split('/').skip(1).map(str::to_owned).collect();
    if names.iter().any(|name| name == "tests") || names == ["main"] {
        return None;
    }
    names.pop_if(|last| last == "mod" || last == "lib");
    Some((root, names))
}

struct Imports {
    used: Vec<Import>,
    named: Vec<Import>,
}

impl Imports {
    fn of(text: &str) -> Self {
        let source = Source::product(text);
        Self { used: source.used(), named: source.named(&["crate", "self", "super"]) }
    }
}

/// The modules of one crate.
#[derive(Default)]
struct Crate(BTreeMap<Path, Imports>);

impl Crate {
    fn circles(&self, root: &str) -> Vec<Circle> {
        let edges: BTreeSet<(&Path, Path)> = self.edges().collect();
        let folders: BTreeSet<&[String]> = self.0.keys().filter_map(|path| Some(path.split_last()?.1)).collect();
        let mut circles = Vec::new();
        for folder in folders {
            let inside = edges.iter().filter_map(|(from, to)| {
                let (from, to) = (from.strip_prefix(folder)?.first()?, to.strip_prefix(folder)?.first()?);
                (from != to).then_some((from.as_str(), to.as_str()))
            });
            let folder = std::iter::once(root).chain(folder.iter().map(String::as_str)).collect::<Vec<_>>().join("/");
            circles.extend(groups(&inside.collect()).into_iter().map(|group| Circle {
                folder: folder.clone(),
                modules: group.into_iter().map(str::to_owned).collect(),
            }));
        }
        circles
    }

    /// Which module imports from which.
    fn edges(&self) -> impl Iterator<Item = (&Path, Path)> {
        self.0.iter().flat_map(move |(from, imports)| {
            let all = imports.used.iter().chain(&imports.named);
            all.filter_map(move |import| Some((from, self.home(from, import)?)))
        })
    }

    /// The module where what is imported stands, through re-exports; `None` for other crates.
    fn home(&self, from: &Path, import: &Import) -> Option<Path> {
        let (mut module, mut item) = self.resolve(from, &import.path)?;
        // A chain of re-exports that is longer has not been seen.
        for _ in 0..4 {
            let Some(name) = item else { break };
            let exported = self.0[&module].used.iter().find(|exported| exported.name == name);
            match exported.and_then(|exported| self.resolve(&module, &exported.path)) {
                Some((next, found)) if next != module => (module, item) = (next, found),
                _ => break,
            }
        }
        Some(module)
    }

    /// The module that a path leads to, and the item that it names there.
    fn resolve(&self, from: &Path, path: &[String]) -> Option<(Path, Option<String>)> {
        let (mut module, mut rest) = match path.first()?.as_str() {
            "crate" => (Path::new(), &path[1..]),
            "self" => (from.clone(), &path[1..]),
            "super" => (from.clone(), path),
            child => {
                let inside: Path = from.iter().cloned().chain([child.to_owned()]).collect();
                self.0.contains_key(&inside).then(|| (from.clone(), path))?
            }
        };
        while let [first, behind @ ..] = rest
            && first == "super"
        {
            module.pop()?;
            rest = behind;
        }
        while let [first, behind @ ..] = rest {
            module.push(first.clone());
            if !self.0.contains_key(&module) {
                module.pop();
                break;
            }
            rest = behind;
        }
        self.0.contains_key(&module).then(|| (module, rest.first().cloned()))
    }
}

/// The nodes that reach one another, in groups of two or more.
fn groups<'a>(edges: &BTreeSet<(&'a str, &'a str)>) -> Vec<BTreeSet<&'a str>> {
    let reached = |from: &'a str| {
        let mut reached = BTreeSet::new();
        let mut open = vec![from];
        while let Some(node) = open.pop() {
            open.extend(edges.iter().filter(|(a, b)| *a == node && reached.insert(*b)).map(|(_, b)| *b));
        }
        reached
    };
    let nodes: BTreeSet<&str> = edges.iter().map(|(from, _)| *from).collect();
    let reach: BTreeMap<&str, BTreeSet<&str>> = nodes.iter().map(|node| (*node, reached(node))).collect();
    let meets =
        |one: &str, other: &str| reach[one].contains(other) && reach.get(other).is_some_and(|back| back.contains(one));
    let mut groups: Vec<BTreeSet<&str>> = Vec::new();
    for node in nodes.iter().filter(|node| meets(node, node)) {
        if !groups.iter().any(|group| group.contains(node)) {
            groups.push(nodes.iter().copied().filter(|other| meets(node, other)).collect());
        }
    }
    groups
}
