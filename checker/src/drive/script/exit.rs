//! `expect_exit`, and what holds of every program at the end.

use std::time::Duration;

use super::interpreter::{Halt, Script};
use super::processes;
use crate::drive::kernel::proc;
use crate::drive::part::Part;
use crate::drive::part::program::Program;
use crate::drive::wait::{By, Look, Until};
use crate::record::fact::Fact;
use crate::record::observation::Exit;
use crate::scenario::step::{Ending, Reason};

/// What is left of processes that are only just ending is given this long to be gone.
const LAST_BREATH: Duration = Duration::from_secs(2);

fn program<'s>(script: &'s Script<'_>, slot: usize) -> Result<&'s Program, Halt> {
    match &script.world.slots[slot].part {
        Part::Program(program) => Ok(program),
        _ => Err(Halt::Fault(format!("`{}` is no program", script.world.slots[slot].label))),
    }
}

pub fn expect_exit(
    script: &mut Script,
    part: &str,
    ending: &Ending,
    reason: &Reason,
    alone: bool,
) -> Result<(), Halt> {
    let slot = script.slot(part)?;
    let exit = script.wait(By::Events, |world| {
        let Part::Program(program) = &world.slots[slot].part else { return Ok(Look::Hopeless) };
        Ok(program.exit.map_or(Look::Pending, Look::Done))
    })?;
    let part = script.world.slots[slot].label.clone();
    let Some(exit) = exit else { return Err(Halt::unmet(Fact::StillRunning { part })) };
    let right = match (ending, exit) {
        (Ending::Codes(want), Exit::Code(got)) => want.contains(&got),
        (Ending::Signal(want), Exit::Signal(got)) => *want == got,
        _ => false,
    };
    let want = match ending {
        Ending::Codes(codes) => {
            let codes: Vec<String> = codes.iter().map(i32::to_string).collect();
            format!("exit code {}", codes.join(" or "))
        }
        Ending::Signal(signal) => format!("an end by signal {signal}"),
    };
    let last_line = last_line(&program(script, slot)?.stderr.kept());
    if !right {
        return Err(Halt::unmet(Fact::Exit { part, want, got: exit, reason_missing: false, last_line }));
    }
    if alone && program(script, slot)?.survived {
        return Err(Halt::unmet(Fact::Survived { part, processes: processes::left(program(script, slot)?) }));
    }
    if !program(script, slot)?.stopped {
        nothing_left(script, slot, script.deadline())?;
    }
    let (given, wanted) = match reason {
        Reason::Open => (true, String::new()),
        Reason::Some => (last_line.is_some(), " and a reason on stderr".to_owned()),
        Reason::Contains(text) => {
            let text = script.text(text)?;
            let given = last_line.as_ref().is_some_and(|line| line.contains(&text));
            (given, format!(" and a last line on stderr that names \"{text}\""))
        }
    };
    if given {
        return Ok(());
    }
    Err(Halt::unmet(Fact::Exit { part, want: want + &wanted, got: exit, reason_missing: true, last_line }))
}

/// The last line that is not blank.
fn last_line(stderr: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(stderr);
    text.lines().rev().find(|line| !line.trim().is_empty()).map(str::to_owned)
}

fn nothing_left(script: &mut Script, slot: usize, patience: Duration) -> Result<(), Halt> {
    let gone = script.wait_for(patience, Until::LongStandstill, By::Events, |world| {
        let gone = matches!(&world.slots[slot].part, Part::Program(program) if program.gone);
        Ok(if gone { Look::Done(()) } else { Look::Pending })
    })?;
    if gone.is_some() {
        // Its pipes have no writer any more: what it printed last is there now.
        script.world.pump(Duration::ZERO)?;
        return Ok(());
    }
    let part = script.world.slots[slot].label.clone();
    Err(Halt::unmet(Fact::Left { part, processes: processes::left(program(script, slot)?) }))
}

/// No panic in any thread, and nothing left behind by a program that has ended by itself.
pub fn after_the_last_step(script: &mut Script, slot: usize) -> Result<(), Halt> {
    if let Part::Program(program) = &mut script.world.slots[slot].part
        && program.memory_promise_mib.is_some()
    {
        program.look_at_peak();
    }
    // It has closed its sockets before it has ended: how it ends is then still to come.
    let ended = program(script, slot)?;
    if ended.exit.is_none() && !ended.gone && proc::is_exiting(ended.process.pid()) {
        script.wait_for(LAST_BREATH, Until::Deadline, By::Events, |world| {
            let ended = matches!(&world.slots[slot].part, Part::Program(program) if program.exit.is_some());
            Ok(if ended { Look::Done(()) } else { Look::Pending })
        })?;
    }
    let ended = program(script, slot)?;
    if ended.panic().is_some() || matches!(ended.exit, Some(Exit::Signal(_)) if !ended.stopped) {
        return Err(Halt::unmet(Fact::Panicked { part: script.world.slots[slot].label.clone() }));
    }
    if ended.exit.is_some() && !ended.stopped && !ended.gone {
        nothing_left(script, slot, LAST_BREATH)?;
    }
    Ok(())
}
