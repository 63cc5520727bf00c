//! The students' files in a folder of grades: those that are needed are written, and those go that the checker
//! wrote before and that nobody needs any more.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::class::write;
use super::exit::Stop;
use crate::build::source::{Digest, digest_of};

/// Which files the checker wrote, and what was in them: a path in the folder, and a digest.
const WRITTEN: &str = ".written.json";

type Written = BTreeMap<PathBuf, Digest>;

/// Writes `files`, paths in `out`. A file that was written for somebody in an earlier run, and is now for nobody,
/// is removed, unless it has been changed since; a file that somebody else put there stays. What somebody else put
/// in the place of one of `files` is kept beside it: a line for each.
///
/// # Errors
/// One can't be written, moved or removed.
pub fn put(out: &Path, files: &[(PathBuf, Vec<u8>)]) -> Result<Vec<String>, Stop> {
    let list = out.join(WRITTEN);
    let before = read(&list);
    let now: Written = files.iter().map(|(path, bytes)| (path.clone(), digest_of(&[bytes]))).collect();
    for (path, digest) in before.iter().filter(|(path, _)| !now.contains_key(*path)) {
        if is_below(path) && is_still(&out.join(path), digest) {
            fs::remove_file(out.join(path)).map_err(|error| unmovable(&out.join(path), &error))?;
        }
    }
    // Before the files: one that is not on the list would stay for ever. What is there is as it was until the
    // files are.
    let known = |(path, digest): (&PathBuf, &Digest)| {
        (path.clone(), before.get(path).cloned().unwrap_or_else(|| digest.clone()))
    };
    write_list(&list, &now.iter().map(known).collect())?;
    let mut kept = Vec::new();
    for (path, bytes) in files {
        let place = out.join(path);
        let is_ours =
            [before.get(path), now.get(path)].into_iter().flatten().any(|own| is_still(&place, own));
        if !is_ours && place.symlink_metadata().is_ok() {
            kept.push(keep(&place)?);
        }
        write(&place, bytes)?;
    }
    write_list(&list, &now)?;
    Ok(kept)
}

/// Gives what is at `place` another name.
fn keep(place: &Path) -> Result<String, Stop> {
    let named = |number: u32| {
        let mut name = place.as_os_str().to_owned();
        name.push(if number == 1 { ".kept".to_owned() } else { format!(".kept-{number}") });
        PathBuf::from(name)
    };
    let free = (1..).map(named).find(|path| path.symlink_metadata().is_err()).unwrap_or_else(|| named(1));
    fs::rename(place, &free).map_err(|error| unmovable(place, &error))?;
    Ok(format!(
        "{} was changed after it was written; what stood there is kept as {}",
        place.display(),
        free.display()
    ))
}

fn unmovable(path: &Path, error: &std::io::Error) -> Stop {
    Stop::fault(format!("{}: {error}; see that its folder can be written", path.display()))
}

fn write_list(list: &Path, written: &Written) -> Result<(), Stop> {
    write(list, &serde_json::to_vec_pretty(written).map_err(Stop::fault)?)
}

/// What is no list names nothing that could be removed.
fn read(list: &Path) -> Written {
    fs::read(list).ok().and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default()
}

fn is_below(path: &Path) -> bool {
    path.components().all(|part| matches!(part, Component::Normal(_)))
}

/// Whether it is the file that was written, and no link to another.
fn is_still(path: &Path, digest: &Digest) -> bool {
    let is_file = fs::symlink_metadata(path).is_ok_and(|found| found.is_file());
    is_file && fs::read(path).is_ok_and(|bytes| digest_of(&[&bytes]) == *digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> (PathBuf, Vec<u8>) {
        (Path::new("feedback").join(name), text.as_bytes().to_vec())
    }

    fn names(out: &Path) -> Vec<String> {
        let entries = fs::read_dir(out.join("feedback")).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn only_what_was_written_here_and_is_as_it_was_goes() {
        let out = tempfile::tempdir().unwrap();
        let out = out.path();
        put(out, &[file("ann.md", "a"), file("bob.md", "b"), file("cyd.md", "c"), file("dan.md", "d")])
            .unwrap();
        fs::write(out.join("feedback/notes.md"), "my own").unwrap();
        fs::write(out.join("feedback/cyd.md"), "with a word of mine").unwrap();
        fs::remove_file(out.join("feedback/dan.md")).unwrap();
        std::os::unix::fs::symlink("notes.md", out.join("feedback/dan.md")).unwrap();
        put(out, &[file("ann.md", "a")]).unwrap();
        assert_eq!(names(out), ["ann.md", "cyd.md", "dan.md", "notes.md"]);
        // What was once left alone is not the checker's any more.
        fs::write(out.join("feedback/cyd.md"), "c").unwrap();
        put(out, &[]).unwrap();
        assert_eq!(names(out), ["cyd.md", "dan.md", "notes.md"]);
    }

    #[test]
    fn a_list_that_leads_elsewhere_is_not_followed() {
        let out = tempfile::tempdir().unwrap();
        let inner = out.path().join("out");
        fs::create_dir(&inner).unwrap();
        fs::write(out.path().join("x.md"), "x").unwrap();
        let list: Written = [(PathBuf::from("../x.md"), digest_of(&[b"x"]))].into();
        fs::write(inner.join(WRITTEN), serde_json::to_vec(&list).unwrap()).unwrap();
        put(&inner, &[]).unwrap();
        assert!(out.path().join("x.md").exists());
        fs::write(inner.join(WRITTEN), "no list").unwrap();
        put(&inner, &[file("ann.md", "a")]).unwrap();
        assert_eq!(names(&inner), ["ann.md"]);
    }
}
