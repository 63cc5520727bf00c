//! Listening, connecting, accepting, reading.

use super::{all, at, bytes};
use crate::record::fact::{Fact, Protocol, Unclaimed};

#[test]
fn listening() {
    let want = at("127.0.0.1:5555");
    let ready = |protocol, found: &[&str]| Fact::NotReady {
        part: "server".into(),
        protocol,
        want,
        found: found.iter().map(|text| at(text)).collect(),
    };
    let table: Vec<(Fact, &[&str])> = vec![
        (ready(Protocol::Tcp, &[]), &["listens on 127.0.0.1:5555 (TCP)", "listens nowhere within 5 s"]),
        (ready(Protocol::Udp, &[]), &["binds 127.0.0.1:5555 (UDP)", "bound no address"]),
        (
            ready(Protocol::Tcp, &["0.0.0.0:5555"]),
            &["on every interface, in place of 127.0.0.1:5555", "whole network"],
        ),
        (ready(Protocol::Tcp, &["127.0.0.1:80"]), &["port 80 in place of 5555", "as it is given"]),
        (ready(Protocol::Tcp, &["[::1]:5555"]), &["[::1]:5555 in place of"]),
        (ready(Protocol::Tcp, &["127.0.0.1:5555", "127.0.0.1:80"]), &["not there alone", "port 80"]),
    ];
    all(table);
}

#[test]
fn connecting_and_accepting() {
    let want = at("127.0.0.1:5555");
    let caller = |said| Unclaimed { from: at("127.0.0.1:40001"), said: bytes(said) };
    let accept = |first: Option<&str>, unclaimed| Fact::NotAccepted {
        part: "conn".into(),
        at: want,
        first: first.map(str::to_owned),
        unclaimed,
    };
    let table: Vec<(Fact, &[&str])> = vec![
        (
            Fact::NotConnected { part: "ann".into(), to: want, refused: true },
            &["ann connects", "refused", "nobody listens"],
        ),
        (
            Fact::NotConnected { part: "ann".into(), to: want, refused: false },
            &["no answer within 5 s", "queue is full"],
        ),
        (accept(None, vec![]), &["a connection to 127.0.0.1:5555", "nobody came within 5 s"]),
        (
            accept(Some("main \\d+"), vec![caller("x\n"), caller("")]),
            &["main \\d+", "2 connections", "said \"x\\n\"", "said nothing"],
        ),
        (
            Fact::Unwanted { part: "door".into(), connections: vec![caller("a"); 6] },
            &["nobody comes to door", "6 connections", "and 2 more"],
        ),
    ];
    all(table);
}

#[test]
fn taking_in_what_is_sent() {
    let table: Vec<(Fact, &[&str])> = vec![
        (
            Fact::NotRead { part: "ann".into(), sent: 12_345, of: 65_536, unread: 400 },
            &["65,536 bytes from ann", "12,345 of", "400 of them"],
        ),
        (
            Fact::NotRead { part: "ann".into(), sent: 65, of: 65, unread: 65 },
            &["65 bytes from ann", "65 of them lie unread after 5 s"],
        ),
        (
            Fact::NotRead { part: "p.stdin".into(), sent: 0, of: 1, unread: 0 },
            &["1 byte from stdin", "0 of 1 byte"],
        ),
    ];
    all(table);
}
