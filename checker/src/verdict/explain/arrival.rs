//! Meeting: listening, connecting, accepting, and taking in what was sent.

use std::net::SocketAddr;

use super::case::{Case, Told};
use super::literal::harmless_within;
use super::words;
use crate::record::fact::{Protocol, Unclaimed};

/// Of addresses, and of callers, so many are told.
const MOST: usize = 4;

/// The program does not listen on, or has not bound, `want`.
pub(super) fn not_ready(
    case: &Case,
    part: &str,
    protocol: Protocol,
    want: SocketAddr,
    found: &[SocketAddr],
) -> Told {
    let program = case.program(part);
    let (does, kind) = match protocol {
        Protocol::Tcp => ("listens on", "TCP"),
        Protocol::Udp => ("binds", "UDP"),
    };
    let expected = format!("{program} {does} {want} ({kind}), and nothing else");
    if found.is_empty() {
        if other_protocol(case, part, protocol, want) {
            let other = if protocol == Protocol::Tcp { "UDP" } else { "TCP" };
            return Told::new(expected, format!("it has a {other} socket there, in place of a {kind} one"));
        }
        let nothing =
            if protocol == Protocol::Tcp { "it listens nowhere" } else { "it has bound no address" };
        return Told::new(expected, format!("{nothing} {}", case.within()));
    }
    let mut told = Told { expected: vec![expected], ..Told::default() };
    let others: Vec<SocketAddr> = found.iter().copied().filter(|&at| at != want).collect();
    told.got = others.iter().take(MOST).map(|&at| format!("it {does} {}", elsewhere(at, want))).collect();
    if others.len() > MOST {
        told.got.push(format!("and {} more", others.len() - MOST));
    }
    if found.contains(&want) {
        told.got.insert(0, format!("it {does} {want}, but not there alone:"));
    }
    told.advice = found.iter().find(|&&at| at != want).map(|&at| cure(at, want).to_owned());
    told
}

fn other_protocol(case: &Case, part: &str, protocol: Protocol, want: SocketAddr) -> bool {
    let sockets = case.state(part).map_or(&[][..], |state| &state.sockets);
    sockets
        .iter()
        .any(|socket| socket.local == want && socket.remote.is_none() && socket.protocol != protocol)
}

/// An address, and in what it differs from the wanted one.
pub(super) fn elsewhere(at: SocketAddr, want: SocketAddr) -> String {
    if at.ip().is_unspecified() && !want.ip().is_unspecified() {
        format!("{at}, that is on every interface, in place of {want}")
    } else if at.ip() == want.ip() {
        format!("{at}: port {} in place of {}", at.port(), want.port())
    } else {
        format!("{at} in place of {want}")
    }
}

fn cure(at: SocketAddr, want: SocketAddr) -> &'static str {
    if at.ip().is_unspecified() && !want.ip().is_unspecified() {
        "Bind the address of the argument just as it is given: 0.0.0.0 and [::] let the whole network in."
    } else {
        "Bind the address of the argument just as it is given, host and port."
    }
}

pub(super) fn not_connected(case: &Case, part: &str, to: SocketAddr, refused: bool) -> Told {
    let expected = format!("{part} connects to {to}");
    if refused {
        return Told::new(expected, "refused").advise(
            "A connection is refused when nobody listens on the address: the listener is not there yet, was \
             dropped, or its program has ended.",
        );
    }
    Told::new(expected, format!("no answer {}", case.within())).advise(
        "Connections go unanswered when the listen queue is full: they come faster than the program accepts \
         them.",
    )
}

pub(super) fn not_accepted(
    case: &Case,
    at: SocketAddr,
    first: Option<&str>,
    unclaimed: &[Unclaimed],
) -> Told {
    let mut told = Told { expected: vec![format!("a connection to {at}")], ..Told::default() };
    if let Some(first) = first {
        told.expected.push(format!("whose first line matches {}", harmless_within(first.as_bytes(), 400)));
    }
    if unclaimed.is_empty() {
        told.got.push(format!("nobody came {}", case.within()));
    } else {
        let came = words::count(unclaimed.len() as u64, "connection", "connections");
        told.got.push(format!("{came} {}, but none that began so:", case.within()));
        told.got.extend(callers(case, unclaimed));
    }
    told
}

pub(super) fn unwanted(case: &Case, part: &str, connections: &[Unclaimed]) -> Told {
    let came = words::count(connections.len() as u64, "connection", "connections");
    let mut told = Told::new(format!("nobody comes to {part}"), format!("{came}:"));
    told.got.extend(callers(case, connections));
    told
}

/// Who came, and what they said; the first few.
fn callers(case: &Case, connections: &[Unclaimed]) -> Vec<String> {
    let mut lines: Vec<String> = connections
        .iter()
        .take(MOST)
        .map(|Unclaimed { from, said }| match said.is_empty() {
            true => format!("{from} said nothing"),
            false => case.line(&format!("{from} said "), said, false),
        })
        .collect();
    if connections.len() > MOST {
        lines.push(format!("and {} more", connections.len() - MOST));
    }
    lines
}

pub(super) fn not_read(case: &Case, part: &str, sent: u64, of: u64, unread: u64) -> Told {
    let (part, stdin) = match part.strip_suffix(".stdin") {
        Some(program) => (program, true),
        None => (part, false),
    };
    let program = if stdin { case.program(part) } else { "the program".into() };
    let source = if stdin { "from stdin".into() } else { format!("from {part}") };
    let expected = format!("{program} reads {} {source}", words::bytes(of));
    if sent >= of && unread > 0 {
        let lie = match case.failure.at_rest {
            true => format!("{} of them lie unread, and the whole program rests", words::number(unread)),
            false => {
                let waited = words::duration(case.failure.waited_ms);
                format!("{} of them lie unread after {waited}", words::number(unread))
            }
        };
        return Told::new(expected, lie);
    }
    let sent = format!("{} of {} could be sent {}", words::number(sent), words::bytes(of), case.within());
    let mut told = Told::new(expected, sent);
    if unread > 0 {
        told.got.push(format!("{} of them lie unread", words::number(unread)));
    }
    told.advise("What a program does not read fills the buffers on the way, until the sender has to wait.")
}
