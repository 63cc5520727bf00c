//! What the instructor named, opened: a folder, an archive, a lone file.

use std::fs::{self, File, OpenOptions};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::archive;
use super::draft::{Draft, Drafts};
use super::error::IntakeError;
use super::limits::Budget;
use super::names::{Ending, ending, show};
use super::order::Order;
use super::pattern::Told;
use super::place::Place;
use super::shelf::Shelf;
use super::survey::survey;
use super::tree::Root;

/// All submissions in `path`.
///
/// # Errors
/// There is nothing at `path`, or it cannot be read. A broken archive is somebody's submission.
pub(super) fn drafts(path: &Path, order: &Order) -> Result<Drafts, IntakeError> {
    let cannot = |error: std::io::Error| {
        let cure = "name a folder, a zip or a tar.gz of submissions that can be read";
        IntakeError::whole(path.display().to_string(), format!("cannot read it: {error}"), cure)
    };
    // What the instructor names may be a link; nothing below it may.
    let real = fs::canonicalize(path).map_err(cannot)?;
    let metadata = fs::metadata(&real).map_err(cannot)?;
    if metadata.is_dir() {
        fs::read_dir(&real).map_err(cannot)?;
        let mut shelf = Shelf::new(order, path, false);
        let (top, label) = (Place::folder(&real), file_name(&real));
        shelf.sort(&top, &label);
        let root = |place| Root { place, is_folder: true, at: String::new(), size: 0, time: None };
        let whole = (!order.is_of_grades(&top)).then(|| root(top));
        return Ok(whole_or_parts(shelf.found, whole, label, path, order));
    }
    if !metadata.is_file() {
        let cure = "name a folder, a zip or a tar.gz";
        return Err(IntakeError::whole(path.display().to_string(), "it is a device or a pipe", cure));
    }
    let flags = libc::O_NONBLOCK | libc::O_CLOEXEC;
    let file = OpenOptions::new().read(true).custom_flags(flags).open(&real).map_err(cannot)?;
    Ok(file_drafts(path, &real, file, metadata.len(), order))
}

fn file_drafts(path: &Path, real: &Path, file: File, length: u64, order: &Order) -> Drafts {
    let label = file_name(real);
    if ending(&label).1 == Ending::No && !archive::is_archive(&file) {
        return lone_file(path, real, length, order);
    }
    let label = ending(&label).0.to_owned();
    match archive::open(file, &order.scratch, &mut Budget::of_bulk(&order.limits), &order.limits) {
        Ok(archive) => {
            let mut shelf = Shelf::new(order, path, true);
            for name in archive.climbing.iter().chain(&archive.too_long) {
                let why = "the name leads out of its folder, or is too long: passed over";
                shelf.found.pass_over(super::draft::source(path, true, name), why);
            }
            shelf.sort(&Place::top(Arc::new(archive)), &label);
            let whole = lone_root(real, length, file_name(real));
            whole_or_parts(shelf.found, whole, label, path, order)
        }
        Err(trouble) => {
            let source = path.display().to_string();
            let draft = Draft { label, source, trouble: Some(trouble), ..Draft::default() };
            Drafts { drafts: vec![draft], ..Drafts::default() }
        }
    }
}

/// The submissions `found` in a source, or the source itself as the only one, named after it: where nothing in it
/// is one; where it is an archive around one; and where it is one of several sources, not a class by itself.
/// Else those who pack their work in a folder `code` would all be a student of that name.
fn whole_or_parts(found: Drafts, whole: Option<Root>, label: String, path: &Path, order: &Order) -> Drafts {
    let Some(whole) = whole else { return found };
    let by_names = order.pattern.is_some() || found.drafts.iter().any(|draft| draft.told != Told::default());
    let holds_one = || {
        let is_good = |draft: &&Draft| {
            survey(&draft.roots, &order.exercises, &order.scratch, &order.limits).trouble.is_none()
        };
        found.drafts.iter().filter(is_good).take(2).count() <= 1
    };
    let is_whole = match found.drafts.len() {
        0 => true,
        1 if !whole.is_folder => true,
        _ => order.many && holds_one(),
    };
    if by_names || !is_whole {
        return found;
    }
    // An archive is not held open until it is graded, either: there may be thousands.
    let source = path.display().to_string();
    let draft = Draft { label, roots: vec![whole], source, ..Draft::default() };
    Drafts { drafts: vec![draft], ..Drafts::default() }
}

/// A file that is no archive: a submission if it is a source.
fn lone_file(path: &Path, real: &Path, size: u64, order: &Order) -> Drafts {
    let mut found = Drafts::default();
    let name = file_name(real);
    let root = lone_root(real, size, order.mounted(&name)).filter(|_| name.ends_with(".rs"));
    let Some(root) = root else {
        found.pass_over(path.display().to_string(), "it is neither a folder nor an archive nor a source");
        return found;
    };
    let label = name.trim_end_matches(".rs").to_owned();
    found.drafts.push(Draft {
        label,
        roots: vec![root],
        source: path.display().to_string(),
        ..Draft::default()
    });
    found
}

/// The file `real` as all of a submission, in which it is called `at`.
fn lone_root(real: &Path, size: u64, at: String) -> Option<Root> {
    let (parent, file) = (real.parent()?, real.file_name()?);
    let place = Place::Disk { root: Arc::new(parent.to_owned()), inside: PathBuf::from(file) };
    let time = fs::symlink_metadata(real).ok().map(|metadata| metadata.mtime());
    Some(Root { place, is_folder: false, at, size, time })
}

/// The last part of a path, to be shown.
fn file_name(path: &Path) -> String {
    show(path.file_name().unwrap_or(path.as_os_str()).as_bytes())
}
