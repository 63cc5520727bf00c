//! The conversation, as it happened.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

use super::bytes::latin1;
use super::observation::Exit;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Microseconds since the scenario began.
    pub at_us: u64,
    /// The part that it happened to: `server`, `ann`, `crowd#17`, `tap`.
    pub part: String,
    pub what: Happening,
}

/// The beginning of what was carried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// Length of the whole, in bytes.
    pub len: u64,
    /// At most [`Preview::MOST`] bytes of its beginning.
    #[serde(with = "latin1")]
    pub head: Vec<u8>,
}

impl Preview {
    pub const MOST: usize = 96;

    pub fn of(bytes: &[u8]) -> Self {
        Preview { len: bytes.len() as u64, head: bytes[..bytes.len().min(Self::MOST)].to_vec() }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Happening {
    /// A program was started; its process number as it sees it, and its arguments.
    Started {
        pid: u32,
        args: Vec<String>,
    },
    /// A program listens on, or has bound, an address.
    Ready {
        at: SocketAddr,
    },
    /// The checker listens on, or has bound, an address.
    Opened {
        at: SocketAddr,
    },
    /// The checker's connection was established.
    Connected {
        local: SocketAddr,
        remote: SocketAddr,
    },
    /// A connection of the program's arrived at the checker's listener.
    Accepted {
        from: SocketAddr,
    },
    /// The checker sent this to the program (for a program: wrote to its stdin).
    Sent(Preview),
    /// The program sent this to the checker.
    Received(Preview),
    /// A datagram came from there.
    ReceivedFrom(SocketAddr, Preview),
    /// The program wrote this to stdout.
    Stdout(Preview),
    /// The program wrote this to stderr.
    Stderr(Preview),
    /// Relay: the client's bytes, the server's bytes.
    Up(Preview),
    Down(Preview),
    /// The program ended its stream in order.
    Eof,
    /// The program reset the connection.
    Reset,
    /// The checker closed: `closed`, `ended its side`, `reset`.
    Closed {
        how: String,
    },
    /// SIGSTOP, SIGCONT, SIGKILL by a step.
    Signalled {
        what: String,
    },
    /// A program's first process ended.
    Exited(Exit),
    /// Anything else worth a line: `wrote src.bin, 65536 bytes`.
    Note(String),
    /// So many entries are left out here.
    LeftOut(u64),
}

/// A bounded list of entries: the first ones and the last ones are kept.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Transcript {
    pub entries: Vec<Entry>,
}

impl Transcript {
    /// Entries kept from the beginning, and in all.
    const FIRST: usize = 300;
    const MOST: usize = 1500;

    pub fn push(&mut self, entry: Entry) {
        if self.entries.len() < Self::MOST {
            self.entries.push(entry);
            return;
        }
        // Make room behind the first ones: drop the oldest of the rest, and count it.
        let dropped = match self.entries[Self::FIRST].what {
            Happening::LeftOut(n) => n,
            _ => {
                let at = &mut self.entries[Self::FIRST];
                at.what = Happening::LeftOut(0);
                at.part = String::new();
                1
            }
        };
        self.entries.remove(Self::FIRST + 1);
        self.entries[Self::FIRST].what = Happening::LeftOut(dropped + 1);
        self.entries.push(entry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_left_out_and_counted() {
        let mut transcript = Transcript::default();
        for i in 0..5000u64 {
            transcript.push(Entry { at_us: i, part: "p".into(), what: Happening::Eof });
        }
        let kept = &transcript.entries;
        assert_eq!(kept.len(), Transcript::MOST);
        assert_eq!(kept[Transcript::FIRST - 1].at_us, Transcript::FIRST as u64 - 1);
        assert_eq!(kept[Transcript::FIRST].what, Happening::LeftOut(5000 - (Transcript::MOST as u64 - 1)));
        assert_eq!(kept.last().unwrap().at_us, 4999);
    }
}
