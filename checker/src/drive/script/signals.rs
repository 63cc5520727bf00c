//! `stop`, `pause`, `resume`: signals to a program, or to the one of its processes that a connection leads to.

use nix::sys::signal::Signal;

use super::interpreter::{Halt, Script};
use super::processes::{self, Member};
use crate::drive::part::Part;
use crate::drive::part::program::Program;
use crate::drive::wait::{By, Look};
use crate::drive::world::World;
use crate::record::transcript::Happening;
use crate::sandbox::process;

/// Who is signalled.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Of the part that a step names, and of the program.
    named: usize,
    program: usize,
    /// This one of its processes alone, as the runner sees it.
    pid: Option<u32>,
}

impl Target {
    fn of(script: &Script, part: &str) -> Result<Target, Halt> {
        let named = script.slot(part)?;
        if let Part::Program(_) = &script.world.slots[named].part {
            return Ok(Target { named, program: named, pid: None });
        }
        let Member { slot, pid } = processes::holder(script, part)?;
        Ok(Target { named, program: slot, pid: Some(pid) })
    }

    fn program(self, world: &mut World) -> Result<&mut Program, Halt> {
        match &mut world.slots[self.program].part {
            Part::Program(program) => Ok(program),
            _ => Err(Halt::Fault("only programs have processes".into())),
        }
    }

    fn signal(self, world: &mut World, signal: Signal) -> Result<(), Halt> {
        let program = self.program(world)?;
        match self.pid {
            Some(pid) if pid == program.process.pid() => program.process.signal_first(signal),
            Some(pid) => program.process.signal_member(pid, signal)?,
            None => program.process.signal_all(signal),
        }
        world.note(self.named, Happening::Signalled { what: signal.as_str().to_owned() });
        Ok(())
    }

    /// Whether each process that it stands for, and that is there still, is in one of these states.
    fn all_are_in(self, world: &mut World, states: &[char]) -> bool {
        self.states(world).iter().all(|state| states.contains(state))
    }

    fn any_is_in(self, world: &mut World, states: &[char]) -> bool {
        self.states(world).iter().any(|state| states.contains(state))
    }

    fn states(self, world: &mut World) -> Vec<char> {
        let is_meant = |member: &process::Member| self.pid.is_none_or(|pid| pid == member.pid);
        let members = self.program(world).map_or_else(|_| Vec::new(), |program| program.process.members());
        members.into_iter().filter(is_meant).map(|member| member.state).collect()
    }
}

/// SIGKILL to the first process of a program alone, or to the process that a connection leads to, and waits for its
/// end.
pub fn stop(script: &mut Script, part: &str) -> Result<(), Halt> {
    let target = Target::of(script, part)?;
    let program = target.program(&mut script.world)?;
    let first = program.process.pid();
    let target = Target { pid: target.pid.or(Some(first)), ..target };
    let is_first = target.pid == Some(first);
    program.stopped |= is_first;
    target.signal(&mut script.world, Signal::SIGKILL)?;
    script.wait(By::Asking, |world| {
        let ended = match is_first {
            true => target.program(world).is_ok_and(|program| program.exit.is_some()),
            false => target.all_are_in(world, &['Z', 'X']),
        };
        Ok(if ended { Look::Done(()) } else { Look::Pending })
    })?;
    Ok(())
}

/// SIGSTOP, and waits until they have stopped.
pub fn pause(script: &mut Script, part: &str) -> Result<(), Halt> {
    // Who sleeps uninterruptibly (`D`) finds the signal before it is back in its own code: a process that waits for
    // its child to execute a program (vfork(2)), which was stopped before it did, is not stopped otherwise.
    const STOPPED: [char; 5] = ['T', 't', 'D', 'Z', 'X'];
    let target = Target::of(script, part)?;
    target.signal(&mut script.world, Signal::SIGSTOP)?;
    script.paused.extend(target.pid.map(|_| target));
    let stopped = script.wait(By::Asking, |world| {
        Ok(if target.all_are_in(world, &STOPPED) { Look::Done(()) } else { Look::Pending })
    })?;
    stopped.ok_or_else(|| Halt::Fault("a stopped program did not stop".into()))
}

/// SIGCONT, and waits until they go on: who is stopped counts as one of whom nothing can come. A single process that
/// [`pause`] has stopped may have been killed meanwhile: that is no matter.
pub fn resume(script: &mut Script, part: &str) -> Result<(), Halt> {
    let named = script.slot(part)?;
    let paused = script.paused.iter().position(|target| target.named == named);
    let target = match paused {
        Some(at) => script.paused.swap_remove(at),
        None => Target::of(script, part)?,
    };
    target.signal(&mut script.world, Signal::SIGCONT)?;
    script.wait(By::Asking, |world| {
        Ok(if target.any_is_in(world, &['T']) { Look::Pending } else { Look::Done(()) })
    })?;
    Ok(())
}
