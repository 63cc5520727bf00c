//! Running the checker as somebody without rights.

use std::fs;
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Checked;
use super::checked::command;

/// "nobody".
const USER: u32 = 65_534;

/// Whether the tests themselves are run by root, to whom permissions don't apply.
pub fn is_root() -> bool {
    nix::unistd::geteuid().is_root()
}

/// The checker as a user without rights: the one who runs the tests, or nobody in the place of root.
/// `home` is a folder that this user can read; the binary is copied there, and a compiler's answers.
pub fn unprivileged(home: &Path, args: &[&str]) -> Checked {
    if !is_root() {
        return Checked::new(args.iter().copied());
    }
    let ours = command();
    let checker = home.join("checker-for-nobody");
    // Not by this process: a test beside this one that forks meanwhile would hold it open for writing.
    // In the place of one that was copied for a run before, whose last process may not have ended yet.
    let copied = Command::new("cp").arg("-f").arg(ours.get_program()).arg(&checker).status().unwrap();
    assert!(copied.success());
    let mut theirs = Command::new("setpriv");
    theirs.args([&format!("--reuid={USER}"), &format!("--regid={USER}"), "--clear-groups", "--"]);
    theirs.arg(checker).args(args);
    for (name, value) in ours.get_envs() {
        match value {
            Some(value) => theirs.env(name, value),
            None => theirs.env_remove(name),
        };
    }
    theirs.env("RUSTC", parrot(home));
    Checked::of(theirs)
}

/// A compiler that says what the real one says of itself, for a user who may not be allowed to read that.
/// It compiles nothing: what it is asked for must have been compiled already.
fn parrot(home: &Path) -> PathBuf {
    let said = Command::new("rustc").arg("-vV").output().unwrap();
    fs::write(home.join("rustc-says"), said.stdout).unwrap();
    let script = format!(
        "#!/bin/sh\ncase \"$*\" in --print*) echo /nowhere;; -vV) cat {}/rustc-says;; *) exit 1;; esac\n",
        home.display()
    );
    write_script(&home.join("rustc-for-nobody"), &script)
}

/// Writes a program that a shell runs; not by this process, for the same reason.
pub fn write_script(path: &Path, text: &str) -> PathBuf {
    let write = r#"printf %s "$1" > "$2" && chmod 755 "$2""#;
    let written = Command::new("sh").args(["-c", write, "sh", text]).arg(path).status().unwrap();
    assert!(written.success());
    path.to_owned()
}

/// Gives a folder, and all in it, to the user of [`unprivileged`].
pub fn give_away(folder: &Path) {
    if !is_root() {
        return;
    }
    chown(folder, Some(USER), Some(USER)).unwrap();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            give_away(&path);
        } else {
            chown(&path, Some(USER), Some(USER)).unwrap();
        }
    }
}
