//! Every fact, and what the judge makes of it.

use super::*;
use crate::record::bytes::Excerpt;
use crate::record::fact::{FileFound, Protocol, Unclaimed};
use crate::record::observation::StepPlace;
use crate::record::transcript::Transcript;

fn program(exit: Option<Exit>) -> ProgramRecord {
    ProgramRecord {
        part: "server".into(),
        program: "server".into(),
        pid: 2,
        exit,
        stopped: false,
        stdout: Excerpt::default(),
        stderr: Excerpt::default(),
        panic: None,
        peak_kib: 0,
        limit: None,
        left: Vec::new(),
    }
}

fn observed(fact: Fact, programs: Vec<ProgramRecord>) -> Observation {
    let step = StepPlace { number: 3, total: 5, line: 12, why: None, rounds: vec![] };
    Observation {
        seed: 1,
        rung: 3,
        stop: Stop::Unmet(Box::new(Unmet { step, fact, waited_ms: 5000, at_rest: false })),
        programs,
        kernel: Vec::new(),
        transcript: Transcript::default(),
        took_us: 0,
        starved: false,
    }
}

fn judged(fact: Fact, programs: Vec<ProgramRecord>) -> Finding {
    match judge(&observed(fact, programs)) {
        Verdict::Failed(failure) => failure.finding,
        other => panic!("{other:?}"),
    }
}

fn on(part: &str, want: Want, got: &str, differs: Option<u64>, end: End) -> Fact {
    Fact::Stream { part: part.into(), want, got: Excerpt::head(got.as_bytes()), differs, end }
}

fn line() -> Want {
    Want::Bytes(Excerpt::head(b"hello\n"))
}

#[test]
fn streams() {
    let cases = [
        (on("ann", line(), "", None, End::Open), Finding::Deadline),
        (on("ann", line(), "hel", None, End::Open), Finding::Deadline),
        (on("ann", line(), "hel", None, End::Eof), Finding::EndOfStream),
        (on("ann", line(), "", None, End::Reset), Finding::Reset),
        (on("ann", line(), "help", Some(3), End::Open), Finding::WrongBytes),
        (on("ann", line(), "help", Some(3), End::Eof), Finding::WrongBytes),
        (on("ann", Want::Eof { or_reset: false }, "x", Some(0), End::Open), Finding::ExtraBytes),
        (on("ann", Want::Eof { or_reset: false }, "", None, End::Open), Finding::Deadline),
        (on("ann", Want::Eof { or_reset: false }, "", None, End::Reset), Finding::Reset),
        (on("ann", Want::Reset, "", None, End::Eof), Finding::EndOfStream),
        (on("ann", Want::Nothing { ms: 200 }, "x", Some(0), End::Open), Finding::ExtraBytes),
        (on("ann", Want::Nothing { ms: 200 }, "", None, End::Eof), Finding::EndOfStream),
        (on("ann", Want::Nothing { ms: 200 }, "", None, End::Reset), Finding::Reset),
        // The program lives and has closed its own stdout.
        (on("server.stdout", line(), "", None, End::Eof), Finding::EndOfStream),
    ];
    for (fact, expected) in cases {
        assert_eq!(judged(fact.clone(), vec![program(None)]), expected, "{fact:?}");
    }
    let ended = vec![program(Some(Exit::Code(0)))];
    assert_eq!(judged(on("server.stdout", line(), "", None, End::Eof), ended.clone()), Finding::Ended);
    assert_eq!(judged(on("ann", line(), "", None, End::Eof), ended), Finding::EndOfStream);
}

