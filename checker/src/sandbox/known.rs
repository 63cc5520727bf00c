//! That the best rung has been tried and works, remembered for as long as nothing changes that it depends on: every
//! runner of a command would wait for that trial, which is a sandbox of its own with a program started in it.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::probe;
use super::rung::Rung;

/// Settings by which a kernel, or a distribution, forbids namespaces; those that are not there count too.
const SETTINGS: [&str; 8] = [
    "/proc/sys/kernel/random/boot_id",
    "/proc/sys/kernel/unprivileged_userns_clone",
    "/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
    "/proc/sys/user/max_user_namespaces",
    "/proc/sys/user/max_mnt_namespaces",
    "/proc/sys/user/max_pid_namespaces",
    "/proc/sys/user/max_net_namespaces",
    "/proc/self/attr/current",
];
/// Where this process is already.
const NAMESPACES: [&str; 4] = ["user", "mnt", "pid", "net"];
/// Who it is, and what it may.
const STATUS: [&str; 6] = ["Uid:", "Gid:", "CapEff:", "CapBnd:", "NoNewPrivs:", "Seccomp:"];

/// A file that tells under which circumstances the best rung of all was found to work. What is less is never
/// remembered: whoever mends that is to notice it at once.
#[derive(Debug, Clone)]
pub struct Known {
    file: PathBuf,
}

impl Known {
    pub fn at(file: PathBuf) -> Self {
        Known { file }
    }

    /// The best rung that this host allows: as remembered, or as found by trying.
    pub fn best(&self) -> Rung {
        self.best_by(probe::best)
    }

    fn best_by(&self, attempt: impl FnOnce() -> Rung) -> Rung {
        let [best, ..] = Rung::ALL;
        let now = circumstances().ok();
        if now.is_some() && fs::read_to_string(&self.file).ok() == now {
            return best;
        }
        let found = attempt();
        if let (true, Some(now)) = (found == best, now) {
            // Where that can't be written, it is tried again next time.
            drop(keep(&self.file, &now));
        }
        found
    }

    /// To be called when it did not hold after all.
    pub fn forget(&self) {
        drop(fs::remove_file(&self.file));
    }
}

/// Whole, or not at all.
fn keep(file: &Path, text: &str) -> io::Result<()> {
    let whole = file.with_extension(std::process::id().to_string());
    fs::write(&whole, text)?;
    fs::rename(whole, file)
}

fn circumstances() -> io::Result<String> {
    let mut text = String::new();
    let mut line = |name: &str, value: &str| {
        // Writing to a string can't fail.
        let _ = writeln!(text, "{name} {}", value.trim());
    };
    for file in SETTINGS {
        line(file, &fs::read_to_string(file).unwrap_or_default());
    }
    for name in NAMESPACES {
        line(name, &fs::read_link(format!("/proc/self/ns/{name}"))?.to_string_lossy());
    }
    let status = fs::read_to_string("/proc/self/status")?;
    for wanted in STATUS {
        line(wanted, status.lines().find_map(|line| line.strip_prefix(wanted)).unwrap_or_default());
    }
    // This very binary: another one may do otherwise, or be allowed less.
    let own = fs::metadata("/proc/self/exe")?;
    line("checker", &format!("{} {} {} {}", own.dev(), own.ino(), own.ctime(), own.ctime_nsec()));
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_works_is_tried_once_and_again_under_other_circumstances() {
        let dir = tempfile::tempdir().unwrap();
        let known = Known::at(dir.path().join("isolation"));
        let never = || -> Rung { panic!("tried") };
        assert_eq!(known.best_by(|| Rung::Three), Rung::Three);
        assert_eq!(known.best_by(never), Rung::Three);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "nothing but the one file");

        let other = fs::read_to_string(&known.file).unwrap().replace("boot_id ", "boot_id 1");
        fs::write(&known.file, other).unwrap();
        assert_eq!(known.best_by(|| Rung::One), Rung::One);
        assert_eq!(known.best_by(|| Rung::Two), Rung::Two, "what is less than the best is not remembered");
        assert_eq!(known.best_by(|| Rung::Three), Rung::Three);
        known.forget();
        assert_eq!(known.best_by(|| Rung::Zero), Rung::Zero);
        known.forget();
    }
}
