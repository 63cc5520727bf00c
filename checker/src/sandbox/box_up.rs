//! How a supervisor readies itself before it starts the program.

use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::FileExt;

use nix::mount::{MsFlags, mount};
use nix::sys::prctl;
use nix::sys::signal::Signal;
use nix::unistd::{sethostname, setsid};

use super::error::{At, SandboxError};
use super::step::Step;

/// The namespaces into which a supervisor of rung 3 is born, as their first process. The others it shares
/// with the other programs of its scenario.
pub(super) const NAMESPACES: libc::c_int = libc::CLONE_NEWPID | libc::CLONE_NEWNS;

/// What the program is told its machine is called.
const HOST: &str = "sandbox";

/// How the next pids of this process's namespace are given out.
pub(super) struct Pids {
    /// The last one that was given. None: it can't be set here.
    last: Option<File>,
}

impl Pids {
    /// The next process gets the pid that the first had, where the kernel can do that (`CONFIG_CHECKPOINT_RESTORE`):
    /// to be called when there is none but this one. Otherwise pids go on.
    pub(super) fn restart(&self) {
        if let Some(last) = &self.last {
            let _ = last.write_at(b"1", 0);
        }
    }
}

/// Rung 3: PID 1 of the new namespaces.
pub(super) fn namespaced(processes: u32) -> Result<Pids, SandboxError> {
    // With PID 1 the kernel kills every process of its namespace. If the runner ended before this
    // call, the channel is at its end, and the first order that is waited for tells.
    prctl::set_pdeathsig(Signal::SIGKILL).at(Step::ParentSignal)?;
    prctl::set_dumpable(false).at(Step::Session)?;
    setsid().at(Step::Session)?;
    sethostname(HOST).at(Step::HostName)?;
    limit_pids(processes);
    let last = OpenOptions::new().write(true).open("/proc/sys/kernel/ns_last_pid").ok();
    own_proc()?;
    Ok(Pids { last })
}

/// Rung 0: a process that inherits the program's orphans.
pub(super) fn plain() -> Result<Pids, SandboxError> {
    prctl::set_child_subreaper(true).at(Step::Subreaper)?;
    // The program has the same user, and may have stopped this process: at the runner's end it goes on,
    // and ends everything.
    prctl::set_pdeathsig(Signal::SIGCONT).at(Step::ParentSignal)?;
    // Away from the terminal: its Ctrl-C is for the checker, which then ends us in order.
    setsid().at(Step::Session)?;
    Ok(Pids { last: None })
}

/// A second wall behind `RLIMIT_NPROC`, from Linux 6.14 on; before that the number is the host's and
/// can't be written here. Pids wrap round at it, so it is no tighter than it need be; the kernel
/// accepts none below 301.
fn limit_pids(processes: u32) {
    let most = processes.saturating_mul(4).max(1024);
    let _ = fs::write("/proc/sys/kernel/pid_max", most.to_string());
}

/// The program sees its own processes, not this one, and nothing else of the kernel.
fn own_proc() -> Result<(), SandboxError> {
    let flags = MsFlags::MS_NOSUID | MsFlags::MS_NODEV | MsFlags::MS_NOEXEC;
    mount(Some("proc"), "/proc", Some("proc"), flags, Some("hidepid=invisible,subset=pid"))
        .at(Step::MountProc)
}
