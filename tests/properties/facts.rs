//! Every kind of fact, with whatever a program may have put into it.

use std::net::SocketAddr;

use checker::record::bytes::Excerpt;
use checker::record::fact::{
    End, Fact, FileFound, Holder, Holding, Limit, Process, Protocol, Unclaimed, Want,
};
use checker::record::observation::Exit;
use proptest::prelude::*;
use proptest::sample::select;

use crate::hostile::{bytes, text};

/// The parts of a scenario: their names are checked when the course is read.
pub fn part() -> impl Strategy<Value = String> + Clone {
    let parts = ["server", "client", "ann", "bob", "door", "crowd#3", "tap.up", "tap.down"];
    let streams = ["server.stdin", "server.stdout", "server.stderr", "client.stdout"];
    select([&parts[..], &streams[..]].concat()).prop_map(str::to_owned)
}

pub fn address() -> impl Strategy<Value = SocketAddr> + Clone {
    const ADDRESSES: [&str; 6] =
        ["127.0.0.1:5556", "0.0.0.0:5556", "[::]:5556", "[::1]:0", "[fe80::1%7]:9", "10.0.0.1:65535"];
    select(&ADDRESSES[..]).prop_map(|text| text.parse().unwrap())
}

/// A window as the checker makes it.
pub fn excerpt() -> impl Strategy<Value = Excerpt> + Clone {
    let much =
        prop_oneof![4 => bytes(5), 1 => (any::<u8>(), 500..3000usize).prop_map(|(byte, n)| vec![byte; n])];
    (much, any::<usize>(), 0..3).prop_map(|(bytes, at, kind)| match kind {
        0 => Excerpt::head(&bytes),
        1 => Excerpt::tail(&bytes, 512),
        _ => Excerpt::around(&bytes, at % (bytes.len() + 1)),
    })
}

/// Two runs with a common beginning, and where they differ.
fn pair() -> impl Strategy<Value = (Excerpt, Excerpt, u64)> + Clone {
    (bytes(12), bytes(6), bytes(6)).prop_map(|(both, want, got)| {
        let (want, got) = ([&both[..], &want].concat(), [&both[..], &got].concat());
        let at = want.iter().zip(&got).take_while(|(a, b)| a == b).count();
        let (want, got) = Excerpt::pair(&want, &got, at);
        (want, got, at as u64)
    })
}

fn want() -> impl Strategy<Value = Want> {
    prop_oneof![
        excerpt().prop_map(Want::Bytes),
        prop::collection::vec(excerpt(), 1..8).prop_map(Want::Lines),
        text(3).prop_map(Want::Pattern),
        any::<u64>().prop_map(|len| Want::Blob { name: "big".into(), len }),
        any::<bool>().prop_map(|or_reset| Want::Eof { or_reset }),
        Just(Want::Reset),
        select(&[0, 200, 600_000][..]).prop_map(|ms| Want::Nothing { ms }),
        (excerpt(), address()).prop_map(|(payload, from)| Want::Datagram { payload, from }),
    ]
}

fn end() -> impl Strategy<Value = End> {
    select(&[End::Open, End::Eof, End::Reset][..])
}

pub fn exit() -> impl Strategy<Value = Exit> + Clone {
    let code = select(&[0, 1, 2, 101, 255][..]).prop_map(Exit::Code);
    prop_oneof![code, any::<i32>().prop_map(Exit::Code), (1..70i32).prop_map(Exit::Signal)]
}

pub fn limit() -> impl Strategy<Value = Limit> + Clone {
    select(&[Limit::Memory, Limit::Processes, Limit::Output, Limit::Files, Limit::Cpu][..])
}

pub fn processes() -> impl Strategy<Value = Vec<Process>> + Clone {
    // The kernel keeps 15 bytes of a name.
    let name = text(2).prop_map(|name| name.chars().take(15).collect());
    let process = (any::<u32>(), name).prop_map(|(pid, name)| Process { pid, name });
    prop::collection::vec(process, 0..12)
}

fn callers() -> impl Strategy<Value = Vec<Unclaimed>> {
    prop::collection::vec((address(), excerpt()).prop_map(|(from, said)| Unclaimed { from, said }), 0..8)
}