#[test]
fn other_facts() {
    let at = "127.0.0.1:5555".parse().unwrap();
    let other = "0.0.0.0:5555".parse().unwrap();
    let part = || "server".to_owned();
    let ready = |found| Fact::NotReady { part: part(), protocol: Protocol::Tcp, want: at, found };
    let datagram = |from, got| Fact::Datagram {
        part: part(),
        want: Want::Datagram { payload: Excerpt::head(b"a"), from: at },
        got: Some((from, Excerpt::head(got))),
    };
    let exit = |reason_missing| Fact::Exit {
        part: part(),
        want: "exit code 1".into(),
        got: Exit::Code(1),
        reason_missing,
        last_line: None,
    };
    let unclaimed = vec![Unclaimed { from: at, said: Excerpt::default() }];
    let cases = [
        (ready(vec![]), Finding::NotReady),
        (ready(vec![other]), Finding::WrongAddress),
        (Fact::NotConnected { part: part(), to: at, refused: true }, Finding::Refused),
        (Fact::NotConnected { part: part(), to: at, refused: false }, Finding::Deadline),
        (Fact::NotAccepted { part: part(), at, first: None, unclaimed: vec![] }, Finding::Deadline),
        (datagram(other, b"a"), Finding::WrongPeer),
        (datagram(at, b"b"), Finding::WrongBytes),
        (
            Fact::Datagram {
                part: part(),
                want: Want::Nothing { ms: 0 },
                got: Some((at, Excerpt::default())),
            },
            Finding::ExtraBytes,
        ),
        (
            Fact::Misdirected { part: part(), arrived_at: "q".into(), payload: Excerpt::default() },
            Finding::WrongPeer,
        ),
        (Fact::Unwanted { part: part(), connections: unclaimed }, Finding::UnwantedConnection),
        (Fact::NotRead { part: part(), sent: 1, of: 2, unread: 1 }, Finding::NotRead),
        (Fact::StillRunning { part: part() }, Finding::StillRunning),
        (exit(false), Finding::WrongExit),
        (exit(true), Finding::NoReason),
        (Fact::Left { part: part(), processes: vec![] }, Finding::LeftProcesses),
        (Fact::Survived { part: part(), processes: vec![] }, Finding::LeftProcesses),
        (Fact::File { path: "d".into(), want: "x".into(), found: FileFound::Missing }, Finding::WrongFile),
        (Fact::Ended { part: part() }, Finding::Ended),
        (Fact::Panicked { part: part() }, Finding::Crashed),
        (Fact::Limit { part: part(), which: Limit::Memory, detail: "x".into() }, Finding::Limit),
        (
            Fact::Holders { part: part(), main: 2, holdings: vec![], children: vec![], problem: "x".into() },
            Finding::WrongProcesses,
        ),
    ];
    for (fact, expected) in cases {
        assert_eq!(judged(fact.clone(), vec![program(None)]), expected, "{fact:?}");
    }
}

#[test]
fn nobody_left_to_send_is_no_deadline() {
    let want = Want::Datagram { payload: Excerpt::head(b"a"), from: "127.0.0.1:1".parse().unwrap() };
    let fact = Fact::Datagram { part: "peer".into(), want, got: None };
    assert_eq!(judged(fact.clone(), vec![program(Some(Exit::Code(0)))]), Finding::Ended);
    assert_eq!(judged(fact, vec![program(None)]), Finding::Deadline);
}

#[test]
fn a_cause_is_named_before_its_effects() {
    let silence = || on("ann", line(), "", None, End::Eof);
    let with = |change: fn(&mut ProgramRecord)| {
        let mut changed = program(Some(Exit::Signal(libc::SIGKILL)));
        change(&mut changed);
        judged(silence(), vec![changed])
    };
    assert_eq!(with(|_| ()), Finding::Crashed);
    assert_eq!(with(|p| p.stopped = true), Finding::EndOfStream);
    assert_eq!(with(|p| p.limit = Some(Limit::Memory)), Finding::Limit);
    assert_eq!(with(|p| p.exit = Some(Exit::Signal(libc::SIGXCPU))), Finding::Limit);
    assert_eq!(with(|p| p.exit = Some(Exit::Code(0))), Finding::EndOfStream);
    assert_eq!(
        with(|p| {
            p.exit = None;
            p.panic = Some("boom".into())
        }),
        Finding::Crashed
    );
}

#[test]
fn finished_is_passed_and_trouble_is_nobodys_zero() {
    let mut observation = observed(Fact::StillRunning { part: "p".into() }, vec![]);
    observation.stop = Stop::Finished;
    assert_eq!(judge(&observation), Verdict::Passed);
    observation.stop = Stop::Fault("no namespace".into());
    assert!(matches!(judge(&observation), Verdict::NotGraded(fault) if fault.message == "no namespace"));
}
