//! A recorder between two student programs: hands everything on, in both directions, and ends and
//! resets too.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::time::{Duration, Instant};

use nix::errno::Errno;

use super::buffer::Input;
use super::conn::{self, Conn, Connecting, Progress};
use crate::record::fact::End;
use crate::record::transcript::Preview;
use crate::scenario::step::How;

/// What is read from one side before it is handed on, in bytes, more or less: it is copied twice, and so little is
/// still in the processor's cache by then.
const AT_A_TIME: usize = 64 * 1024;

/// What no event tells is asked for: after so long at first, and ever less often while nothing has come of it.
const FIRST_PAUSE: Duration = Duration::from_micros(50);
const LONGEST_PAUSE: Duration = Duration::from_millis(2);

#[derive(Debug)]
pub struct Relay {
    pub listener: TcpListener,
    pub to: SocketAddr,
    bytewise: bool,
    pub pairs: Vec<Pair>,
    /// What clients sent, and what servers sent.
    pub up: Input,
    pub down: Input,
    pause: Duration,
    /// The next time to ask.
    next: Instant,
}

/// A client, and the connection made for it.
#[derive(Debug)]
pub struct Pair {
    pub client: Conn,
    server: Server,
    client_end_passed: bool,
    server_end_passed: bool,
}

#[derive(Debug)]
enum Server {
    Connecting(Connecting),
    Connected(Box<Conn>),
    Refused,
}

/// Something that the relay saw.
#[derive(Debug)]
pub enum Seen {
    Client(SocketAddr),
    Refused(Errno),
    Up(Preview),
    Down(Preview),
    End { client: bool, end: End },
}

impl Pair {
    pub fn server(&self) -> Option<&Conn> {
        match &self.server {
            Server::Connected(conn) => Some(conn),
            _ => None,
        }
    }
}

impl Relay {
    pub fn bind(at: SocketAddr, to: SocketAddr, bytewise: bool) -> io::Result<Self> {
        let listener = TcpListener::bind(at)?;
        listener.set_nonblocking(true)?;
        conn::prepare(&listener)?;
        Ok(Relay {
            listener,
            to,
            bytewise,
            pairs: Vec::new(),
            up: Input::default(),
            down: Input::default(),
            pause: FIRST_PAUSE,
            next: Instant::now(),
        })
    }

    /// When to look again, if there may be something to do of which no event would tell.
    pub fn due(&self) -> Option<Instant> {
        self.is_busy().then_some(self.next)
    }

    /// Whether something must be looked at again soon, without an event that would tell.
    pub fn is_busy(&self) -> bool {
        // Unread is what waits for a byte before it to be read, or what the record had no room for.
        let left = |from: &Conn, record: &Input| {
            !from.input.unread().is_empty() && (self.bytewise || record.has_room())
        };
        self.pairs.iter().any(|pair| {
            matches!(pair.server, Server::Connecting(_))
                || left(&pair.client, &self.up)
                || pair.server().is_some_and(|server| left(server, &self.down))
        })
    }

    /// Both connections of each pair.
    pub fn connections(&self) -> impl Iterator<Item = &Conn> {
        self.pairs.iter().flat_map(|pair| std::iter::once(&pair.client).chain(pair.server()))
    }

    /// Moves what can be moved. `is_read` tells whether the program at the other end of a connection
    /// (its own address, then ours) has read all that was sent to it.
    pub fn pump(&mut self, is_read: impl Fn(SocketAddr, SocketAddr) -> bool) -> Vec<Seen> {
        let mut seen = Vec::new();
        while let Ok((stream, from)) = self.listener.accept() {
            let (Ok(mut client), server) = (Conn::accepted(stream, from), Connecting::start(self.to)) else {
                continue;
            };
            client.input = Input::keeping(AT_A_TIME);
            seen.push(Seen::Client(from));
            let server = server.map_or(Server::Refused, Server::Connecting);
            self.pairs.push(Pair { client, server, client_end_passed: false, server_end_passed: false });
        }
        let most = if self.bytewise { 1 } else { usize::MAX };
        for pair in &mut self.pairs {
            pair.establish(&mut seen);
            let Server::Connected(server) = &mut pair.server else { continue };
            pair.client.pump(|_| ());
            server.pump(|_| ());
            let idle = |to: &Conn| !self.bytewise || is_read(to.remote, to.local);
            if idle(server) {
                hand_on(&mut pair.client, server, most, &mut self.up, |bytes| seen.push(Seen::Up(bytes)));
            }
            if idle(&pair.client) {
                hand_on(server, &mut pair.client, most, &mut self.down, |bytes| seen.push(Seen::Down(bytes)));
            }
            if let Some(end) = pass_end(&pair.client, server, &mut pair.client_end_passed) {
                self.up.end = end;
                seen.push(Seen::End { client: true, end });
            }
            if let Some(end) = pass_end(server, &mut pair.client, &mut pair.server_end_passed) {
                self.down.end = end;
                seen.push(Seen::End { client: false, end });
            }
        }
        self.pause = if seen.is_empty() { (self.pause * 2).min(LONGEST_PAUSE) } else { FIRST_PAUSE };
        self.next = Instant::now() + self.pause;
        seen
    }
}