fn stream() -> impl Strategy<Value = Fact> {
    let apart = (part(), pair(), any::<bool>(), end()).prop_map(|(part, (want, got, at), told, end)| {
        Fact::Stream { part, want: Want::Bytes(want), got, differs: told.then_some(at), end }
    });
    let any = (part(), want(), excerpt(), prop::option::of(0..4000u64), end())
        .prop_map(|(part, want, got, differs, end)| Fact::Stream { part, want, got, differs, end });
    prop_oneof![apart, any]
}

fn meeting() -> impl Strategy<Value = Fact> {
    let protocol = select(&[Protocol::Tcp, Protocol::Udp][..]);
    let found = prop::collection::vec(address(), 0..40);
    prop_oneof![
        (part(), protocol, address(), found).prop_map(|(part, protocol, want, found)| Fact::NotReady {
            part,
            protocol,
            want,
            found
        }),
        (part(), address(), any::<bool>()).prop_map(|(part, to, refused)| Fact::NotConnected {
            part,
            to,
            refused
        }),
        (part(), address(), prop::option::of(text(2)), callers())
            .prop_map(|(part, at, first, unclaimed)| Fact::NotAccepted { part, at, first, unclaimed }),
        (part(), want(), prop::option::of((address(), excerpt())))
            .prop_map(|(part, want, got)| Fact::Datagram { part, want, got }),
        (part(), excerpt()).prop_map(|(part, payload)| Fact::Misdirected {
            part,
            arrived_at: "ann".into(),
            payload
        }),
        (part(), callers()).prop_map(|(part, connections)| Fact::Unwanted { part, connections }),
        (part(), any::<u64>(), any::<u64>(), any::<u64>())
            .prop_map(|(part, sent, of, unread)| Fact::NotRead { part, sent, of, unread }),
    ]
}

fn file() -> impl Strategy<Value = Fact> {
    let found = prop_oneof![
        Just(FileFound::Missing),
        text(1).prop_map(FileFound::Kind),
        pair().prop_map(|(want, got, at)| FileFound::Differs { at, want, got }),
        any::<u64>().prop_map(|len| FileFound::Present { len }),
        prop::collection::vec(text(3), 1..60).prop_map(FileFound::Neighbours),
    ];
    // The path is the author's.
    let path = text(2).prop_map(|path| path.chars().take(40).collect());
    (path, found).prop_map(|(path, found)| Fact::File { path, want: "12 bytes, as sent".into(), found })
}

fn holders() -> impl Strategy<Value = Fact> {
    let pids = || any::<(u32, u32, bool)>();
    let holder = pids().prop_map(|(pid, parent, alive)| Holder { pid, parent, alive });
    let holding = (part(), any::<Option<u32>>(), prop::collection::vec(holder, 0..60))
        .prop_map(|(connection, told, holders)| Holding { connection, told, holders });
    let holdings = prop::collection::vec(holding, 1..4);
    (part(), any::<u32>(), holdings, prop::collection::vec(any::<u32>(), 0..250), text(2)).prop_map(
        |(part, main, holdings, children, problem)| Fact::Holders { part, main, holdings, children, problem },
    )
}

fn ending() -> impl Strategy<Value = Fact> {
    prop_oneof![
        part().prop_map(|part| Fact::StillRunning { part }),
        (part(), exit(), any::<bool>(), prop::option::of(text(12))).prop_map(
            |(part, got, reason_missing, last_line)| {
                Fact::Exit { part, want: "exit code 1".into(), got, reason_missing, last_line }
            }
        ),
        (part(), processes()).prop_map(|(part, processes)| Fact::Left { part, processes }),
        part().prop_map(|part| Fact::Ended { part }),
        (part(), limit(), text(1)).prop_map(|(part, which, detail)| Fact::Limit { part, which, detail }),
        part().prop_map(|part| Fact::Panicked { part }),
    ]
}

pub fn fact() -> impl Strategy<Value = Fact> {
    prop_oneof![3 => stream(), 5 => meeting(), 2 => file(), 1 => holders(), 4 => ending()]
}
