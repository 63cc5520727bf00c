//! Where in a submission each exercise is.
//!
//! Looked for in this order, and the first that there is counts:
//! 1. a folder of the exercise's name with a `src`: `NN_name/src`, `exercises/NN_name/src`, `any/thing/name/src`;
//! 2. a folder of its name with the sources in it: `NN_name/server.rs`;
//! 3. a file of its name: `NN_name.rs`, `name_server.rs`;
//! 4. where the course asks for one exercise only, any folder with a `src` that has one of its sources;
//! 5. the same with the sources in the folder itself, such as nothing but `main.rs`.
//!
//! Two that are equally good are nobody's guess: that is trouble which names both. `solutions/NN_name`, which comes
//! with a clone of a whole course, is the course's own reference and never taken; anything else in a folder
//! `solutions` stands back behind the rest.

use std::collections::BTreeMap;

use super::fault::Fault;
use super::place::Kind;
use super::spelling::{file_of, same_name};
use super::tree::Node;
use crate::gradebook::record::Trouble;

/// The exercises of a course: the folder's name, and the sources without which it is not whole.
pub(super) type Wanted = (String, Vec<String>);

/// An exercise in a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Located {
    Nowhere,
    /// The files: which node, and where it goes, `src/…`, sorted by that.
    Here {
        folder: String,
        files: Vec<(usize, String)>,
    },
    /// Two or more places.
    Ambiguous(Vec<String>),
}

/// The folder of a course that has the references.
const REFERENCES: &str = "solutions";

/// How good a guess is, and where.
type Guess = (u8, String);

/// Looks for `wanted` among `nodes`; `only` where the course asks for nothing else.
pub(super) fn locate(nodes: &[Node], wanted: &Wanted, only: bool) -> Located {
    let mut guesses: BTreeMap<Guess, Vec<(usize, String)>> = BTreeMap::new();
    for (number, node) in nodes.iter().enumerate().filter(|(_, node)| reference(node, wanted).is_none()) {
        for (guess, to) in guesses_of(node, wanted, only) {
            guesses.entry(guess).or_default().push((number, to));
        }
    }
    guesses.retain(|_, files| files.iter().any(|(number, to)| is_telling(&nodes[*number], to)));
    let Some(best) = guesses.keys().map(|(rank, _)| *rank).min() else { return Located::Nowhere };
    guesses.retain(|(rank, _), _| *rank == best);
    narrow(&mut guesses, |(_, folder), _| !folder.split('/').any(|part| part == REFERENCES));
    narrow(&mut guesses, |_, files| files.iter().any(|(_, to)| wanted.1.contains(to)));
    if guesses.len() > 1 {
        return Located::Ambiguous(guesses.into_keys().map(|(_, folder)| folder).collect());
    }
    let Some(((_, folder), mut files)) = guesses.pop_first() else { return Located::Nowhere };
    files.sort_by(|a, b| a.1.cmp(&b.1));
    Located::Here { folder, files }
}

/// The folder of the course's own reference for `wanted` that `node` is in. An archive that is called `solutions` is
/// somebody's own: the folder is one where the file lies, too.
pub(super) fn reference(node: &Node, wanted: &Wanted) -> Option<String> {
    let folder_in = |path: &str| {
        let parts: Vec<&str> = path.split('/').collect();
        let at = parts.windows(2).position(|pair| pair[0] == REFERENCES && same_name(pair[1], &wanted.0))?;
        Some(parts[..at + 2].join("/"))
    };
    node.place.shown().split('/').any(|part| part == REFERENCES).then(|| folder_in(&node.path))?
}

/// Keeps those for which `better` holds, if there are any.
fn narrow(
    guesses: &mut BTreeMap<Guess, Vec<(usize, String)>>,
    better: impl Fn(&Guess, &[(usize, String)]) -> bool,
) {
    if guesses.iter().any(|(guess, files)| better(guess, files)) {
        guesses.retain(|guess, files| better(guess, files));
    }
}

/// Whether a file makes its folder an exercise: a source, or something refused in the place of one.
fn is_telling(node: &Node, to: &str) -> bool {
    matches!(node.kind, Kind::Refused(_)) || to.ends_with(".rs")
}

fn guesses_of(node: &Node, wanted: &Wanted, only: bool) -> Vec<(Guess, String)> {
    let parts: Vec<&str> = node.path.split('/').collect();
    let mut guesses = Vec::new();
    // The first `src` is the crate's; one below it is a module.
    let src = parts.iter().position(|part| *part == "src");
    let up_to = |count: usize| parts[..count].join("/");
    if let Some(src) = src {
        let rest = parts[src..].join("/");
        if src > 0 && same_name(parts[src - 1], &wanted.0) {
            guesses.push(((1, up_to(src)), rest));
        } else if only {
            guesses.push(((4, up_to(src)), rest));
        }
        return guesses;
    }
    let (Some(file), folders) = (parts.last(), parts.len() - 1) else { return guesses };
    let in_named = folders > 0 && same_name(parts[folders - 1], &wanted.0);
    if matches!(node.kind, Kind::Refused(_)) && same_name(file, &wanted.0) {
        guesses.push(((1, node.path.clone()), "src".to_owned()));
    } else if let Some(to) = file_of(file, &wanted.1, in_named) {
        if in_named {
            guesses.push(((2, up_to(folders)), to));
        } else if only {
            guesses.push(((5, up_to(folders)), to));
        }
    }
    if let Some(to) = super::spelling::named_file(file, wanted) {
        guesses.push(((3, up_to(folders)), to));
    }
    guesses
}

/// What is wrong with an exercise as a whole before any of it is read.
pub(super) fn trouble_of(located: &Located, wanted: &Wanted) -> Option<Trouble> {
    match located {
        Located::Nowhere => None,
        Located::Ambiguous(folders) => {
            let places: Vec<String> = folders.iter().map(|folder| shown(folder)).collect();
            let message = format!("it is there more than once: {}; keep one", places.join(" and "));
            Some(Fault::Ambiguous.trouble(message))
        }
        Located::Here { folder, files } => {
            let missing: Vec<&str> = wanted
                .1
                .iter()
                .filter(|source| !files.iter().any(|(_, to)| to == *source))
                .map(String::as_str)
                .collect();
            let message = || format!("{} has no {}; hand it in too", shown(folder), missing.join(" and no "));
            (!missing.is_empty()).then(|| Fault::Incomplete.trouble(message()))
        }
    }
}

fn shown(folder: &str) -> String {
    if folder.is_empty() { "the top folder".to_owned() } else { format!("`{folder}`") }
}
