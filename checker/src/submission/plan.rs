//! Which files of an exercise are taken, and why some, or all, are not.

use super::fault::Fault;
use super::limits::{Limits, bytes};
use super::locate::{Located, Wanted, trouble_of};
use super::names::{is_fit, join};
use super::place::Kind;
use super::tree::Node;
use crate::gradebook::record::Trouble;

/// What is taken of one exercise.
#[derive(Debug, Clone, Default)]
pub(super) struct Plan {
    /// `01_udp_send`
    pub name: String,
    /// Where it lies in the submission.
    pub folder: String,
    /// The node's number, and where it goes below the exercise's folder: `src/main.rs`. Sorted by that.
    pub files: Vec<(usize, String)>,
    /// Large files that are no sources, such as a program compiled in `src`.
    pub left_out: Vec<String>,
    /// It is not there, and the course's own reference for it is.
    pub reference: bool,
    /// With files: something is missing. Without: why none is taken; None where it is not there at all.
    pub trouble: Option<Trouble>,
}

/// Decides by what is promised of names and sizes; sizes are counted again when the files are read.
pub(super) fn plan(nodes: &[Node], located: Located, wanted: &Wanted, limits: &Limits) -> Plan {
    let trouble = trouble_of(&located, wanted);
    let name = wanted.0.clone();
    let Located::Here { folder, files } = located else {
        return Plan { name, trouble, ..Plan::default() };
    };
    let (files, left_out): (Vec<_>, Vec<_>) =
        files.into_iter().partition(|(number, to)| to.ends_with(".rs") || is_small(&nodes[*number], limits));
    let left_out = left_out.into_iter().map(|(_, to)| to).collect();
    match fault_of(nodes, &folder, &files, limits) {
        Some(fault) => Plan { name, folder, left_out, trouble: Some(fault), ..Plan::default() },
        None => Plan { name, folder, left_out, trouble, files, ..Plan::default() },
    }
}

/// Whether it is taken although it is no source: what is refused has to be told.
fn is_small(node: &Node, limits: &Limits) -> bool {
    node.size <= limits.file_bytes || node.kind != Kind::File
}

fn fault_of(nodes: &[Node], folder: &str, files: &[(usize, String)], limits: &Limits) -> Option<Trouble> {
    if files.len() > limits.src_files {
        let message = format!("it has {} files in src, {} are taken", files.len(), limits.src_files);
        return Some(Fault::TooMany.trouble(message));
    }
    let mut total = 0_u64;
    for (number, to) in files {
        let node = &nodes[*number];
        if let Kind::Refused(refusal) = node.kind {
            return Some(refusal.trouble(&join(folder, to)));
        }
        if !is_fit(to) {
            let message = format!("the name `{}` cannot be written here; rename it", to.escape_debug());
            return Some(Fault::BadName.trouble(message));
        }
        if node.size > limits.file_bytes {
            return Some(too_large(to, limits));
        }
        total = total.saturating_add(node.size);
    }
    if total > limits.src_bytes {
        return Some(src_too_large(limits));
    }
    twice(files)
}

pub(super) fn too_large(to: &str, limits: &Limits) -> Trouble {
    let message = format!("{to} is larger than {}; a source is shorter", bytes(limits.file_bytes));
    Fault::TooLarge.trouble(message)
}

pub(super) fn src_too_large(limits: &Limits) -> Trouble {
    let message = format!("src is larger than {}; hand in the sources alone", bytes(limits.src_bytes));
    Fault::TooLarge.trouble(message)
}

/// Two files for one place, or a file where another has a folder.
fn twice(files: &[(usize, String)]) -> Option<Trouble> {
    files.iter().enumerate().find_map(|(at, (_, to))| {
        let below = format!("{to}/");
        let clash = files[at + 1..].iter().any(|(_, other)| other == to || other.starts_with(&below));
        clash.then(|| Fault::Duplicate.trouble(format!("{to} is there twice; keep one of them")))
    })
}
