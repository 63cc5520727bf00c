//! The runner process: one scenario, from the job on its stdin to the observation on its stdout.

use std::collections::HashMap;
use std::io::{self, BufRead, Write};
use std::net::SocketAddr;
use std::process::ExitCode;

use nix::sys::resource::{Resource, getrlimit, setrlimit};

use super::job::Job;
use super::world::World;
use super::{ports, script};
use crate::record::observation::{Observation, Stop};
use crate::record::transcript::Transcript;
use crate::sandbox::{Rung, Sandbox, limits};

/// The hidden first argument that makes the binary a runner.
pub const ARGUMENT: &str = "__runner";

/// Runs as a runner of the checker whose process number is `checker`, which holds the other end of
/// stdin open as long as it lives.
pub fn main(checker: u32) -> ExitCode {
    if crate::sandbox::die_with_parent(checker).is_err() {
        return ExitCode::from(3);
    }
    let mut line = Vec::new();
    let read = io::stdin().lock().read_until(b'\n', &mut line);
    let Some(job) = read.ok().and_then(|_| serde_json::from_slice::<Job>(&line).ok()) else {
        eprintln!("{ARGUMENT} is for the checker's own use: it reads a job from standard input");
        return ExitCode::from(2);
    };
    let observation = run(&job).unwrap_or_else(|message| fault(&job, message));
    let written = serde_json::to_writer(io::stdout().lock(), &observation).map_err(io::Error::from);
    match written.and_then(|()| io::stdout().flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(3),
    }
}

fn run(job: &Job) -> Result<Observation, String> {
    // The end of a runner that hangs by a fault of its own; every wait of a script has its deadline.
    let waits = 2 + u32::try_from(job.scenario.total()).unwrap_or(u32::MAX);
    nix::unistd::alarm::set(600 + job.scenario.deadline_s.saturating_mul(waits).saturating_mul(12));
    // A crowd of clients needs a descriptor each; programs get limits of their own.
    if let Ok((_, most)) = getrlimit(Resource::RLIMIT_NOFILE) {
        let _ = setrlimit(Resource::RLIMIT_NOFILE, most, most);
    }
    let rung = Rung::from_number(job.rung).ok_or_else(|| format!("there is no rung {}", job.rung))?;
    let limits = limits::Limits {
        processes: job.limits.processes,
        memory_mib: job.limits.memory_mib,
        files_mib: job.scenario.files_mib,
        cpu_s: job.limits.cpu_s,
        open_files: job.limits.open_files,
    };
    let sandbox = Sandbox::enter(rung, limits, &job.programs, &job.scratch_parent)
        .map_err(|error| error.to_string())?;
    let wanted = job.scenario.addrs.iter().map(|(name, addr)| (name.clone(), *addr));
    let wanted: HashMap<String, SocketAddr> = wanted.collect();
    // Without a network namespace of its own, a scenario can't have the ports that it asks for.
    let claim = if rung >= Rung::Three { None } else { Some(ports::claim(&wanted, job.seed)?) };
    let addrs = claim.as_ref().map_or(wanted, |claim| claim.addrs.clone());
    let world = World::new(sandbox, job.limits).map_err(|error| error.to_string())?;
    Ok(script::drive(job, world, addrs))
}

/// What is told when nothing could be learned about the program.
fn fault(job: &Job, message: String) -> Observation {
    Observation {
        seed: job.seed,
        rung: job.rung,
        stop: Stop::Fault(message),
        programs: Vec::new(),
        kernel: Vec::new(),
        transcript: Transcript::default(),
        took_us: 0,
        starved: false,
    }
}
