//! What the kernel saw, and what may be concluded from it.

use super::super::{Explanation, explain};
use crate::record::bytes::Excerpt;
use crate::record::fact::*;
use crate::record::finding::Finding;
use crate::record::observation::{Exit, Observation, ProgramRecord, ProgramState, Socket, Stop, Wait};
use crate::record::transcript::{Entry, Happening, Preview, Transcript};
use crate::verdict::outcome::{Detail, Failure};

fn socket(state: &str, remote: Option<&str>, unread: u64, unsent: u64) -> Socket {
    let [local, remote] = [Some("127.0.0.1:5556"), remote].map(|text| text.map(|text| text.parse().unwrap()));
    Socket { protocol: Protocol::Tcp, local: local.unwrap(), remote, state: state.into(), unread, unsent }
}

fn observation(state: &str, sockets: Vec<Socket>) -> Observation {
    let record = ProgramRecord {
        part: "server".into(),
        program: "server".into(),
        pid: 12,
        exit: None,
        stopped: false,
        stdout: Excerpt::default(),
        stderr: Excerpt::default(),
        panic: None,
        peak_kib: 50_000,
        limit: None,
        left: vec![],
    };
    let state = ProgramState {
        part: "server".into(),
        state: state.into(),
        processes: 1,
        threads: 1,
        sockets,
        waits: vec![],
    };
    let mut transcript = Transcript::default();
    for (part, port) in [("ann", 40_001), ("bob", 40_002)] {
        let [local, remote] = [port, 5556].map(|port| ([127, 0, 0, 1], port).into());
        transcript.push(Entry { at_us: 0, part: part.into(), what: Happening::Connected { local, remote } });
    }
    Observation {
        seed: 1,
        rung: 0,
        stop: Stop::Finished,
        programs: vec![record],
        kernel: vec![state],
        transcript,
        took_us: 0,
        starved: false,
    }
}

fn explained(fact: Fact, observation: &Observation) -> Explanation {
    let failure = Failure {
        finding: Finding::Deadline,
        step: None,
        waited_ms: 5000,
        at_rest: false,
        detail: Detail::Fact(fact),
    };
    explain(&failure, Some(observation))
}

fn waiting(part: &str) -> Fact {
    let (want, got) = (Want::Bytes(Excerpt::head(b"hi\n")), Excerpt::default());
    Fact::Stream { part: part.into(), want, got, differs: None, end: End::Open }
}

#[test]
fn the_state_of_sockets_and_programs() {
    let ann = Some("127.0.0.1:40001");
    let table = [
        (
            "sleeping",
            vec![socket("LISTEN", None, 1, 0)],
            "1 connection waits in the listen queue: the program has not called accept() again",
        ),
        (
            "sleeping",
            vec![socket("LISTEN", None, 2, 0)],
            "2 connections wait in the listen queue: the program has not called accept()",
        ),
        (
            "sleeping",
            vec![socket("ESTABLISHED", ann, 27, 0)],
            "27 bytes from ann lie unread in the program's socket on 127.0.0.1:5556: it is not reading",
        ),
        (
            "sleeping",
            vec![socket("BOUND", None, 832, 0)],
            "what came lies unread in the program's socket on 127.0.0.1:5556: it is not reading",
        ),
        (
            "sleeping",
            vec![socket("ESTABLISHED", ann, 0, 9)],
            "9 bytes that the program sent are not yet taken by ann",
        ),
        (
            "sleeping",
            vec![socket("CLOSE_WAIT", ann, 0, 0)],
            "ann has ended its side; the program still holds its own end open",
        ),
        ("running", vec![], "the program is busy on a processor"),
        ("stopped", vec![], "the program is stopped by a signal"),
    ];
    for (state, sockets, line) in table {
        assert_eq!(explained(waiting("ann"), &observation(state, sockets)).seen, [line]);
    }
    let unread = || vec![socket("ESTABLISHED", ann, 27, 0)];
    let busy = explained(waiting("ann"), &observation("running", unread())).seen;
    assert_eq!(busy[0], "27 bytes from ann lie unread in the program's socket on 127.0.0.1:5556");
    let wrong =
        Fact::Misdirected { part: "ann".into(), arrived_at: "bob".into(), payload: Excerpt::default() };
    assert!(explained(wrong, &observation("sleeping", unread())).seen.is_empty(), "it may be about to read");
    let both = vec![socket("ESTABLISHED", ann, 0, 0), socket("ESTABLISHED", Some("127.0.0.1:40002"), 0, 0)];
    assert_eq!(explained(waiting("ann"), &observation("running", both)).seen[1], "2 connections are open");
}

#[test]
fn what_a_program_waits_for() {
    let at = |port: u16| std::net::SocketAddr::from(([127, 0, 0, 1], port));
    let table: [(&[Wait], &str); 9] = [
        (&[Wait::Accept(at(5556))], "in accept() on 127.0.0.1:5556, for a connection"),
        (&[Wait::Read(at(40_001))], "in read(), for more from ann"),
        (&[Wait::Read(at(9))], "in read(), for more from 127.0.0.1:9"),
        (&[Wait::Datagram(at(5556))], "in recv_from() on 127.0.0.1:5556, for a datagram"),
        (&[Wait::Stdin, Wait::Thread], "in read(), for more on stdin"),
        (
            &[Wait::Pipe, Wait::Child],
            "in read(), for more in a pipe and in wait(), for the end of a child process",
        ),
        (&[Wait::Thread], "for another of its own threads, in join() or at a lock"),
        (&[Wait::Sleep], "in sleep(), for time to pass"),
        (
            &[Wait::Accept(at(1)), Wait::Read(at(2)), Wait::Read(at(3)), Wait::Read(at(4)), Wait::Poll],
            "in accept() on 127.0.0.1:1, for a connection, in read(), for more from 127.0.0.1:2, \
             in read(), for more from 127.0.0.1:3 and 2 more",
        ),
    ];
    for (waits, line) in table {
        let mut observation = observation("sleeping", vec![]);
        observation.kernel[0].waits = waits.to_vec();
        assert_eq!(explained(waiting("ann"), &observation).seen, [format!("the program waits {line}")]);
    }
}

