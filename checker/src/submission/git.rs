//! When the commit that is checked out was made.
//!
//! Read from the files of the repository, never by `git`: that runs what the repository's own configuration
//! names. A commit that is stored as a difference to another is not read; the files' times count then.

use std::io::Read;
use std::path::Path;

use flate2::read::ZlibDecoder;

use super::disk;
use super::git_pack;
use super::time;

/// The longest small file of a repository, and the longest commit, in bytes.
const SMALL: u64 = 64 * 1024;
/// The longest list of packed references, in bytes.
const REFERENCES: u64 = 4 * 1024 * 1024;

/// The committer's time of the commit at HEAD of the checkout `inside`, a relative path in `root`.
pub(super) fn committed_at(root: &Path, inside: &Path) -> Option<i64> {
    let git = inside.join(".git");
    let commit = head(root, &git)?;
    let object = loose(root, &git, &commit).or_else(|| git_pack::commit(root, &git, &commit))?;
    committer_time(&object)
}

/// The commit's number, in hex.
fn head(root: &Path, git: &Path) -> Option<String> {
    let head = text(root, &git.join("HEAD"), SMALL)?;
    let head = head.trim();
    let Some(reference) = head.strip_prefix("ref: ") else { return number(head) };
    let plain = reference.starts_with("refs/")
        && reference.split('/').all(|part| !part.is_empty() && part != "." && part != "..");
    if !plain {
        return None;
    }
    if let Some(found) = text(root, &git.join(reference), SMALL).and_then(|text| number(text.trim())) {
        return Some(found);
    }
    let packed = text(root, &git.join("packed-refs"), REFERENCES)?;
    packed.lines().find_map(|line| {
        let (commit, name) = line.split_once(' ')?;
        if name == reference { number(commit) } else { None }
    })
}

fn number(text: &str) -> Option<String> {
    let hex = text.len() == 40 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    hex.then(|| text.to_owned())
}

fn text(root: &Path, file: &Path, most: u64) -> Option<String> {
    let mut text = String::new();
    disk::open(root, file).ok()?.take(most).read_to_string(&mut text).ok()?;
    Some(text)
}

/// The content of a commit that has a file of its own.
fn loose(root: &Path, git: &Path, commit: &str) -> Option<String> {
    let (folder, file) = commit.split_at_checked(2)?;
    let object = git.join("objects").join(folder).join(file);
    let inflated = inflate(disk::open(root, &object).ok()?)?;
    let (header, content) = inflated.split_once('\0')?;
    header.starts_with("commit ").then(|| content.to_owned())
}

/// The beginning of a compressed object, as text.
pub(super) fn inflate(from: impl Read) -> Option<String> {
    let mut bytes = Vec::new();
    ZlibDecoder::new(from).take(SMALL).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// From the line `committer NAME <EMAIL> SECONDS ZONE`, which stands before the first empty one.
fn committer_time(commit: &str) -> Option<i64> {
    let line = commit
        .lines()
        .take_while(|line| !line.is_empty())
        .find_map(|line| line.strip_prefix("committer "))?;
    let (_, rest) = line.rsplit_once('>')?;
    time::of_commit(rest.split_ascii_whitespace().next()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committer_says_when() {
        let commit =
            "tree x\nauthor A <a> 1 +0000\ncommitter A > B <a@b> 1795168800 +0800\n\ncommitter x> 5\n";
        assert_eq!(committer_time(commit), Some(1_795_168_800));
        assert_eq!(committer_time("tree x\n\ncommitter A <a> 5 +0000\n"), None);
        assert_eq!(committer_time("committer A"), None);
    }
}
