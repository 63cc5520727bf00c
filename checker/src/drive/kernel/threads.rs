//! The threads of a program, as /proc tells of them when they are looked at again and again.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::sandbox::process::Member;
use crate::sandbox::procfs;

/// The files of a thread that tell what it does.
#[derive(Debug)]
pub struct Thread {
    syscall: File,
    schedstat: File,
}

impl Thread {
    fn open(folder: &Path) -> io::Result<Self> {
        let file = |name| File::open(folder.join(name));
        Ok(Thread { syscall: file("syscall")?, schedstat: file("schedstat")? })
    }

    /// The system call in which it sleeps.
    pub fn syscall(&self) -> io::Result<String> {
        procfs::reread(&self.syscall)
    }

    /// Time on a processor, time ready for one, turns.
    pub fn schedstat(&self) -> io::Result<String> {
        procfs::reread(&self.schedstat)
    }
}

/// Those of a program's processes. Their files stay open: the next look at a thread takes two calls. And what
/// is held, /proc does not put away while the thread ends and others wait for that.
#[derive(Debug, Default)]
pub struct Threads {
    processes: Vec<Process>,
}

#[derive(Debug)]
struct Process {
    pid: u32,
    threads: Vec<Thread>,
}

impl Threads {
    /// Where more threads than these are known, those of other processes are forgotten: each has two files, and
    /// a process may usually have 1,024 open.
    const MOST: usize = 128;

    /// What `ask` learns from each thread of these processes, which it is given with the process's pid. None as
    /// soon as it learns nothing from one, or one has ended.
    pub fn ask<T>(
        &mut self,
        members: &[Member],
        mut ask: impl FnMut(u32, &Thread) -> io::Result<Option<T>>,
    ) -> Option<Vec<T>> {
        let mut learned = Vec::new();
        for member in members {
            let at = self.find(member).ok()?;
            for thread in &self.processes[at].threads {
                match ask(member.pid, thread) {
                    Ok(answer) => learned.push(answer?),
                    Err(_ended) => {
                        self.processes.swap_remove(at);
                        return None;
                    }
                }
            }
        }
        Some(learned)
    }

    /// Where the process is. As many threads as before, all of which still answer, are the same threads.
    fn find(&mut self, member: &Member) -> io::Result<usize> {
        if let Some(at) = self.processes.iter().position(|process| process.pid == member.pid) {
            if self.processes[at].threads.len() == member.threads as usize {
                return Ok(at);
            }
            self.processes.swap_remove(at);
        }
        let folders = folders(member)?;
        let threads = folders.iter().map(|folder| Thread::open(folder)).collect::<io::Result<_>>()?;
        let process = Process { pid: member.pid, threads };
        let known: usize = self.processes.iter().map(|process| process.threads.len()).sum();
        if known + process.threads.len() > Self::MOST {
            self.processes.clear();
        }
        self.processes.push(process);
        Ok(self.processes.len() - 1)
    }
}

/// The folder of each thread in /proc.
pub fn folders(member: &Member) -> io::Result<Vec<PathBuf>> {
    let process = PathBuf::from(format!("/proc/{}", member.pid));
    if member.threads == 1 {
        return Ok(vec![process]);
    }
    fs::read_dir(process.join("task"))?.map(|task| Ok(task?.path())).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::thread;

    use super::*;

    /// This process, as it is told by the number of its threads.
    fn own() -> Member {
        let pid = std::process::id();
        let threads = fs::read_dir("/proc/self/task").unwrap().count() as u32;
        Member { pid, state: 'S', threads, of_supervisor: true }
    }

    /// In a process of its own: others here are tests with threads that come and go.
    fn alone(test: fn()) {
        // SAFETY: the child runs this thread alone, and ends without unwinding into the others' frames.
        match unsafe { nix::unistd::fork() }.unwrap() {
            nix::unistd::ForkResult::Child => {
                let passed = std::panic::catch_unwind(test).is_ok();
                // SAFETY: ends the process at once.
                unsafe { libc::_exit(i32::from(!passed)) }
            }
            nix::unistd::ForkResult::Parent { child } => {
                let ended = nix::sys::wait::waitpid(child, None).unwrap();
                assert_eq!(ended, nix::sys::wait::WaitStatus::Exited(child, 0));
            }
        }
    }

    #[test]
    fn every_thread_is_asked_and_new_ones_too() {
        alone(|| {
            let mut threads = Threads::default();
            let mut count = || {
                let asked = threads.ask(&[own()], |_, thread| thread.schedstat().map(Some));
                asked.map(|answers| answers.len())
            };
            assert_eq!((count(), count()), (Some(1), Some(1)));
            let (end, ended) = channel::<()>();
            let waiting = thread::spawn(move || ended.recv());
            assert_eq!((count(), count()), (Some(2), Some(2)));
            drop(end);
            waiting.join().unwrap().unwrap_err();
        });
    }

    #[test]
    fn a_thread_that_has_ended_is_no_answer_and_then_forgotten() {
        alone(|| {
            let mut threads = Threads::default();
            let ask = |threads: &mut Threads, member: Member| {
                threads.ask(&[member], |_, thread| thread.syscall().map(Some)).map(|answers| answers.len())
            };
            let (end, ended) = channel::<()>();
            let waiting = thread::spawn(move || ended.recv());
            let with_both = own();
            assert_eq!(ask(&mut threads, with_both), Some(2));
            drop(end);
            waiting.join().unwrap().unwrap_err();
            // Its last steps are after its word that it is done.
            while own().threads > 1 {
                thread::yield_now();
            }
            assert_eq!(ask(&mut threads, with_both), None, "as many as before, but not the same");
            assert_eq!(ask(&mut threads, own()), Some(1));
        });
    }

    #[test]
    fn nothing_learned_from_one_is_nothing_learned() {
        let mut threads = Threads::default();
        assert_eq!(threads.ask(&[own()], |_, _| Ok(None::<()>)), None);
        let gone = Member { pid: u32::MAX, ..own() };
        assert_eq!(threads.ask(&[gone], |_, _| Ok(Some(()))), None);
    }
}
