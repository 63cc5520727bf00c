//! What one submission holds: all of its files, archives opened as far as needed, and each exercise among them.

use std::path::Path;

use super::fault::Fault;
use super::limits::{Budget, Limits};
use super::locate::{Located, Wanted, locate, reference};
use super::names::{Ending, ending};
use super::plan::{Plan, plan};
use super::spelling::same_name;
use super::tree::{Node, Root, grow, is_archive, unpack};
use crate::gradebook::record::Trouble;

/// How many files of a wrong layout are named.
const NAMED: usize = 3;

/// A submission, looked through.
#[derive(Debug)]
pub(super) struct Survey {
    pub nodes: Vec<Node>,
    /// In the course's order, one for each exercise.
    pub plans: Vec<Plan>,
    /// Why there is nothing to grade.
    pub trouble: Option<Trouble>,
    /// What was wrong beside what can be graded.
    pub notes: Vec<String>,
}

/// Looks through the submission that consists of `roots`. An archive is opened only while an exercise is missing,
/// so that an old one beside the sources does no harm.
pub(super) fn survey(roots: &[Root], wanted: &[Wanted], scratch: &Path, limits: &Limits) -> Survey {
    let mut budget = Budget::of_submission(limits);
    let mut nodes = match grow(roots, &mut budget, limits) {
        Ok(nodes) => nodes,
        Err(trouble) => return Survey::troubled(trouble, wanted),
    };
    let mut located = vec![Located::Nowhere; wanted.len()];
    let mut troubles = Vec::new();
    let mut from = 0;
    for depth in 0..=limits.nesting {
        search(&nodes[from..], from, wanted, &mut located);
        let level = &nodes[from..];
        if !located.contains(&Located::Nowhere) || !level.iter().any(is_archive) {
            break;
        }
        if depth == limits.nesting {
            troubles.extend(level.iter().filter(|node| is_archive(node)).take(1).map(too_nested));
            break;
        }
        let (found, bad) = unpack(level, scratch, &mut budget, limits);
        troubles.extend(bad);
        from = nodes.len();
        nodes.extend(found);
    }
    Survey::of(nodes, located, troubles, wanted, limits)
}

fn too_nested(node: &Node) -> (String, Trouble) {
    (node.path.clone(), Fault::TooDeep.trouble("it is an archive in too many archives; pack it once"))
}

/// Looks in `nodes`, the first of which has the number `from`, for what was not found so far.
fn search(nodes: &[Node], from: usize, wanted: &[Wanted], located: &mut [Located]) {
    for (wanted_one, located) in wanted.iter().zip(located) {
        if *located == Located::Nowhere {
            *located = locate(nodes, wanted_one, wanted.len() == 1);
            if let Located::Here { files, .. } = located {
                files.iter_mut().for_each(|(number, _)| *number += from);
            }
        }
    }
}

impl Survey {
    /// A submission of which nothing can be read.
    pub fn troubled(trouble: Trouble, wanted: &[Wanted]) -> Self {
        let plans = wanted.iter().map(|(name, _)| Plan { name: name.clone(), ..Plan::default() }).collect();
        Survey { nodes: Vec::new(), plans, trouble: Some(trouble), notes: Vec::new() }
    }

    fn of(
        nodes: Vec<Node>,
        located: Vec<Located>,
        troubles: Vec<(String, Trouble)>,
        wanted: &[Wanted],
        limits: &Limits,
    ) -> Self {
        let nothing = located.iter().all(|one| *one == Located::Nowhere);
        let alone = |(one, wanted): (&Located, &Wanted)| {
            (*one == Located::Nowhere).then(|| reference_alone(&nodes, wanted))?
        };
        let references: Vec<Option<String>> = located.iter().zip(wanted).map(alone).collect();
        let mut plans: Vec<Plan> =
            located.into_iter().zip(wanted).map(|(one, wanted)| plan(&nodes, one, wanted, limits)).collect();
        for (plan, reference) in plans.iter_mut().zip(&references) {
            plan.reference = reference.is_some();
        }
        let references: Vec<String> = references.into_iter().flatten().collect();
        if nothing {
            let first = troubles.into_iter().next().map(|(path, trouble)| named(&path, trouble));
            let reference = || references.first().map(|why| Fault::WrongLayout.trouble(why));
            let trouble = first.or_else(reference).unwrap_or_else(|| no_exercise(&nodes, wanted));
            return Survey { nodes, plans, trouble: Some(trouble), notes: Vec::new() };
        }
        let mut notes = references;
        for (path, trouble) in troubles {
            let is_of = |plan: &&mut Plan| {
                plan.files.is_empty() && plan.trouble.is_none() && names(&path, &plan.name)
            };
            let trouble = named(&path, trouble);
            match plans.iter_mut().find(is_of) {
                Some(plan) => plan.trouble = Some(trouble),
                None => notes.push(trouble.message),
            }
        }
        Survey { nodes, plans, trouble: None, notes }
    }

    /// When the newest of the files that are taken was changed; of all files, where none is.
    pub fn newest(&self) -> Option<i64> {
        let taken = self.plans.iter().flat_map(|plan| &plan.files);
        let of_taken = taken.filter_map(|(number, _)| self.nodes[*number].time).max();
        of_taken.or_else(|| self.nodes.iter().filter_map(|node| node.time).max())
    }
}

/// Whether the archive at `path` is the exercise `name` by its name.
fn names(path: &str, name: &str) -> bool {
    same_name(path.rsplit('/').next().unwrap_or(path), name)
}

fn named(path: &str, trouble: Trouble) -> Trouble {
    Trouble { message: format!("`{}`: {}", path.escape_debug(), trouble.message), ..trouble }
}

/// Why the exercise `wanted` is missing, where the course's own reference is there.
fn reference_alone(nodes: &[Node], wanted: &Wanted) -> Option<String> {
    let folder = nodes.iter().find_map(|node| reference(node, wanted))?;
    Some(format!(
        "{}: the sources in `{}` are the course's own reference, and not taken; the work belongs in `exercises/{0}`",
        wanted.0,
        folder.escape_debug()
    ))
}

/// There are files or not, and none is where one is looked for.
fn no_exercise(nodes: &[Node], wanted: &[Wanted]) -> Trouble {
    let Some(first) = nodes.first() else {
        return Fault::Empty.trouble("there is no file in it; hand in the sources");
    };
    if nodes.len() == 1 && ending(&first.path).1 == Ending::Archive {
        return Fault::Empty.trouble("there is nothing in the archive; pack the sources again");
    }
    let expected = wanted
        .first()
        .map(|(name, sources)| format!("{name}/{}", sources.first().map_or("src/main.rs", String::as_str)));
    let there: Vec<String> =
        nodes.iter().take(NAMED).map(|node| format!("`{}`", node.path.escape_debug())).collect();
    let message = format!(
        "no exercise was found; expected a path like {}, there is {}{}",
        expected.unwrap_or_default(),
        there.join(", "),
        if nodes.len() > NAMED { ", …" } else { "" }
    );
    Fault::WrongLayout.trouble(message)
}
