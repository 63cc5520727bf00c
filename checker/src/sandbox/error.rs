//! What kept a sandbox from being made: the step, the kernel's answer, and the cure.

use std::fmt;
use std::io;

use super::step::Step;

/// The host, or the course's author, is at fault, never the student.
#[derive(Debug)]
pub struct SandboxError {
    /// What was being done, as in "create a user namespace".
    pub step: &'static str,
    pub source: io::Error,
    /// What the host's owner can do about it, in a sentence.
    pub cure: String,
    kind: Step,
}

impl SandboxError {
    pub(super) fn new(step: Step, source: impl Into<io::Error>) -> Self {
        let source = source.into();
        let cure = cure(step, source.raw_os_error().unwrap_or(0)).to_owned();
        SandboxError { step: step.text(), source, cure, kind: step }
    }

    /// One line from which [`SandboxError::from_wire`] makes the error again in another process.
    pub(super) fn to_wire(&self) -> String {
        match self.source.raw_os_error() {
            Some(errno) => format!("{} {errno}", self.kind.number()),
            None => format!("{} 0 {}", self.kind.number(), self.source),
        }
    }

    pub(super) fn from_wire(line: &str) -> Option<Self> {
        let mut words = line.splitn(3, ' ');
        let step = Step::from_number(words.next()?.parse().ok()?)?;
        let source = match words.next()?.parse().ok()? {
            0 => io::Error::other(words.next().unwrap_or("unknown error").to_owned()),
            errno => io::Error::from_raw_os_error(errno),
        };
        Some(SandboxError::new(step, source))
    }
}

impl fmt::Display for SandboxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {}: {} ({})", self.step, self.source, self.cure)
    }
}

impl std::error::Error for SandboxError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// Says at which step something went wrong.
pub(super) trait At<T> {
    fn at(self, step: Step) -> Result<T, SandboxError>;
}

impl<T, E: Into<io::Error>> At<T> for Result<T, E> {
    fn at(self, step: Step) -> Result<T, SandboxError> {
        self.map_err(|error| SandboxError::new(step, error))
    }
}

fn cure(step: Step, errno: i32) -> &'static str {
    use Step::*;
    match (step, errno) {
        (_, libc::ENOMEM | libc::ENFILE | libc::EMFILE | libc::EAGAIN) => {
            "the host is out of memory, processes or descriptors: let it do less at a time"
        }
        (ScratchDir | CopyProgram, libc::ENOSPC) => "make room on the disk",
        (Bubblewrap, libc::ENOENT) => "install it: `apt install bubblewrap`, `dnf install bubblewrap`",
        (Bubblewrap, libc::EACCES) => "the checker's binary has to be readable for the user `nobody`",
        (Bubblewrap, _) => {
            "see that `bwrap --unshare-user --unshare-net --ro-bind / / true` works: the distribution has to \
             allow it user namespaces, on Ubuntu by the AppArmor profile bwrap-userns-restrict"
        }
        (Landlock, libc::ENOSYS | libc::EOPNOTSUPP) => {
            "use Linux 5.13 or newer, with `landlock` among the security modules: `lsm=landlock,…` on the \
             kernel's command line"
        }
        (Landlock, _) => "a container or a security module forbids Landlock: allow its three system calls",
        (_, libc::ENOSYS) => "use Linux 5.12 or newer",
        (UserNamespace, libc::ENOSPC) => "raise it: `sysctl user.max_user_namespaces=16384`",
        (NetNamespace, libc::ENOSPC) => {
            "raise them: `sysctl user.max_net_namespaces=16384 user.max_mnt_namespaces=16384`"
        }
        (UserNamespace, libc::EINVAL) => "the kernel has no user namespaces, or the process has threads",
        (UserNamespace | UserMaps | NetNamespace | Loopback | PrivateMounts | MountRoot, _) => {
            "user namespaces are restricted: on Ubuntu give this binary an AppArmor profile with `userns,` \
             or set `sysctl kernel.apparmor_restrict_unprivileged_userns=0`; on Debian set `sysctl \
             kernel.unprivileged_userns_clone=1`; in Docker add `--security-opt seccomp=unconfined \
             --security-opt apparmor=unconfined`"
        }
        (MountProc, _) => {
            "the host masks parts of /proc: in Docker add `--security-opt systempaths=unconfined`, or \
             mount proc with default options"
        }
        (OpenTools, libc::ENOENT | libc::ENOTDIR) => "install Rust from https://rustup.rs",
        (
            BindTools | BindDevices | CloneSupervisor | PivotRoot | HostName | BindSystem | SealRoot
            | MountScratch,
            _,
        ) => {
            "the container or a security module forbids mounts and namespaces: in Docker add \
             `--security-opt seccomp=unconfined --security-opt apparmor=unconfined`"
        }
        (ScratchDir | WorkingDir | Janitor | CopyProgram, _) => {
            "choose a scratch folder that every user can enter, for example below /tmp"
        }
        (Exec, libc::ENOENT) => "the program's loader or interpreter is not in the sandbox",
        (Exec, libc::ENOEXEC) => "the program was built for another machine",
        (OpenProgram | Exec, _) => "see that the program's file exists and may be executed",
        _ => "this is not expected here: please report it with the kernel's version",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_keeps_step_and_errno_on_its_way_between_processes() {
        let error = SandboxError::new(Step::MountProc, io::Error::from_raw_os_error(libc::EPERM));
        let again = SandboxError::from_wire(&error.to_wire()).unwrap();
        assert_eq!(again.to_string(), error.to_string());
        assert!(again.to_string().starts_with("cannot mount proc: Operation not permitted"));
    }

    #[test]
    fn an_error_without_errno_keeps_its_text() {
        let error = SandboxError::new(Step::Supervisor, io::Error::other("it ended early"));
        let again = SandboxError::from_wire(&error.to_wire()).unwrap();
        assert_eq!(again.source.to_string(), "it ended early");
    }

    #[test]
    fn nonsense_is_no_error_message() {
        assert!(SandboxError::from_wire("").is_none());
        assert!(SandboxError::from_wire("9999 1").is_none());
    }
}
