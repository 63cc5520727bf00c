//! What is left when a runner is killed: nothing.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use nix::sys::signal::{Signal, kill};
use nix::sys::wait::waitpid;

use super::harness::{script, start_runner, until};
use crate::sandbox::Rung;

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
