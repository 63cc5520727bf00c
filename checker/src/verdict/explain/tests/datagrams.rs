//! Datagrams, and where they come from.

use std::net::SocketAddr;

use super::{all, at, bytes};
use crate::record::bytes::Excerpt;
use crate::record::fact::{Fact, Want};

#[test]
fn datagrams() {
    let [own, other] = [at("127.0.0.1:7788"), at("127.0.0.1:40001")];
    let fact =
        |want: Want, got: Option<(SocketAddr, Excerpt)>| Fact::Datagram { part: "ann".into(), want, got };
    let want = |text| Want::Datagram { payload: bytes(text), from: own };
    let table: Vec<(Fact, &[&str])> = vec![
        (fact(want("hi"), None), &["ann ← \"hi\" (2 bytes)", "no datagram within 5 s"]),
        (fact(want(""), None), &["an empty datagram"]),
        (fact(want("hi"), Some((own, bytes("ho")))), &["hi", "ho", "^ 1 byte right"]),
        (fact(want("hi"), Some((own, bytes("")))), &["hi", "an empty datagram"]),
        (
            fact(want("hi"), Some((other, bytes("hi")))),
            &["from 127.0.0.1:7788", "from 127.0.0.1:40001", "another port"],
        ),
        (fact(want("hi"), Some((own, bytes("hihi")))), &["too much from here", "came twice"]),
        (
            fact(Want::Nothing { ms: 300 }, Some((own, bytes("hi")))),
            &["no datagram for 300 ms", "hi", "from"],
        ),
        (fact(Want::Nothing { ms: 0 }, Some((own, bytes("hi")))), &["no more datagrams"]),
        (fact(Want::Reset, None), &["a datagram", "no datagram"]),
        (fact(Want::Reset, Some((own, bytes("")))), &["an empty datagram from"]),
        (
            Fact::Misdirected { part: "ann".into(), arrived_at: "bob".into(), payload: bytes("hi") },
            &["ann ← \"hi\"", "at bob", "recv_from()"],
        ),
    ];
    all(table);
}
