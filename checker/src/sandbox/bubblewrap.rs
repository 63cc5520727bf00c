//! Rung 2: an installed bubblewrap makes the namespaces, where a distribution lets it and not us.
//!
//! It starts the runner with a network, processes and mounts of its own. The runner, and the programs that it
//! starts there, are in the same namespaces: the walls between them are Landlock and the system call filter.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use nix::unistd::geteuid;

use super::identity::UNPRIVILEGED;

/// Where scenarios' folders are made, inside.
pub const SCRATCH: &str = "/scratch";
/// This very binary, inside.
const INSIDE: &str = "/checker";
/// Room for all files of a scenario, in bytes.
const ROOM: &str = "1073741824";

const PROGRAM: &str = "bwrap";
const WALLS: [&str; 9] = [
    "--unshare-user",
    "--unshare-net",
    "--unshare-pid",
    "--unshare-ipc",
    "--unshare-uts",
    "--unshare-cgroup-try",
    "--die-with-parent",
    "--new-session",
    "--clearenv",
];
const FURNITURE: [&str; 10] =
    ["--dev", "/dev", "--proc", "/proc", "--size", ROOM, "--tmpfs", SCRATCH, "--chdir", "/"];
/// What a program needs; those that are symbolic links here are so inside.
const SYSTEM: [&str; 7] = ["usr", "lib", "lib32", "lib64", "bin", "nix/store", "gnu/store"];
const SETTINGS: [&str; 6] =
    ["/etc/ld.so.cache", "/etc/hosts", "/etc/host.conf", "/etc/nsswitch.conf", "/etc/passwd", "/etc/group"];

/// A command that starts this very binary inside, with these arguments. In the place of root it is "nobody", who
/// has to be able to read the binary.
///
/// # Errors
/// The binary's own file is not to be found. That there is no bubblewrap, or that it may not, shows when the
/// command is started.
pub fn command(args: &[OsString]) -> io::Result<Command> {
    let mut command = Command::new(PROGRAM);
    command.args(WALLS);
    for name in SYSTEM {
        let host = Path::new("/").join(name);
        match fs::symlink_metadata(&host) {
            Ok(found) if found.is_symlink() => command.arg("--symlink").arg(fs::read_link(&host)?).arg(&host),
            Ok(found) if found.is_dir() => command.arg("--ro-bind").args([&host, &host]),
            _ => continue,
        };
    }
    for path in SETTINGS {
        command.args(["--ro-bind-try", path, path]);
    }
    command.args(FURNITURE).arg("--ro-bind").arg(env::current_exe()?).args([INSIDE, "--", INSIDE]);
    command.args(args).env_clear().current_dir("/");
    if geteuid().is_root() && is_known(UNPRIVILEGED) {
        command.uid(UNPRIVILEGED).gid(UNPRIVILEGED);
    }
    Ok(command)
}

/// Whether there is such a user: root of a container may be the only one.
fn is_known(user: u32) -> bool {
    let map = fs::read_to_string("/proc/self/uid_map").unwrap_or_default();
    covers(&map, user)
}

/// Each line of a map holds the first user, whom it stands for outside, and how many follow.
fn covers(map: &str, user: u32) -> bool {
    map.lines().any(|line| {
        let mut numbers = line.split_ascii_whitespace().filter_map(|number| number.parse::<u32>().ok());
        let (first, _, count) = (numbers.next(), numbers.next(), numbers.next());
        matches!((first, count), (Some(first), Some(count)) if user >= first && user - first < count)
    })
}

/// What bubblewrap said when it failed, as an error; with the cure of that which it names.
pub(super) fn failure(said: &[u8]) -> io::Error {
    let said = String::from_utf8_lossy(said);
    let last = said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("it said nothing");
    io::Error::other(last.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_tells_which_users_there_are() {
        for (map, known) in
            [("0 0 4294967295\n", true), ("0 1000 1\n", false), ("0 1 1\n65534 9 1\n", true), ("", false)]
        {
            assert_eq!(covers(map, 65_534), known, "{map}");
        }
    }

    #[test]
    fn its_last_line_is_what_it_failed_with() {
        let said = b"bwrap: one\nbwrap: setting up uid map: Permission denied\n\n";
        assert_eq!(failure(said).to_string(), "bwrap: setting up uid map: Permission denied");
        assert_eq!(failure(b"").to_string(), "it said nothing");
    }
}
