//! All files of one submission, wherever they lie, by a path of its own.

use super::fault::Fault;
use super::limits::{Budget, Limits};
use super::names::{Ending, ending, join};
use super::place::{Kind, Place};
use crate::gradebook::record::Trouble;

/// Something that a submission consists of.
#[derive(Debug, Clone)]
pub(super) struct Root {
    pub place: Place,
    pub is_folder: bool,
    /// Its path in the submission; empty for a folder that is the submission itself.
    pub at: String,
    /// As promised, in bytes; of a file.
    pub size: u64,
    /// Of a file, seconds since 1970 (UTC).
    pub time: Option<i64>,
}

/// A file of a submission, or something in the place of one.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// In the submission: `hw/01_udp_send/src/main.rs`; an archive counts as a folder without its ending.
    pub path: String,
    pub kind: Kind,
    pub size: u64,
    pub time: Option<i64>,
    pub place: Place,
}

/// Walks `roots` through all folders; no archive is opened.
///
/// # Errors
/// More than the budget has, or deeper than the limits; a folder that cannot be read.
pub(super) fn grow(roots: &[Root], budget: &mut Budget, limits: &Limits) -> Result<Vec<Node>, Trouble> {
    let mut nodes = Vec::new();
    for root in roots {
        if root.is_folder {
            walk(&root.place, &root.at, budget, limits, &mut nodes)?;
        } else {
            let (path, place) = (root.at.clone(), root.place.clone());
            let (size, time) = (root.size, root.time);
            nodes.push(Node { path, kind: Kind::File, size, time, place });
        }
    }
    Ok(nodes)
}

/// Walks the folder at `place`, which is `path` in the submission.
pub(super) fn walk(
    place: &Place,
    path: &str,
    budget: &mut Budget,
    limits: &Limits,
    nodes: &mut Vec<Node>,
) -> Result<(), Trouble> {
    let mut folders = vec![(place.clone(), path.to_owned())];
    while let Some((place, path)) = folders.pop() {
        let children = place.children(budget.entries as usize).map_err(|error| {
            Fault::Unreadable.trouble(format!("the folder `{path}` cannot be read: {error}"))
        })?;
        for child in children {
            budget.entries = budget.entries.checked_sub(1).ok_or_else(|| {
                let message = format!("it holds more than {} files and folders", limits.entries);
                Fault::TooMany.trouble(message + "; hand in the sources alone")
            })?;
            let path = join(&path, &child.name);
            if path.len() > limits.path_bytes || path.split('/').count() > limits.path_depth {
                let message =
                    "its folders are nested too deeply, or named too long; hand in the sources alone";
                return Err(Fault::TooDeep.trouble(message));
            }
            if child.kind == Kind::Folder {
                folders.push((child.place, path));
            } else {
                let (kind, size, time) = (child.kind, child.size, child.time);
                nodes.push(Node { path, kind, size, time, place: child.place });
            }
        }
    }
    Ok(())
}

/// Opens the archives among `nodes` and walks each, one level: archives in them are left for the next call.
/// One that is no good is told beside its path, and the others are walked all the same.
pub(super) fn unpack(
    nodes: &[Node],
    scratch: &std::path::Path,
    budget: &mut Budget,
    limits: &Limits,
) -> (Vec<Node>, Vec<(String, Trouble)>) {
    let (mut found, mut troubles) = (Vec::new(), Vec::new());
    for node in nodes.iter().filter(|node| is_archive(node)) {
        if let Err(trouble) = unpack_one(node, scratch, budget, limits, &mut found) {
            troubles.push((node.path.clone(), trouble));
        }
    }
    (found, troubles)
}

fn unpack_one(
    node: &Node,
    scratch: &std::path::Path,
    budget: &mut Budget,
    limits: &Limits,
    found: &mut Vec<Node>,
) -> Result<(), Trouble> {
    let (stem, ending) = ending(&node.path);
    if let Kind::Refused(refusal) = node.kind {
        return Err(refusal.trouble(&node.path));
    }
    if ending == Ending::OtherArchive {
        return Err(Fault::Unsupported.trouble("this kind of archive is not read; hand in a zip or a tar.gz"));
    }
    let archive = node.place.open_archive(scratch, budget, limits)?;
    if let Some(name) = archive.climbing.first() {
        let message = format!("a name in it leads out of its folder: `{name}`; pack it again");
        return Err(Fault::ClimbsOut.trouble(message));
    }
    if let Some(name) = archive.too_long.first() {
        return Err(Fault::TooDeep.trouble(format!("a name in it is too long or too deep: `{name}`")));
    }
    walk(&Place::top(archive.into()), stem, budget, limits, found)
}

/// Whether `node` has to be opened to see what is in it. One in `src` is a part of the exercise.
pub(super) fn is_archive(node: &Node) -> bool {
    let file = node.kind == Kind::File || matches!(node.kind, Kind::Refused(_));
    let in_src = node.path.split('/').any(|part| part == "src");
    file && !in_src && ending(&node.path).1 != Ending::No
}
