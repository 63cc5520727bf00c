//! What parts saw becomes entries of the record.

use super::part::conn::Conn;
use super::part::relay;
use crate::record::fact::End;
use crate::record::transcript::{Happening, Preview};

/// Pumps a connection, and tells what happened on it.
pub fn pump_conn(conn: &mut Conn, happened: &mut Vec<Happening>) {
    let before = conn.input.end;
    conn.pump(|bytes| happened.push(Happening::Received(Preview::of(bytes))));
    match (before, conn.input.end) {
        (End::Open, End::Eof) => happened.push(Happening::Eof),
        (End::Open, End::Reset) => happened.push(Happening::Reset),
        _ => {}
    }
}

/// What a relay saw.
pub fn of_relay(seen: relay::Seen) -> Happening {
    match seen {
        relay::Seen::Client(from) => Happening::Accepted { from },
        relay::Seen::Refused(errno) => {
            Happening::Note(format!("the server did not answer: {}", errno.desc()))
        }
        relay::Seen::Up(bytes) => Happening::Up(bytes),
        relay::Seen::Down(bytes) => Happening::Down(bytes),
        relay::Seen::End { client, end } => {
            let who = if client { "client" } else { "server" };
            Happening::Note(match end {
                End::Reset => format!("the {who} reset its connection"),
                _ => format!("the {who} ended its stream"),
            })
        }
    }
}

/// Joins bytes that one part sent in a row; a line's end ends an entry.
pub fn merge(last: &mut Happening, new: &Happening) -> bool {
    let (last, new) = match (last, new) {
        (Happening::Received(a), Happening::Received(b))
        | (Happening::Sent(a), Happening::Sent(b))
        | (Happening::Stdout(a), Happening::Stdout(b))
        | (Happening::Stderr(a), Happening::Stderr(b))
        | (Happening::Up(a), Happening::Up(b))
        | (Happening::Down(a), Happening::Down(b)) => (a, b),
        _ => return false,
    };
    let whole = last.len == last.head.len() as u64;
    if whole && last.head.ends_with(b"\n") {
        return false;
    }
    if whole {
        let room = Preview::MOST.saturating_sub(last.head.len()).min(new.head.len());
        last.head.extend_from_slice(&new.head[..room]);
    }
    last.len += new.len;
    true
}