#[test]
fn who_only_sleeps_is_told_to_end() {
    let still_running = || Fact::StillRunning { part: "server".into() };
    let mut observation = observation("sleeping", vec![]);
    let advice = |observation: &Observation| explained(still_running(), observation).advice.unwrap();
    assert!(advice(&observation).starts_with("It waits for something"));
    observation.kernel[0].waits = vec![Wait::Sleep];
    assert!(advice(&observation).starts_with("It lets time pass"));
}

#[test]
fn nothing_within_and_nothing_before_rest() {
    let observation = observation("sleeping", vec![]);
    assert_eq!(explained(waiting("ann"), &observation).got, ["nothing within 5 s; the connection is open"]);
    let detail = Detail::Fact(waiting("ann"));
    let failure = Failure { finding: Finding::Deadline, step: None, waited_ms: 304, at_rest: true, detail };
    assert_eq!(
        explain(&failure, Some(&observation)).got,
        ["nothing before the whole program came to rest; the connection is open"]
    );
}

#[test]
fn an_end_is_told_once() {
    let mut observation = observation("ended", vec![]);
    observation.programs[0].exit = Some(Exit::Code(0));
    observation.kernel[0].processes = 0;
    assert_eq!(explained(waiting("ann"), &observation).seen, ["the program has ended: exit code 0 (done)"]);
    let nothing = explained(waiting("ann"), &observation).got;
    assert_eq!(nothing, ["nothing before the program ended"]);
    let ended = explained(Fact::Ended { part: "server".into() }, &observation);
    assert_eq!(ended.got, ["it ended by itself: exit code 0 (done)"]);
    assert!(ended.seen.is_empty());
    observation.programs[0].stopped = true;
    assert!(explained(waiting("ann"), &observation).seen.is_empty());
}

#[test]
fn who_has_spoken_tells_who_waits_for_whom() {
    let mut observation = observation("sleeping", vec![socket("LISTEN", None, 0, 0)]);
    let advice = |observation: &Observation, part: &str| {
        explained(waiting(part), observation).advice.unwrap_or_default()
    };
    assert!(advice(&observation, "ann").contains("for the program to speak first"));
    let sent = Happening::Sent(Preview::of(b"hello\n"));
    observation.transcript.push(Entry { at_us: 1, part: "ann".into(), what: sent });
    assert!(advice(&observation, "ann").contains("read_to_string()"));
    assert!(advice(&observation, "server.stdout").starts_with("If it has printed: print! keeps text back"));
    observation.kernel[0].waits = vec![Wait::Read(([127, 0, 0, 1], 40_001).into())];
    assert!(advice(&observation, "server.stdout").starts_with("It waits for more: read_to_end()"));
    let typed = Happening::Sent(Preview::of(b"886\n"));
    observation.transcript.push(Entry { at_us: 1, part: "server".into(), what: typed });
    assert!(advice(&observation, "ann").contains("what was typed"));
    observation.kernel[0].waits.push(Wait::Thread);
    assert!(advice(&observation, "ann").contains("Is a lock held across a read()?"));
    observation.transcript.push(Entry {
        at_us: 2,
        part: "ann".into(),
        what: Happening::Closed { how: "closed".into() },
    });
    assert_eq!(advice(&observation, "ann"), "");
    observation.kernel[0].sockets[0].unread = 1;
    assert_eq!(advice(&observation, "ann"), "");
}

#[test]
fn who_computes_while_something_is_awaited_is_told_of_loops() {
    for part in ["ann", "server.stdout"] {
        let advice = explained(waiting(part), &observation("running", vec![])).advice.unwrap();
        assert!(advice.contains("at the end of a stream read() returns 0"), "{part}: {advice}");
    }
}

#[test]
fn what_came_before_comes_again() {
    let mut observation = observation("sleeping", vec![]);
    let hello = Preview::of(b"hello\nhello\n");
    observation.transcript.push(Entry { at_us: 1, part: "ann".into(), what: Happening::Received(hello) });
    let (want, got) = (Want::Eof { or_reset: false }, Excerpt::head(b"hello\n"));
    let fact = Fact::Stream { part: "ann".into(), want, got, differs: None, end: End::Open };
    assert!(explained(fact, &observation).advice.unwrap().contains("a second time"));
}

#[test]
fn another_protocol_and_the_peak_of_memory_are_told() {
    let mut observation = observation("sleeping", vec![socket("LISTEN", None, 0, 0)]);
    let want = "127.0.0.1:5556".parse().unwrap();
    let fact = Fact::NotReady { part: "server".into(), protocol: Protocol::Udp, want, found: vec![] };
    assert!(explained(fact, &observation).got[0].contains("a TCP socket there"));
    let limit = Fact::Limit { part: "server".into(), which: Limit::Memory, detail: String::new() };
    assert!(explained(limit, &observation).got[1].contains("49 MiB"));
    observation.programs.push(observation.programs[0].clone());
    assert!(explained(waiting("server.stdout"), &observation).expected[0].starts_with("server's stdout: "));
}
