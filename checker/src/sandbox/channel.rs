//! What a supervisor and the runner say to each other: short lines over a packet socket, one a packet.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use nix::sys::signal::Signal;
use nix::sys::socket::{AddressFamily, MsgFlags, SockFlag, SockType, socketpair};

use super::error::SandboxError;
use super::handover;
use super::orders::Command;
use super::process::{Event, Exit};
use super::tree::Namespace;

/// The longest line is an error with a text.
const LINE: usize = 1024;
/// The most that a command may take, in bytes: its arguments and its environment.
const COMMAND: usize = 8 * 1024;

/// What a supervisor says.
#[derive(Debug)]
pub(super) enum Report {
    /// The program was executed. It is not waited for before the runner says [`Order::Go`], so that
    /// its pid can be looked up safely.
    Started {
        inner_pid: u32,
        pidfd: OwnedFd,
        /// Where the program has one of its own.
        namespace: Option<Namespace>,
    },
    Failed(SandboxError),
    Event(Event),
}

/// What the runner says.
#[derive(Debug, PartialEq)]
pub(super) enum Order {
    Go,
    Signal(Signal),
    /// Once all processes of the program have ended: to start another one, as at first.
    Again,
}

/// One end of the socket.
#[derive(Debug)]
pub(super) struct Channel {
    socket: OwnedFd,
}

impl Channel {
    pub(super) fn pair() -> io::Result<(Channel, Channel)> {
        let (a, b) = socketpair(AddressFamily::Unix, SockType::SeqPacket, None, SockFlag::SOCK_CLOEXEC)?;
        Ok((Channel { socket: a }, Channel { socket: b }))
    }

    pub(super) fn fd(&self) -> &OwnedFd {
        &self.socket
    }

    pub(super) fn report(&self, report: &Report) -> io::Result<()> {
        match report {
            Report::Started { inner_pid, pidfd, namespace } => {
                let namespace = namespace.iter().flat_map(|namespace| [&namespace.proc, &namespace.pids]);
                let fds: Vec<_> = [pidfd].into_iter().chain(namespace).map(AsFd::as_fd).collect();
                self.send(&format!("started {inner_pid}"), &fds)
            }
            Report::Failed(error) => self.send(&format!("failed {}", error.to_wire()), &[]),
            Report::Event(Event::Empty) => self.send("empty", &[]),
            Report::Event(Event::Exited { exit, peak_rss_kib, survived }) => {
                let (kind, number) = match exit {
                    Exit::Code(code) => ("code", code),
                    Exit::Signal(signal) => ("signal", signal),
                };
                self.send(&format!("exited {kind} {number} {peak_rss_kib} {survived}"), &[])
            }
        }
    }

    pub(super) fn order(&self, order: &Order) -> io::Result<()> {
        match order {
            Order::Go => self.send("go", &[]),
            Order::Signal(signal) => self.send(&format!("signal {}", *signal as libc::c_int), &[]),
            Order::Again => self.send("again", &[]),
        }
    }

    /// The supervisor's next report. None: it has ended.
    pub(super) fn next_report(&self, flags: MsgFlags) -> io::Result<Option<Report>> {
        let (line, fds) = self.receive(flags)?;
        if line.is_empty() {
            return Ok(None);
        }
        parse_report(&line, fds).map(Some).ok_or_else(|| io::Error::other(format!("odd report: {line}")))
    }

    /// The runner's next order; blocks. None: the runner has ended, or wants this supervisor to.
    pub(super) fn next_order(&self) -> Option<Order> {
        let (line, _) = self.receive(MsgFlags::empty()).ok()?;
        parse_order(&line)
    }

    /// What is asked for first, and after [`Order::Again`], with the program's ends of its standard streams.
    pub(super) fn start(&self, command: &Command, streams: &[OwnedFd; 3]) -> io::Result<()> {
        let text = serde_json::to_vec(command)?;
        if text.len() > COMMAND {
            return Err(io::ErrorKind::ArgumentListTooLong.into());
        }
        handover::send(self.socket.as_fd(), &text, &streams.each_ref().map(AsFd::as_fd))
    }

    /// Waits for it. None: there won't be one.
    pub(super) fn await_start(&self) -> io::Result<Option<(Command, [OwnedFd; 3])>> {
        let (text, streams) = handover::receive(self.socket.as_fd(), COMMAND)?;
        if text.is_empty() {
            return Ok(None);
        }
        let streams = streams.try_into().map_err(|_| io::Error::other("there have to be three streams"))?;
        Ok(Some((serde_json::from_slice(&text)?, streams)))
    }

    fn send(&self, line: &str, fds: &[BorrowedFd]) -> io::Result<()> {
        handover::send(self.socket.as_fd(), &line.as_bytes()[..line.len().min(LINE)], fds)
    }

    fn receive(&self, flags: MsgFlags) -> io::Result<(String, Vec<OwnedFd>)> {
        let (line, fds) = handover::receive_by(self.socket.as_fd(), LINE, flags)?;
        Ok((String::from_utf8_lossy(&line).into_owned(), fds))
    }
}

fn parse_report(line: &str, fds: Vec<OwnedFd>) -> Option<Report> {
    let mut fds = fds.into_iter();
    let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
    match verb {
        "started" => {
            let (inner_pid, pidfd) = (rest.parse().ok()?, fds.next()?);
            let namespace = fds.next().zip(fds.next()).map(|(proc, pids)| Namespace { proc, pids });
            Some(Report::Started { inner_pid, pidfd, namespace })
        }
        "failed" => Some(Report::Failed(SandboxError::from_wire(rest)?)),
        "empty" => Some(Report::Event(Event::Empty)),
        "exited" => {
            let mut words = rest.split(' ');
            let (kind, number) = (words.next()?, words.next()?.parse().ok()?);
            let exit = if kind == "code" { Exit::Code(number) } else { Exit::Signal(number) };
            let (peak_rss_kib, survived) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
            Some(Report::Event(Event::Exited { exit, peak_rss_kib, survived }))
        }
        _ => None,
    }
}

fn parse_order(line: &str) -> Option<Order> {
    match line.split_once(' ') {
        None if line == "go" => Some(Order::Go),
        None if line == "again" => Some(Order::Again),
        Some(("signal", number)) => {
            Some(Order::Signal(Signal::try_from(number.parse::<libc::c_int>().ok()?).ok()?))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_arrive_as_they_were_sent() {
        let (supervisor, runner) = Channel::pair().unwrap();
        for event in [
            Event::Exited { exit: Exit::Code(3), peak_rss_kib: 1234, survived: false },
            Event::Exited { exit: Exit::Signal(9), peak_rss_kib: 0, survived: true },
            Event::Empty,
        ] {
            supervisor.report(&Report::Event(event)).unwrap();
            let Some(Report::Event(arrived)) = runner.next_report(MsgFlags::MSG_DONTWAIT).unwrap() else {
                panic!("no event")
            };
            assert_eq!(arrived, event);
        }
        drop(supervisor);
        assert!(runner.next_report(MsgFlags::MSG_DONTWAIT).unwrap().is_none());
    }

    #[test]
    fn orders_arrive_as_they_were_sent() {
        let (supervisor, runner) = Channel::pair().unwrap();
        for order in [Order::Go, Order::Signal(Signal::SIGTERM), Order::Again] {
            runner.order(&order).unwrap();
            assert_eq!(supervisor.next_order(), Some(order));
        }
        drop(runner);
        assert_eq!(supervisor.next_order(), None);
    }
}
