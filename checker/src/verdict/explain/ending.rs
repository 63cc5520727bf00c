//! How a program ended, or did not: exits, crashes, limits, and what it left behind.

use super::case::{Case, Told};
use super::literal::{harmless, harmless_within, quoted_within};
use super::signals::{ending, meaning};
use super::words;
use crate::record::fact::{Limit, Process};
use crate::record::observation::{Exit, ProgramRecord, Wait};

pub(super) fn still_running(case: &Case, part: &str) -> Told {
    let told = Told::new(
        format!("{} ends by itself", case.program(part)),
        match case.failure.at_rest {
            true => "it waits, and nothing is on its way that could wake it".into(),
            false => format!("it still runs after {}", words::duration(case.failure.waited_ms)),
        },
    );
    let busy = case.state(part).is_some_and(|state| state.state == "running");
    let sleeps = case.state(part).is_some_and(|state| state.waits.contains(&Wait::Sleep));
    told.advise(if busy {
        "It is at work, perhaps in a loop that nothing ends: at the end of a stream read() returns 0, each time."
    } else if sleeps {
        "It lets time pass, where nothing has to be waited for: end when the work is done."
    } else {
        "It waits for something that need not come: more input, another client, a thread that never ends."
    })
}

/// Another exit than wanted, or no reason where one was due.
pub(super) fn exit(
    case: &Case,
    part: &str,
    want: &str,
    got: Exit,
    missing: bool,
    last: Option<&str>,
) -> Told {
    let program = case.program(part);
    let mut told =
        Told::new(format!("{program}: {}", harmless(want.as_bytes())), format!("{program}: {}", ending(got)));
    match last {
        Some(line) if missing => told.got.push(format!("and as stderr's last line {}", said(line))),
        Some(line) => told.got.push(format!("stderr ends with {}", said(line))),
        None if missing => told.got.push("and nothing on stderr".into()),
        None => {}
    }
    told.advice = match got {
        _ if missing => {
            Some("An exit code alone helps nobody: say with eprintln! what failed, and why.".into())
        }
        Exit::Code(0) => Some(
            "Exit code 0 says that all went well. To tell of a failure, return ExitCode::FAILURE or an Err \
             from main, or call std::process::exit(1)."
                .into(),
        ),
        Exit::Code(101) => Some(
            "101 is the code of a panic: an error met unwrap(), expect() or an index out of range.".into(),
        ),
        Exit::Code(_) => None,
        Exit::Signal(number) => meaning(number),
    };
    told
}

/// A program's line of text, quoted.
fn said(line: &str) -> String {
    quoted_within(line.as_bytes(), line.len() as u64, 200)
}

/// It died while a step waited; `expected` is what the step was waiting for.
pub(super) fn crash(
    case: &Case,
    part: &str,
    exit: Option<Exit>,
    panic: Option<&str>,
    expected: Vec<String>,
) -> Told {
    let program = case.program(part);
    let expected = if expected.is_empty() { vec![format!("{program} goes on")] } else { expected };
    let mut told = Told { expected, ..Told::default() };
    match (exit, panic) {
        (Some(Exit::Code(0..=100)) | None, Some(_)) => {
            told.got.push(format!("a thread of {program} panicked"))
        }
        (Some(exit), _) => told.got.push(format!("{program} crashed: {}", ending(exit))),
        (None, None) => told.got.push(format!("{program} crashed")),
    }
    told.got.extend(panic.into_iter().flat_map(panic_lines));
    told.advice = match (exit, panic) {
        (Some(Exit::Signal(number)), _) => meaning(number),
        _ => Some(
            "A panic stops the thread, and in main the program. todo!() marks what is still to be written; \
             where something may fail, look at the Result or Option with match or `?` in place of unwrap()."
                .into(),
        ),
    };
    told
}

fn panic_lines(panic: &str) -> Vec<String> {
    panic
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(6)
        .map(|line| harmless_within(line.as_bytes(), 400))
        .collect()
}

/// A thread panicked, although every step was met.
pub(super) fn panicked(case: &Case, part: &str) -> Told {
    let panic = case.record(part).and_then(|record| record.panic.as_deref());
    let expected = vec![format!("no thread of {} panics", case.program(part))];
    let exit = case.record(part).and_then(|record| record.exit).filter(|&exit| exit != Exit::Code(0));
    crash(case, part, exit, panic, expected)
}

/// It ended on its own while it was still needed.
pub(super) fn ended(case: &Case, part: &str) -> Told {
    let program = case.program(part);
    let record = case.record(part);
    let how =
        record.and_then(|record| record.exit).map_or_else(String::new, |exit| format!(": {}", ending(exit)));
    let mut told =
        Told::new(format!("{program} runs on: it is still needed"), format!("it ended by itself{how}"));
    if let Some(line) = record.and_then(last_line) {
        told.got.push(format!("stderr ends with {}", said(&line)));
    }
    told
}

fn last_line(record: &ProgramRecord) -> Option<String> {
    let text = String::from_utf8_lossy(&record.stderr.window);
    text.lines().map(str::trim_end).rfind(|line| !line.is_empty()).map(str::to_owned)
}

pub(super) fn left(case: &Case, part: &str, processes: &[Process]) -> Told {
    let count = words::count(processes.len() as u64, "process is", "processes are");
    Told::new(
        format!("no process of {} is left", case.program(part)),
        format!("{count} left: {}", named(processes)),
    )
    .advise(
        "A Child goes on when its handle is dropped, and when its parent ends: wait() for it, or kill() it.",
    )
}

pub(super) fn survived(case: &Case, part: &str, processes: &[Process]) -> Told {
    let got = match processes {
        [] => "its first process ended while others had not; they ended after it".to_owned(),
        some => format!("its first process ended while others had not: {}", named(some)),
    };
    Told::new(format!("the first process of {} is the last to end", case.program(part)), got)
        .advise("A child that was told to end, or killed, has not ended yet: wait() for it.")
}

/// The first few of them.
fn named(processes: &[Process]) -> String {
    const MOST: usize = 8;
    let mut names: Vec<String> = processes
        .iter()
        .take(MOST)
        .map(|process| format!("{} (pid {})", harmless(process.name.as_bytes()), process.pid))
        .collect();
    if processes.len() > MOST {
        names.push(format!("{} more", processes.len() - MOST));
    }
    words::listed(&names)
}

pub(super) fn limit(case: &Case, part: &str, which: Limit, detail: &str) -> Told {
    let (what, advice) = match which {
        Limit::Memory => (
            "memory",
            "Memory that grows with the data is a sign of keeping it all: handle it piece by piece.",
        ),
        Limit::Processes => (
            "processes and threads",
            "Each client or loop may be starting threads or processes that never end.",
        ),
        Limit::Output => (
            "output",
            "A loop that prints without end? At the end of a stream read() returns 0 at once, each time.",
        ),
        Limit::Files => ("room for files", "Does a loop write without end, or the same data more than once?"),
        Limit::Cpu => (
            "processor time",
            "A loop that never waits? At the end of a stream read() returns 0 at once, each time.",
        ),
    };
    let over = if detail.is_empty() { String::new() } else { format!(": {}", harmless(detail.as_bytes())) };
    let mut told = Told::new(
        format!("{} stays within its limit of {what}", case.program(part)),
        format!("it went over{over}"),
    );
    let peak = case.record(part).map_or(0, |record| record.peak_kib);
    if which == Limit::Memory && detail.is_empty() && peak > 0 {
        told.got.push(format!("at most it held {} MiB", words::number(peak.div_ceil(1024))));
    }
    told.advise(advice)
}
