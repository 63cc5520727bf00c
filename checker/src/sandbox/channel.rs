//! What a supervisor and the runner say to each other: short lines over a packet socket, one a packet.

use std::io::{self, IoSlice, IoSliceMut};
use std::os::fd::{AsFd, AsRawFd, FromRawFd, OwnedFd, RawFd};

use nix::errno::Errno;
use nix::sys::signal::Signal;
use nix::sys::socket::{
    AddressFamily, ControlMessage, ControlMessageOwned, MsgFlags, SockFlag, SockType, recvmsg, sendmsg,
    socketpair,
};

use super::error::SandboxError;
use super::process::{Event, Exit};

/// The longest line is an error with a text.
const LINE: usize = 1024;

/// What a supervisor says.
#[derive(Debug)]
pub(super) enum Report {
    /// The program was executed. It is not waited for before the runner says [`Order::Go`], so that
    /// its pid can be looked up safely.
    Started {
        inner_pid: u32,
        pidfd: OwnedFd,
    },
    Failed(SandboxError),
    Event(Event),
}

/// What the runner says.
#[derive(Debug, PartialEq)]
pub(super) enum Order {
    Go,
    Signal(Signal),
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
            Report::Started { inner_pid, pidfd } => {
                self.send(&format!("started {inner_pid}"), &[pidfd.as_raw_fd()])
            }
            Report::Failed(error) => self.send(&format!("failed {}", error.to_wire()), &[]),
            Report::Event(Event::Empty) => self.send("empty", &[]),
            Report::Event(Event::Exited { exit, peak_rss_kib }) => match exit {
                Exit::Code(code) => self.send(&format!("exited code {code} {peak_rss_kib}"), &[]),
                Exit::Signal(signal) => self.send(&format!("exited signal {signal} {peak_rss_kib}"), &[]),
            },
        }
    }

    pub(super) fn order(&self, order: &Order) -> io::Result<()> {
        match order {
            Order::Go => self.send("go", &[]),
            Order::Signal(signal) => self.send(&format!("signal {}", *signal as libc::c_int), &[]),
        }
    }

    /// The supervisor's next report. None: it has ended.
    pub(super) fn next_report(&self, flags: MsgFlags) -> io::Result<Option<Report>> {
        let (line, pidfd) = self.receive(flags)?;
        if line.is_empty() {
            return Ok(None);
        }
        parse_report(&line, pidfd).map(Some).ok_or_else(|| io::Error::other(format!("odd report: {line}")))
    }

    /// The runner's next order; blocks. None: the runner has ended, or wants this supervisor to.
    pub(super) fn next_order(&self) -> Option<Order> {
        let (line, _) = self.receive(MsgFlags::empty()).ok()?;
        parse_order(&line)
    }

    fn send(&self, line: &str, fds: &[RawFd]) -> io::Result<()> {
        let rights = [ControlMessage::ScmRights(fds)];
        let attached = if fds.is_empty() { &rights[..0] } else { &rights[..] };
        let bytes = &line.as_bytes()[..line.len().min(LINE)];
        sendmsg::<()>(
            self.socket.as_raw_fd(),
            &[IoSlice::new(bytes)],
            attached,
            MsgFlags::MSG_NOSIGNAL,
            None,
        )?;
        Ok(())
    }

    fn receive(&self, flags: MsgFlags) -> io::Result<(String, Option<OwnedFd>)> {
        let mut line = [0; LINE];
        let mut rights = nix::cmsg_space!(RawFd);
        let mut buffer = [IoSliceMut::new(&mut line)];
        let socket = self.socket.as_fd().as_raw_fd();
        let flags = flags | MsgFlags::MSG_CMSG_CLOEXEC;
        let message = loop {
            match recvmsg::<()>(socket, &mut buffer, Some(&mut rights), flags) {
                Err(Errno::EINTR) => {}
                // With the other end gone, what it left unread makes a reset of the end.
                Err(Errno::ECONNRESET) => return Ok((String::new(), None)),
                other => break other?,
            }
        };
        let mut attached = None;
        for control in message.cmsgs()? {
            if let ControlMessageOwned::ScmRights(fds) = control {
                // There is room for one.
                // SAFETY: the kernel has just made this descriptor for this process, and nobody else
                // knows it.
                attached = fds.first().map(|fd| unsafe { OwnedFd::from_raw_fd(*fd) });
            }
        }
        let len = message.bytes;
        Ok((String::from_utf8_lossy(&line[..len]).into_owned(), attached))
    }
}

fn parse_report(line: &str, pidfd: Option<OwnedFd>) -> Option<Report> {
    let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
    match verb {
        "started" => Some(Report::Started { inner_pid: rest.parse().ok()?, pidfd: pidfd? }),
        "failed" => Some(Report::Failed(SandboxError::from_wire(rest)?)),
        "empty" => Some(Report::Event(Event::Empty)),
        "exited" => {
            let mut words = rest.split(' ');
            let (kind, number, peak) = (words.next()?, words.next()?.parse().ok()?, words.next()?);
            let exit = if kind == "code" { Exit::Code(number) } else { Exit::Signal(number) };
            Some(Report::Event(Event::Exited { exit, peak_rss_kib: peak.parse().ok()? }))
        }
        _ => None,
    }
}

fn parse_order(line: &str) -> Option<Order> {
    match line.split_once(' ') {
        None if line == "go" => Some(Order::Go),
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
            Event::Exited { exit: Exit::Code(3), peak_rss_kib: 1234 },
            Event::Exited { exit: Exit::Signal(9), peak_rss_kib: 0 },
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
        for order in [Order::Go, Order::Signal(Signal::SIGTERM)] {
            runner.order(&order).unwrap();
            assert_eq!(supervisor.next_order(), Some(order));
        }
        drop(runner);
        assert_eq!(supervisor.next_order(), None);
    }
}
