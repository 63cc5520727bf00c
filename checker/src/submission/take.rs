//! Copies the sources of a submission to a folder of ours, and nothing else.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use super::digest::{Digest, of_exercises};
use super::error::TakeError;
use super::fault::Fault;
use super::limits::Limits;
use super::place::Place;
use super::plan::{Plan, src_too_large, too_large};
use super::survey::Survey;
use super::tree::Node;
use crate::gradebook::record::Trouble;

/// What was copied of a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// SHA-256, hex, over the names and digests of the exercises that were copied.
    pub digest: String,
    /// In the course's order, one for each exercise.
    pub exercises: Vec<TakenExercise>,
    /// Why nothing was copied.
    pub trouble: Option<Trouble>,
}

/// What was copied of one exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenExercise {
    /// `01_udp_send`
    pub name: String,
    /// SHA-256, hex, over paths and contents; None where nothing was copied.
    pub digest: Option<String>,
    /// Relative to the exercise's folder, `src/main.rs`, sorted.
    pub files: Vec<String>,
    /// Over all files.
    pub bytes: u64,
    /// Large files in `src` that are no sources.
    pub left_out: Vec<String>,
    /// With files: `incomplete`, a source is missing. Without: why; None where it was not handed in.
    pub trouble: Option<Trouble>,
}

/// Copying ends for one of two reasons, which are not for the same reader.
enum Stop {
    Theirs(Trouble),
    Ours(TakeError),
}

/// Copies each exercise of `survey` to `into/NAME/src`, which must not exist; where `into` is None it is only
/// read.
pub(super) fn take(survey: Survey, into: Option<&Path>, limits: &Limits) -> Result<Taken, TakeError> {
    let Survey { nodes, plans, trouble, .. } = survey;
    let exercises = plans
        .into_iter()
        .map(|plan| exercise(&nodes, plan, into, limits))
        .collect::<Result<Vec<_>, TakeError>>()?;
    let digests = exercises.iter().filter_map(|one| Some((one.name.as_str(), one.digest.as_deref()?)));
    Ok(Taken { digest: of_exercises(digests), exercises, trouble })
}

fn exercise(
    nodes: &[Node],
    plan: Plan,
    into: Option<&Path>,
    limits: &Limits,
) -> Result<TakenExercise, TakeError> {
    let mut taken = TakenExercise {
        name: plan.name,
        digest: None,
        files: Vec::new(),
        bytes: 0,
        left_out: plan.left_out,
        trouble: plan.trouble,
    };
    if plan.files.is_empty() {
        return Ok(taken);
    }
    let folder = into.map(|into| into.join(&taken.name));
    let src = folder.as_ref().map(|folder| folder.join("src"));
    let ours = |error| TakeError { path: src.clone().unwrap_or_default(), error };
    if let (Some(folder), Some(src)) = (&folder, &src) {
        make_folder(folder, true).map_err(ours)?;
        make_folder(src, false).map_err(ours)?;
    }
    match copy_all(nodes, &plan.files, folder.as_deref(), limits) {
        Ok((digest, bytes)) => {
            taken.files = plan.files.into_iter().map(|(_, to)| to).collect();
            (taken.digest, taken.bytes) = (Some(digest), bytes);
        }
        Err(Stop::Theirs(trouble)) => {
            // All of it or nothing: half an exercise would be graded as if it were whole.
            src.as_ref().map_or(Ok(()), fs::remove_dir_all).map_err(ours)?;
            taken.trouble = Some(trouble);
        }
        Err(Stop::Ours(error)) => return Err(error),
    }
    Ok(taken)
}

fn copy_all(
    nodes: &[Node],
    files: &[(usize, String)],
    folder: Option<&Path>,
    limits: &Limits,
) -> Result<(String, u64), Stop> {
    let mut digest = Digest::default();
    let mut total = 0;
    for (number, to) in files {
        let content = read(&nodes[*number], to, limits).map_err(Stop::Theirs)?;
        total += content.len() as u64;
        if total > limits.src_bytes {
            return Err(Stop::Theirs(src_too_large(limits)));
        }
        digest.file(to, &content);
        if let Some(folder) = folder {
            let path = folder.join(to);
            write(&path, folder, &content).map_err(|error| Stop::Ours(TakeError { path, error }))?;
        }
    }
    Ok((digest.finish(), total))
}

/// A whole source, however long it said it is: at most one byte more than the limit is held.
fn read(node: &Node, to: &str, limits: &Limits) -> Result<Vec<u8>, Trouble> {
    let broken = |error: io::Error| {
        let packed = matches!(node.place, Place::Packed { .. });
        let fault = if packed { Fault::BrokenArchive } else { Fault::Unreadable };
        fault.trouble(format!("{to} cannot be read: {error}; hand it in again"))
    };
    let mut content = Vec::new();
    let from = node.place.read().map_err(broken)?;
    from.take(limits.file_bytes + 1).read_to_end(&mut content).map_err(broken)?;
    if content.len() as u64 > limits.file_bytes {
        return Err(too_large(to, limits));
    }
    Ok(content)
}

/// A new file that only we have made, in folders that only we have made.
fn write(path: &Path, folder: &Path, content: &[u8]) -> io::Result<()> {
    let parent = path.parent().unwrap_or(folder);
    if !parent.is_dir() {
        DirBuilder::new().mode(0o755).recursive(true).create(parent)?;
    }
    let mut file: File = OpenOptions::new().write(true).create_new(true).mode(0o644).open(path)?;
    // Whatever the mask of this process is.
    file.set_permissions(Permissions::from_mode(0o644))?;
    file.write_all(content)
}

fn make_folder(path: &Path, may_exist: bool) -> io::Result<()> {
    match DirBuilder::new().mode(0o755).create(path) {
        Err(error) if may_exist && error.kind() == io::ErrorKind::AlreadyExists => {
            match fs::symlink_metadata(path)?.is_dir() {
                true => Ok(()),
                false => Err(error),
            }
        }
        done => done,
    }
}
