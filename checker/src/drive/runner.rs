//! The runner process: a scenario, from the job on its stdin to the observation on its stdout; and another one of
//! the same owner's programs in the same sandbox, if that is as new.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, Write};
use std::net::SocketAddr;
use std::os::fd::AsFd;
use std::panic::{AssertUnwindSafe, catch_unwind};

use nix::sys::prctl;
use nix::sys::resource::{Resource, getrlimit, setrlimit};

use super::job::{Job, Limits};
use super::nursery::Setting;
use super::vacancy::vacate;
use super::world::World;
use super::{ports, script};
use crate::record::observation::{Observation, Stop};
use crate::record::transcript::Transcript;
use crate::sandbox::{self, EmptySandbox, Programs, Rung, handover, processors};
use crate::scenario::weight;

/// Goes before a job, with the descriptors of its programs.
pub const JOB: &[u8] = b"j";

/// Asks for another scenario after the last one.
pub const AGAIN: &[u8] = b"a";

/// What a runner says first: it has done all that can be done without a job.
pub const READY: &[u8] = b"r";

/// Enters the sandbox, waits for a job, runs it, tells, and so on. The result is the exit status: 0, also where no job
/// came.
pub fn run(setting: &Setting) -> i32 {
    let mut entered = enter(setting);
    loop {
        let world = match one_job(setting, entered) {
            Ok(Some(world)) if world.sandbox.ends_with_its_runner() => world,
            Ok(_) => return 0,
            Err(status) => return status,
        };
        // The end of namespaces is work for the kernel, which can wait until nobody waits for it.
        let stdin = io::stdin();
        let again = handover::receive(stdin.as_fd(), AGAIN.len()).is_ok_and(|(mark, _)| mark == AGAIN);
        match again.then(|| vacate(world)).flatten() {
            Some(empty) => entered = Ok(empty),
            None => return 0,
        }
    }
}

/// Gives back what the job was run in; None: it was not run. The error is an exit status.
fn one_job(setting: &Setting, entered: Result<EmptySandbox, String>) -> Result<Option<World>, i32> {
    let mut stdout = io::stdout();
    if stdout.write_all(READY).and_then(|()| stdout.flush()).is_err() {
        return Ok(None);
    }
    let stdin = io::stdin();
    let Ok((mark, files)) = handover::receive(stdin.as_fd(), JOB.len()) else { return Err(3) };
    if mark != JOB {
        return Ok(None);
    }
    // Where it can't, a program of it can't either, and that is told.
    let _ = processors::take_all();
    let mut line = Vec::new();
    let read = stdin.lock().read_until(b'\n', &mut line);
    let Some(job) = read.ok().and_then(|_| serde_json::from_slice::<Job>(&line).ok()) else { return Err(3) };
    let files = files.into_iter().map(File::from).collect();
    let observed = catch_unwind(AssertUnwindSafe(|| {
        entered.and_then(|sandbox| observe(&job, setting.limits, sandbox, files))
    }));
    nix::unistd::alarm::cancel();
    let observed = observed.unwrap_or_else(|panic| Err(format!("a runner panicked: {}", said(&*panic))));
    let (observation, world) = match observed {
        Ok((observation, world)) => (observation, Some(world)),
        Err(message) => (fault(&job, setting.rung, message), None),
    };
    let Ok(mut answer) = serde_json::to_vec(&observation) else { return Err(3) };
    answer.push(b'\n');
    stdout.write_all(&answer).and_then(|()| stdout.flush()).map(|()| world).map_err(|_| 3)
}

fn enter(setting: &Setting) -> Result<EmptySandbox, String> {
    let rung = Rung::from_number(setting.rung).ok_or_else(|| format!("there is no rung {}", setting.rung))?;
    let empty = EmptySandbox::enter(rung, &setting.scratch_parent, setting.limits.processes);
    let ready = empty.and_then(|mut empty| empty.stand_by(setting.programs).map(|()| empty));
    ready.map_err(|error| error.to_string())
}

fn observe(
    job: &Job,
    limits: Limits,
    sandbox: EmptySandbox,
    files: Vec<File>,
) -> Result<(Observation, World), String> {
    // The end of a runner that hangs by a fault of its own; every wait of a script has its deadline.
    let waits = 2 + u32::try_from(job.scenario.total()).unwrap_or(u32::MAX);
    nix::unistd::alarm::set(600 + job.scenario.deadline_s.saturating_mul(waits).saturating_mul(12));
    // A crowd of clients needs a descriptor each; programs get limits of their own.
    if let Ok((_, most)) = getrlimit(Resource::RLIMIT_NOFILE) {
        let _ = setrlimit(Resource::RLIMIT_NOFILE, most, most);
    }
    // Its short pauses are meant to be short: the kernel would make 50 µs more of each.
    let _ = prctl::set_timerslack(1);
    let rung = sandbox.rung();
    let names = job.programs.iter().map(|(name, _)| name.clone());
    let programs = Programs { of: job.exercise.clone(), opened: names.zip(files).collect() };
    let enforced = sandbox::Limits {
        processes: limits.processes,
        memory_mib: limits.memory_mib,
        files_mib: job.scenario.files_mib,
        cpu_s: limits.cpu_s,
        open_files: job.scenario.open_files,
    };
    let mut sandbox = sandbox.furnish(enforced, programs).map_err(|error| error.to_string())?;
    if weight::moves_much(&job.scenario) {
        sandbox.carry_masses().map_err(|error| error.to_string())?;
    }
    let wanted = job.scenario.addrs.iter().map(|(name, addr)| (name.clone(), *addr));
    let wanted: HashMap<String, SocketAddr> = wanted.collect();
    // Without a network namespace of its own, a scenario can't have the ports that it asks for.
    let claim = if rung.has_network() { None } else { Some(ports::claim(&wanted, job.seed)?) };
    let addrs = claim.as_ref().map_or(wanted, |claim| claim.addrs.clone());
    sandbox.allow_ports(addrs.values().map(SocketAddr::port));
    let world = World::new(sandbox, limits).map_err(|error| error.to_string())?;
    Ok(script::drive(job, rung.number(), world, addrs))
}

/// What a panic said.
fn said(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without a word")
}

/// What is told when nothing could be learned about the program.
fn fault(job: &Job, rung: u8, message: String) -> Observation {
    Observation {
        seed: job.seed,
        rung,
        stop: Stop::Fault(message),
        programs: Vec::new(),
        kernel: Vec::new(),
        transcript: Transcript::default(),
        took_us: 0,
        starved: false,
    }
}