impl Pair {
    fn establish(&mut self, seen: &mut Vec<Seen>) {
        let Server::Connecting(connecting) = &mut self.server else { return };
        match connecting.look() {
            Ok(Progress::Pending) => {}
            Ok(Progress::Established(mut conn)) => {
                conn.input = Input::keeping(AT_A_TIME);
                self.server = Server::Connected(conn);
            }
            Ok(Progress::Refused(errno)) => {
                seen.push(Seen::Refused(errno));
                self.server = Server::Refused;
                self.client.close(How::Reset);
            }
            Err(_) => self.server = Server::Refused,
        }
    }
}

fn hand_on(from: &mut Conn, to: &mut Conn, most: usize, record: &mut Input, seen: impl FnOnce(Preview)) {
    let n = from.input.unread().len().min(most);
    if n == 0 || !record.has_room() {
        return;
    }
    let bytes = &from.input.unread()[..n];
    record.push(bytes);
    seen(Preview::of(bytes));
    to.pass(bytes);
    from.input.skip(n);
    to.pump(|_| ());
}

fn pass_end(from: &Conn, to: &mut Conn, passed: &mut bool) -> Option<End> {
    if *passed || from.input.end == End::Open || !from.input.unread().is_empty() {
        return None;
    }
    *passed = true;
    to.close(if from.input.end == End::Eof { How::Write } else { How::Reset });
    Some(from.input.end)
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpStream;
    use std::thread;

    use super::*;

    /// Pumps until it is so.
    fn until(relay: &mut Relay, mut so: impl FnMut(&mut Relay) -> bool) {
        while !so(relay) {
            relay.pump(|_, _| true);
            thread::yield_now();
        }
    }

    #[test]
    fn what_the_record_had_no_room_for_is_handed_on_when_it_has() {
        let at = |listener: &TcpListener| listener.local_addr().unwrap();
        let server = TcpListener::bind("127.0.0.1:0").unwrap();
        let mut relay = Relay::bind("127.0.0.1:0".parse().unwrap(), at(&server), false).unwrap();
        relay.up = Input::keeping(4);
        let mut client = TcpStream::connect(at(&relay.listener)).unwrap();
        client.write_all(b"hello").unwrap();
        until(&mut relay, |relay| relay.up.unread() == b"hello");
        client.write_all(b"again").unwrap();
        until(&mut relay, |relay| relay.pairs[0].client.input.unread() == b"again");
        assert_eq!(
            (relay.up.unread(), relay.due()),
            (&b"hello"[..], None),
            "no room, and nothing to look for"
        );

        relay.up.consume(5);
        assert!(relay.due().is_some(), "no event tells of the room");
        until(&mut relay, |relay| relay.up.unread() == b"again");
        assert_eq!(relay.due(), None);
        let (mut taken, mut received) = (server.accept().unwrap().0, [0; 10]);
        taken.read_exact(&mut received).unwrap();
        assert_eq!(&received, b"helloagain");
    }

    #[test]
    fn what_no_event_tells_is_asked_for_ever_less_often() {
        let server = TcpListener::bind("127.0.0.1:0").unwrap();
        let to = server.local_addr().unwrap();
        let mut relay = Relay::bind("127.0.0.1:0".parse().unwrap(), to, true).unwrap();
        let mut client = TcpStream::connect(relay.listener.local_addr().unwrap()).unwrap();
        client.write_all(b"ab").unwrap();
        until(&mut relay, |relay| relay.up.unread() == b"ab");
        assert_eq!(relay.pause, FIRST_PAUSE);
        client.write_all(b"c").unwrap();
        let mut longest = Duration::ZERO;
        while longest < LONGEST_PAUSE {
            // The server has not read: nothing is handed on.
            relay.pump(|_, _| false);
            assert!(relay.pause <= LONGEST_PAUSE);
            longest = longest.max(relay.pause);
        }
        until(&mut relay, |relay| relay.up.unread() == b"abc");
        assert_eq!(relay.pause, FIRST_PAUSE, "it moves again");
    }
}
