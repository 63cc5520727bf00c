//! The judge: a pure function from what was observed to a verdict.

use super::outcome::{Detail, Failure, Fault, Verdict};
use crate::record::fact::{End, Fact, Limit, Want};
use crate::record::finding::Finding;
use crate::record::observation::{Exit, Observation, ProgramRecord, Stop, Unmet};

/// Judges one run of one scenario.
pub fn judge(observation: &Observation) -> Verdict {
    match &observation.stop {
        Stop::Finished => Verdict::Passed,
        Stop::Fault(message) => Verdict::NotGraded(Fault { message: message.clone() }),
        Stop::Unmet(unmet) => Verdict::Failed(Box::new(failure(observation, unmet))),
    }
}

/// A limit explains a death, a death explains a silence: the cause is named before its effects.
fn failure(observation: &Observation, unmet: &Unmet) -> Failure {
    let programs = &observation.programs;
    let (finding, detail) = if let Fact::Limit { .. } = unmet.fact {
        (Finding::Limit, Detail::Fact(unmet.fact.clone()))
    } else if let Some((part, which)) = programs.iter().find_map(over_limit) {
        (Finding::Limit, Detail::Limit { part, which })
    } else if let Some(dead) = programs.iter().find(|program| has_crashed(program)) {
        let fact = Some(unmet.fact.clone()).filter(|fact| !matches!(fact, Fact::Panicked { .. }));
        let (part, exit, panic) = (dead.part.clone(), dead.exit, dead.panic.clone());
        (Finding::Crashed, Detail::Crash { part, exit, panic, fact })
    } else {
        (finding(&unmet.fact, programs), Detail::Fact(unmet.fact.clone()))
    };
    Failure {
        finding,
        step: Some(unmet.step.clone()),
        waited_ms: unmet.waited_ms,
        at_rest: unmet.at_rest,
        detail,
    }
}

fn over_limit(program: &ProgramRecord) -> Option<(String, Limit)> {
    let which = program.limit.or(match program.exit {
        Some(Exit::Signal(libc::SIGXCPU)) => Some(Limit::Cpu),
        Some(Exit::Signal(libc::SIGXFSZ)) => Some(Limit::Files),
        _ => None,
    })?;
    Some((program.part.clone(), which))
}

/// A panic in any thread, or the end of the first process by a signal that no step sent.
fn has_crashed(program: &ProgramRecord) -> bool {
    let killed = matches!(program.exit, Some(Exit::Signal(_))) && !program.stopped;
    program.panic.is_some() || killed
}

fn finding(fact: &Fact, programs: &[ProgramRecord]) -> Finding {
    match fact {
        Fact::NotReady { found, .. } if found.is_empty() => Finding::NotReady,
        Fact::NotReady { .. } => Finding::WrongAddress,
        Fact::NotConnected { refused: true, .. } => Finding::Refused,
        Fact::NotConnected { .. } => Finding::Deadline,
        Fact::NotAccepted { .. } => deadline_or_ended(programs),
        Fact::Stream { part, want, got, differs, end } => {
            stream(part, want, got.is_empty(), differs.is_some(), *end, programs)
        }
        Fact::Datagram { want, got, .. } => match (want, got) {
            (_, None) => deadline_or_ended(programs),
            (Want::Datagram { from, .. }, Some((sender, _))) if sender != from => Finding::WrongPeer,
            (Want::Datagram { .. }, Some(_)) => Finding::WrongBytes,
            (_, Some(_)) => Finding::ExtraBytes,
        },
        Fact::Misdirected { .. } => Finding::WrongPeer,
        Fact::Unwanted { .. } => Finding::UnwantedConnection,
        Fact::NotRead { .. } => Finding::NotRead,
        Fact::StillRunning { .. } => Finding::StillRunning,
        Fact::Exit { reason_missing: true, .. } => Finding::NoReason,
        Fact::Exit { .. } => Finding::WrongExit,
        Fact::Left { .. } | Fact::Survived { .. } => Finding::LeftProcesses,
        Fact::File { .. } => Finding::WrongFile,
        Fact::Holders { .. } => Finding::WrongProcesses,
        Fact::Ended { .. } => Finding::Ended,
        Fact::Limit { .. } => Finding::Limit,
        Fact::Panicked { .. } => Finding::Crashed,
    }
}

/// Nothing came: because nobody was left who could have sent it, or in time.
fn deadline_or_ended(programs: &[ProgramRecord]) -> Finding {
    let all_ended = !programs.is_empty() && programs.iter().all(|program| program.exit.is_some());
    if all_ended { Finding::Ended } else { Finding::Deadline }
}

fn stream(
    part: &str,
    want: &Want,
    got_nothing: bool,
    differs: bool,
    end: End,
    programs: &[ProgramRecord],
) -> Finding {
    let by_end = match end {
        End::Open => Finding::Deadline,
        End::Reset => Finding::Reset,
        End::Eof if is_output_of_ended(part, programs) => Finding::Ended,
        End::Eof => Finding::EndOfStream,
    };
    match want {
        Want::Nothing { .. } | Want::Eof { .. } | Want::Reset if !got_nothing => Finding::ExtraBytes,
        _ if differs => Finding::WrongBytes,
        _ => by_end,
    }
}

/// Whether `part` is stdout or stderr of a program that has ended.
fn is_output_of_ended(part: &str, programs: &[ProgramRecord]) -> bool {
    part.rsplit_once('.').is_some_and(|(owner, channel)| {
        matches!(channel, "stdout" | "stderr")
            && programs.iter().any(|program| program.part == owner && program.exit.is_some())
    })
}

#[cfg(test)]
#[path = "judge_table.rs"]
mod table;
