//! Whole observations, and verdicts on them.

use checker::record::fact::Protocol;
use checker::record::observation::{
    Observation, ProgramRecord, ProgramState, Socket, StepPlace, Stop, Unmet, Wait,
};
use checker::record::transcript::{Entry, Happening, Preview, Transcript};
use checker::verdict::judge::judge;
use checker::verdict::outcome::Judged;
use proptest::prelude::*;
use proptest::sample::select;

use crate::facts::{address, excerpt, exit, fact, limit, part, processes};
use crate::hostile::{bytes, text};

fn step() -> impl Strategy<Value = StepPlace> {
    let rounds = prop::collection::vec(any::<u32>(), 0..3);
    (0..40usize, 1..999u32, prop::option::of(text(3)), rounds)
        .prop_map(|(number, line, why, rounds)| StepPlace { number, total: 40, line, why, rounds })
}

/// A panic's message may be as long as the part of stderr that is kept.
fn panic() -> impl Strategy<Value = Option<String>> {
    prop_oneof![6 => Just(None), 2 => text(6).prop_map(Some), 1 => (text(1), 1..400usize).prop_map(|(text, times)| {
        let mut long = text.repeat(times);
        long.truncate((0..=16_000.min(long.len())).rev().find(|&at| long.is_char_boundary(at)).unwrap_or(0));
        Some(long)
    })]
}

fn program(part: &'static str) -> impl Strategy<Value = ProgramRecord> {
    let ended = (prop::option::of(exit()), any::<bool>(), prop::option::weighted(0.2, limit()));
    (ended, panic(), excerpt(), excerpt(), any::<u64>(), processes()).prop_map(
        move |((exit, stopped, limit), panic, stdout, stderr, peak_kib, left)| ProgramRecord {
            part: part.into(),
            program: part.into(),
            pid: 2,
            exit,
            stopped,
            stdout,
            stderr,
            panic,
            peak_kib,
            limit,
            left,
        },
    )
}

fn programs() -> impl Strategy<Value = Vec<ProgramRecord>> {
    prop_oneof![
        Just(Vec::new()),
        program("server").prop_map(|program| vec![program]),
        (program("server"), program("client")).prop_map(|(server, client)| vec![server, client]),
    ]
}

fn kernel() -> impl Strategy<Value = Vec<ProgramState>> {
    let word = select(&["LISTEN", "ESTABLISHED", "CLOSE_WAIT", "BOUND"][..]);
    let queues = prop_oneof![Just((0, 0)), any::<(u64, u64)>()];
    let protocol = select(&[Protocol::Tcp, Protocol::Udp][..]);
    let socket = (protocol, address(), prop::option::of(address()), word, queues).prop_map(
        |(protocol, local, remote, state, (unread, unsent))| Socket {
            protocol,
            local,
            remote,
            state: state.into(),
            unread,
            unsent,
        },
    );
    let word = select(&["sleeping", "running", "stopped", "ended"][..]);
    let wait = prop_oneof![
        address().prop_map(Wait::Accept),
        address().prop_map(Wait::Read),
        address().prop_map(Wait::Datagram),
        select(&[Wait::Stdin, Wait::Pipe, Wait::Poll, Wait::Child, Wait::Thread, Wait::Sleep][..]),
    ];
    let sockets = prop::collection::vec(socket, 0..6);
    let waits = prop::collection::vec(wait, 0..5);
    let state = (select(&["server", "client"][..]), word, 0..3u32, sockets, waits);
    let state = state.prop_map(|(part, state, processes, sockets, waits)| ProgramState {
        part: part.into(),
        state: state.into(),
        processes,
        threads: 1,
        sockets,
        waits,
    });
    prop::collection::vec(state, 0..3)
}

fn happening() -> impl Strategy<Value = Happening> {
    let data = || bytes(4).prop_map(|bytes| Preview::of(&bytes));
    prop_oneof![
        data().prop_map(Happening::Sent),
        data().prop_map(Happening::Received),
        (address(), data()).prop_map(|(from, data)| Happening::ReceivedFrom(from, data)),
        data().prop_map(Happening::Stdout),
        data().prop_map(Happening::Stderr),
        data().prop_map(Happening::Up),
        data().prop_map(Happening::Down),
        address().prop_map(|at| Happening::Ready { at }),
        address().prop_map(|at| Happening::Opened { at }),
        (address(), address()).prop_map(|(local, remote)| Happening::Connected { local, remote }),
        address().prop_map(|from| Happening::Accepted { from }),
        exit().prop_map(Happening::Exited),
        text(2).prop_map(Happening::Note),
        text(1).prop_map(|how| Happening::Closed { how }),
        text(1).prop_map(|what| Happening::Signalled { what }),
        (any::<u32>(), prop::collection::vec(text(1), 0..3))
            .prop_map(|(pid, args)| Happening::Started { pid, args }),
        (0..u64::from(u32::MAX)).prop_map(Happening::LeftOut),
        Just(Happening::Eof),
        Just(Happening::Reset),
    ]
}

pub fn transcript() -> impl Strategy<Value = Transcript> {
    let part = prop_oneof![part(), (0..40u32).prop_map(|number| format!("crowd#{number}"))];
    let entry =
        (0..36_000_000_000u64, part, happening()).prop_map(|(at_us, part, what)| Entry { at_us, part, what });
    prop::collection::vec(entry, 0..50).prop_map(|entries| Transcript { entries })
}

fn stop() -> impl Strategy<Value = Stop> {
    let unmet = (step(), fact(), any::<u64>(), any::<bool>()).prop_map(|(step, fact, waited_ms, at_rest)| {
        Stop::Unmet(Box::new(Unmet { step, fact, waited_ms: waited_ms % 600_000, at_rest }))
    });
    prop_oneof![1 => Just(Stop::Finished), 1 => text(4).prop_map(Stop::Fault), 20 => unmet]
}

/// What only tells of the circumstances.
pub type Circumstances = (u64, u8, Vec<ProgramState>, Transcript, u64, bool);

pub fn circumstances() -> impl Strategy<Value = Circumstances> {
    (any::<u64>(), 0..5u8, kernel(), transcript(), 0..600_000_000u64, any::<bool>())
}

pub fn put(stop: Stop, programs: Vec<ProgramRecord>, circumstances: Circumstances) -> Observation {
    let (seed, rung, kernel, transcript, took_us, starved) = circumstances;
    Observation { seed, rung, stop, programs, kernel, transcript, took_us, starved }
}

pub fn observation() -> impl Strategy<Value = Observation> {
    (stop(), programs(), circumstances()).prop_map(|(stop, programs, rest)| put(stop, programs, rest))
}

/// A scenario that ran, judged.
pub fn judged() -> impl Strategy<Value = Judged> {
    (observation(), text(2), any::<(bool, bool)>()).prop_map(|(observation, name, (flaky, known))| Judged {
        number: 3,
        name,
        points: 2,
        verdict: judge(&observation),
        observation: Some(observation),
        flaky,
        known,
    })
}
