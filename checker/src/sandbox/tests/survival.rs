//! What is left when a runner is killed: nothing.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use nix::sys::signal::{Signal, kill};
use nix::sys::wait::waitpid;

use super::harness::{script, start_runner, until};
use crate::sandbox::{Rung, procfs};

#[test]
fn a_killed_runner_leaves_nobody_and_nothing() {
    for rung in Rung::ALL {
        let (runner, said) = start_runner(rung, |sandbox, say| {
            let process = script(sandbox, "(setsid sleep 1000 &); sleep 1000");
            until("both to sleep", || process.tree().iter().filter(|p| p.name == "sleep").count() == 2);
            let mut pids = format!("{}", process.supervisor_pid());
            process.tree().iter().for_each(|p| pids += &format!(" {}", p.pid));
            writeln!(say, "{pids}\n{}", sandbox.dir().display()).unwrap();
            // It has only to be there when it is killed.
            std::thread::sleep(std::time::Duration::from_secs(1000));
        });
        let mut lines = BufReader::new(File::from(said)).lines();
        let Some(pids) = lines.next() else { continue };
        let (pids, dir) = (pids.unwrap(), lines.next().unwrap().unwrap());
        kill(runner, Signal::SIGKILL).unwrap();
        waitpid(runner, None).unwrap();
        let gone = |pid: &str| !Path::new(&format!("/proc/{pid}")).exists();
        until("every process to end", || pids.split(' ').all(gone));
        if rung < Rung::Three {
            until("the folder to go", || !Path::new(&dir).parent().unwrap().exists());
        }
    }
}

#[test]
fn supervisors_that_wait_for_a_program_end_with_the_runner() {
    let (runner, said) = start_runner(Rung::Three, |_, say| {
        let own = std::process::id();
        // The supervisor, and below it the process that would become a program.
        let children = |pid: u32| procfs::read(format!("/proc/{pid}/task/{pid}/children")).unwrap();
        let supervisor = children(own).trim().parse().unwrap();
        until("the program's process to be there", || !children(supervisor).trim().is_empty());
        writeln!(say, "{supervisor} {}", children(supervisor).trim()).unwrap();
        // It has only to be there when it is killed.
        std::thread::sleep(std::time::Duration::from_secs(1000));
    });
    let Some(pids) = BufReader::new(File::from(said)).lines().next() else { return };
    kill(runner, Signal::SIGKILL).unwrap();
    waitpid(runner, None).unwrap();
    let gone = |pid: &str| !Path::new(&format!("/proc/{pid}")).exists();
    until("every process to end", || pids.as_ref().unwrap().split(' ').all(gone));
}

#[test]
fn a_runner_that_panics_leaves_nobody() {
    for rung in Rung::ALL {
        let (runner, said) = start_runner(rung, |sandbox, say| {
            let process = script(sandbox, "sleep 1000");
            writeln!(say, "{}", process.pid()).unwrap();
            panic!("as runners do");
        });
        let mut lines = BufReader::new(File::from(said)).lines();
        let pid = lines.next();
        waitpid(runner, None).unwrap();
        if let Some(pid) = pid {
            assert!(!Path::new(&format!("/proc/{}", pid.unwrap())).exists());
        }
    }
}
