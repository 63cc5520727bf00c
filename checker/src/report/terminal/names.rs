//! From what happened to an event in words, by what is known of the parts.

use std::collections::BTreeSet;
use std::net::SocketAddr;

use super::event::{Event, Kind};
use crate::record::fact::Protocol;
use crate::record::observation::Observation;
use crate::record::transcript::{Happening, Preview};
use crate::verdict::explain::ending;
use crate::verdict::explain::literal::harmless;

/// What is known of the parts, for telling of what happened to them.
pub(super) struct Names<'a> {
    programs: BTreeSet<&'a str>,
    /// Parts that opened an address themselves: where such a one sends, it sends datagrams.
    opened: BTreeSet<&'a str>,
    bound: BTreeSet<SocketAddr>,
    /// The addresses of the programs themselves.
    own: BTreeSet<SocketAddr>,
}

impl<'a> Names<'a> {
    pub fn of(observation: &'a Observation) -> Self {
        let entries = &observation.transcript.entries;
        let sockets = observation.kernel.iter().flat_map(|state| &state.sockets);
        let opened = entries.iter().filter(|entry| matches!(entry.what, Happening::Opened { .. }));
        let ready = entries.iter().filter_map(|entry| match entry.what {
            Happening::Ready { at } => Some(at),
            _ => None,
        });
        Names {
            programs: observation.programs.iter().map(|program| program.part.as_str()).collect(),
            opened: opened.map(|entry| entry.part.as_str()).collect(),
            bound: sockets
                .filter(|socket| socket.protocol == Protocol::Udp)
                .map(|socket| socket.local)
                .collect(),
            own: ready.collect(),
        }
    }

    pub fn is_program(&self, part: &str) -> bool {
        self.programs.contains(part)
    }

    pub fn event(&self, part: &str, what: &Happening) -> Event {
        let said =
            |lead, data: &Preview| Event::Said { lead, data: data.clone(), kind: Kind::Stream { pieces: 1 } };
        match what {
            Happening::Sent(data) if self.is_program(part) => said("stdin ", data),
            Happening::Sent(data) if self.opened.contains(part) => {
                Event::Said { lead: "→ ", data: data.clone(), kind: Kind::Datagram { from: None } }
            }
            Happening::Sent(data) => said("→ ", data),
            Happening::Received(data) => said("← ", data),
            Happening::ReceivedFrom(from, data) => {
                let from = Some(*from).filter(|from| !self.own.contains(from));
                Event::Said { lead: "← ", data: data.clone(), kind: Kind::Datagram { from } }
            }
            Happening::Stdout(data) => said("prints ", data),
            Happening::Stderr(data) => said("stderr ", data),
            Happening::Up(data) => said("client → ", data),
            Happening::Down(data) => said("server → ", data),
            Happening::LeftOut(n) => Event::LeftOut(*n),
            Happening::Closed { how } if self.is_program(part) => {
                Event::Turn(vec![format!("stdin {}", harmless(how.as_bytes()))])
            }
            _ => self.words(what),
        }
    }

    fn words(&self, what: &Happening) -> Event {
        let both = |long: String, short: String| Event::Words(vec![long, short]);
        let address = |does: &str, at: &SocketAddr| {
            let short = does.rsplit(' ').next().unwrap_or(does);
            Event::Words(vec![
                format!("{does} {at}"),
                format!("{short} {at}"),
                format!("{short} :{}", at.port()),
            ])
        };
        match what {
            Happening::Started { pid, .. } => both(format!("started, pid {pid}"), "started".into()),
            Happening::Ready { at } => {
                address(if self.bound.contains(at) { "has bound" } else { "listens on" }, at)
            }
            Happening::Opened { at } => address("open at", at),
            Happening::Connected { .. } => Event::words("connected"),
            Happening::Accepted { .. } => Event::words("accepted"),
            Happening::Eof => both("← end of stream".into(), "← end".into()),
            Happening::Reset => Event::words("← reset"),
            Happening::Closed { how } => Event::Turn(vec![format!("→ {}", harmless(how.as_bytes()))]),
            Happening::Exited(exit) => {
                let long = ending(*exit);
                let short = long.split(" (").next().unwrap_or(&long).to_owned();
                Event::Turn(vec![long, short])
            }
            Happening::Signalled { what } => Event::Turn(vec![harmless(what.as_bytes())]),
            Happening::Note(note) => Event::words(harmless(note.as_bytes())),
            // Bytes are told of elsewhere.
            _ => Event::words(""),
        }
    }
}
