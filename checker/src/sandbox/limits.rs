//! What a program may use up.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;

use nix::sys::resource::{Resource, getrlimit, setrlimit};
use nix::unistd::getuid;
use serde::{Deserialize, Serialize};

use super::rung::Rung;

/// What one program, with every process that it starts, may use up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Processes and threads that may live at the same time.
    /// [`Sandbox::over_limits`](super::Sandbox::over_limits) tells of more. On rung 3 the kernel refuses
    /// to go on a little above that; on rung 0 it can't, since it counts all that the user has.
    pub processes: u32,
    /// Memory of all processes together, in MiB. Nothing in the kernel holds it: ask
    /// [`Sandbox::over_limits`](super::Sandbox::over_limits) every 20 ms or so.
    pub memory_mib: u32,
    /// Room in the scenario's folder, and the largest file, in MiB. On rung 0 only the latter.
    pub files_mib: u32,
    /// Processor time of one process, in seconds; then it gets `SIGXCPU`, a second later `SIGKILL`.
    pub cpu_s: u32,
    /// Open files and sockets of one process.
    pub open_files: u32,
}

/// A limit that a program has reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// Its processes hold more memory together than they may.
    Memory,
    /// It has more processes and threads than it may.
    Processes,
}

/// Generous for any exercise: glibc sets 64 MiB aside for each arena of its malloc, of which there are eight for a
/// processor. And small enough to refuse one absurd `mmap` outright.
pub(super) const ADDRESS_SPACE: u64 = 32 << 30;
const MIB: u64 = 1 << 20;

impl Limits {
    /// Limits the calling process, and what it starts; each of them to an address space of so many bytes.
    pub(super) fn apply(&self, rung: Rung, address_space: u64) -> io::Result<()> {
        let cpu = u64::from(self.cpu_s);
        cap(Resource::RLIMIT_CORE, 0, 0)?;
        cap(Resource::RLIMIT_AS, address_space, address_space)?;
        cap(Resource::RLIMIT_CPU, cpu, cpu.saturating_add(1))?;
        cap(Resource::RLIMIT_FSIZE, u64::from(self.files_mib) * MIB, u64::from(self.files_mib) * MIB)?;
        cap(Resource::RLIMIT_NOFILE, self.open_files.into(), self.open_files.into())?;
        let most = match rung {
            Rung::Three => self.refused_above(),
            // Outside a user namespace of its own all of the user's processes on the host count, those
            // of other scenarios too: this only ends a bomb before it ends the machine.
            Rung::Two => tasks_of_this_user() + self.refused_above(),
            Rung::Zero | Rung::One => tasks_of_this_user() + 8 * self.refused_above(),
        };
        cap(Resource::RLIMIT_NPROC, most, most)
    }

    /// Processes and threads above which the kernel refuses more. Above the limit itself: a process that
    /// is refused one often ends by that, and what is left should still show that there were too many.
    fn refused_above(&self) -> u64 {
        u64::from(self.processes) + u64::from(self.processes) / 8 + 1
    }
}

/// Processes and threads of this process's user, on the whole host.
fn tasks_of_this_user() -> u64 {
    let user = getuid().as_raw();
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let own = processes.filter(|process| process.metadata().is_ok_and(|found| found.uid() == user));
    own.map(|process| fs::read_dir(process.path().join("task")).map_or(0, Iterator::count) as u64).sum()
}

/// Sets a limit, or leaves the one that is stricter already.
fn cap(resource: Resource, soft: u64, hard: u64) -> io::Result<()> {
    let (_, most) = getrlimit(resource)?;
    Ok(setrlimit(resource, soft.min(most), hard.min(most))?)
}
