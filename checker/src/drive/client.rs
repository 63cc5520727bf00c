//! The checker's side of a runner: starts it, hands it the job, takes the observation.

use std::io::{self, Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

use super::job::Job;
use super::runner;
use crate::record::observation::{Observation, Stop};

/// The most that a runner may answer: an observation is bounded, a runner that was taken over is not.
const MOST: u64 = 64 * 1024 * 1024;

/// Drives one scenario in a process of its own. `Err` is our own or the machine's trouble.
pub fn drive(job: &Job) -> Result<Observation, String> {
    let mut child = start().map_err(|error| format!("can't start a runner: {error}"))?;
    let outcome = converse(&mut child, job);
    // Killing the runner ends everything that it started. After a full answer it is ending anyway.
    drop(child.stdin.take());
    if outcome.is_err() {
        drop(child.kill());
    }
    let status = child.wait().map_err(|error| format!("a runner can't be waited for: {error}"))?;
    let (answer, said) = outcome.map_err(|error| format!("talking to a runner: {error}"))?;
    match serde_json::from_slice::<Observation>(&answer) {
        Ok(Observation { stop: Stop::Fault(message), .. }) => Err(message),
        Ok(observation) => Ok(observation),
        Err(_) => Err(format!("a runner ended without an answer ({status}): {}", last_line(&said))),
    }
}

fn start() -> io::Result<Child> {
    // By this name it is there even when its file was replaced meanwhile, as cargo does.
    Command::new("/proc/self/exe")
        .arg0("checker")
        .args([runner::ARGUMENT, &std::process::id().to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        // Its own group: what the terminal sends at Ctrl-C comes to the checker, which ends its runners.
        .process_group(0)
        .spawn()
}

fn converse(child: &mut Child, job: &Job) -> io::Result<(Vec<u8>, Vec<u8>)> {
    let broken = || io::Error::from(io::ErrorKind::BrokenPipe);
    let mut text = serde_json::to_vec(job)?;
    text.push(b'\n');
    child.stdin.as_mut().ok_or_else(broken)?.write_all(&text)?;
    let mut answer = Vec::new();
    child.stdout.take().ok_or_else(broken)?.take(MOST).read_to_end(&mut answer)?;
    let mut said = Vec::new();
    child.stderr.take().ok_or_else(broken)?.take(64 * 1024).read_to_end(&mut said)?;
    Ok((answer, said))
}

fn last_line(said: &[u8]) -> String {
    String::from_utf8_lossy(said)
        .lines()
        .rfind(|line| !line.trim().is_empty())
        .unwrap_or("it said nothing")
        .to_owned()
}
