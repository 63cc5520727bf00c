//! One TCP connection of the checker's.

use std::io;
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::os::fd::{AsFd, AsRawFd, FromRawFd, IntoRawFd};

use nix::errno::Errno;
use nix::sys::socket::{
    AddressFamily, SockFlag, SockType, SockaddrStorage, connect, setsockopt, socket, sockopt,
};

use super::buffer::{Input, Output};
use crate::record::fact::End;
use crate::scenario::step::How;

#[derive(Debug)]
pub struct Conn {
    /// None once the checker has closed it.
    pub socket: Option<TcpStream>,
    pub local: SocketAddr,
    pub remote: SocketAddr,
    pub input: Input,
    pub output: Output,
    /// Not read from: the kernel's buffers fill.
    pub held: bool,
    /// To be done when all of the output has gone.
    closing: Option<How>,
    /// The listener that it came from, while no step has claimed it.
    pub unclaimed_at: Option<usize>,
}

/// What may lie in the kernel on the way to a program, or from it, in bytes (half of what socket(7) makes of it):
/// little enough to be in the processor's cache still when it is read. Several MiB, as the kernel likes it, were read
/// at a third of the pace.
const ON_THE_WAY: usize = 128 * 1024;

/// Sets up a socket that is going to connect, or that listens: then for all connections that come there (accept(2) on
/// Linux hands on what tcp(7) and socket(7) have as options).
pub fn prepare(socket: &impl AsFd) -> nix::Result<()> {
    setsockopt(socket, sockopt::SndBuf, &ON_THE_WAY)?;
    setsockopt(socket, sockopt::RcvBuf, &ON_THE_WAY)?;
    // Each piece of a cut message must leave at once, not when the one before is acknowledged.
    setsockopt(socket, sockopt::TcpNoDelay, &true)
}

impl Conn {
    /// A connection that came to a listener that was [`prepare`]d; from here on nothing on it waits.
    pub fn accepted(socket: TcpStream, remote: SocketAddr) -> io::Result<Self> {
        socket.set_nonblocking(true)?;
        let local = socket.local_addr()?;
        Ok(Self::established(socket, local, remote))
    }

    fn established(socket: TcpStream, local: SocketAddr, remote: SocketAddr) -> Self {
        Conn {
            socket: Some(socket),
            local,
            remote,
            input: Input::default(),
            output: Output::default(),
            held: false,
            closing: None,
            unclaimed_at: None,
        }
    }

    /// A connection that never came to be: it takes nothing, and nothing comes from it.
    pub fn refused(remote: SocketAddr) -> Self {
        Conn {
            socket: None,
            local: SocketAddr::new(remote.ip(), 0),
            remote,
            input: Input::ended(End::Reset),
            output: Output::broken(io::ErrorKind::ConnectionRefused),
            held: false,
            closing: None,
            unclaimed_at: None,
        }
    }

    /// Whether the poll loop has anything to read here.
    pub fn wants_read(&self) -> bool {
        self.socket.is_some() && !self.held && self.input.end == End::Open && self.input.has_room()
    }

    pub fn wants_write(&self) -> bool {
        self.socket.is_some() && (!self.output.is_empty() || self.closing.is_some())
    }

    /// Reads and writes what goes without waiting. `seen` gets each piece that came.
    pub fn pump(&mut self, seen: impl FnMut(&[u8])) {
        let reads = self.wants_read();
        let Some(socket) = &mut self.socket else { return };
        if reads {
            self.input.fill(socket, seen);
        }
        self.output.flush(socket);
        if self.output.broken == Some(io::ErrorKind::ConnectionReset) && self.input.end == End::Eof {
            // The write took the reset's error away; the read that followed saw a plain end.
            self.input.end = End::Reset;
        }
        if self.output.is_empty()
            && let Some(how) = self.closing.take()
        {
            self.close_now(how);
        }
    }

    /// Sends on what came on another connection: what goes without waiting at once, the rest when it can.
    pub fn pass(&mut self, bytes: &[u8]) {
        if let Some(socket) = &mut self.socket {
            self.output.pass(bytes, socket);
        }
    }

    /// Closes when all that was queued has gone.
    pub fn close(&mut self, how: How) {
        if how == How::Reset || self.output.is_empty() {
            self.close_now(how);
        } else {
            self.closing = Some(how);
        }
    }

    pub fn is_closing(&self) -> bool {
        self.closing.is_some()
    }

    /// Whether all that was to be sent and done has been handed to the kernel.
    pub fn is_settled(&self) -> bool {
        self.closing.is_none() && (self.output.is_empty() || self.output.broken.is_some())
    }

    /// Has the kernel acknowledge now what it has received: it likes to wait for 40 ms, for something to
    /// go along with (tcp(7), `TCP_QUICKACK`).
    pub fn acknowledge(&self) {
        if let Some(socket) = &self.socket {
            let (level, now) = (libc::IPPROTO_TCP, 1 as libc::c_int);
            let len = size_of_val(&now) as libc::socklen_t;
            // SAFETY: the number outlives the call, which reads as many bytes of it as there are.
            unsafe {
                libc::setsockopt(socket.as_raw_fd(), level, libc::TCP_QUICKACK, (&raw const now).cast(), len)
            };
        }
    }

    fn close_now(&mut self, how: How) {
        let Some(socket) = &self.socket else { return };
        match how {
            // ENOTCONN after the other side's reset: there is nothing left to end.
            How::Write => drop(socket.shutdown(Shutdown::Write)),
            How::Both => self.socket = None,
            How::Reset => {
                // tcp(7): closing with a linger time of 0 discards what is queued and sends a reset.
                let at_once = libc::linger { l_onoff: 1, l_linger: 0 };
                let _ = setsockopt(socket, sockopt::Linger, &at_once);
                self.socket = None;
            }
        }
    }
}

/// A connection that is being established.
#[derive(Debug)]
pub struct Connecting {
    /// None once it is a connection's.
    socket: Option<TcpStream>,
}

/// How far a [`Connecting`] has come.
#[derive(Debug)]
pub enum Progress {
    Pending,
    Refused(Errno),
    Established(Box<Conn>),
}

impl Connecting {
    /// Sends the SYN without waiting for the answer.
    pub fn start(to: SocketAddr) -> Result<Self, Errno> {
        let family = if to.is_ipv6() { AddressFamily::Inet6 } else { AddressFamily::Inet };
        let flags = SockFlag::SOCK_CLOEXEC | SockFlag::SOCK_NONBLOCK;
        let fd = socket(family, SockType::Stream, flags, None)?;
        prepare(&fd)?;
        match connect(fd.as_raw_fd(), &SockaddrStorage::from(to)) {
            // SAFETY: the descriptor is a stream socket that nothing else owns any more.
            Ok(()) | Err(Errno::EINPROGRESS) => {
                Ok(Connecting { socket: Some(unsafe { TcpStream::from_raw_fd(fd.into_raw_fd()) }) })
            }
            Err(errno) => Err(errno),
        }
    }

    /// Looks without waiting.
    pub fn look(&mut self) -> io::Result<Progress> {
        let Some(socket) = &self.socket else { return Ok(Progress::Pending) };
        if let Some(error) = socket.take_error()? {
            return Ok(Progress::Refused(Errno::from_raw(error.raw_os_error().unwrap_or(0))));
        }
        let Ok(remote) = socket.peer_addr() else { return Ok(Progress::Pending) };
        let local = socket.local_addr()?;
        if remote == local {
            // A connect to a free port of the ephemeral range can meet itself; nobody is there.
            return Ok(Progress::Refused(Errno::ECONNREFUSED));
        }
        let conn = self.socket.take().map(|socket| Conn::established(socket, local, remote));
        Ok(conn.map_or(Progress::Pending, |conn| Progress::Established(Box::new(conn))))
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;
    use std::os::fd::OwnedFd;

    use nix::sys::socket::{SockaddrIn, bind, getsockname};

    use super::*;

    /// A connection whose two ends are one socket, as a connect to a free port of the ephemeral range can
    /// bring about.
    #[test]
    fn self_connect() {
        let fd: OwnedFd =
            socket(AddressFamily::Inet, SockType::Stream, SockFlag::SOCK_CLOEXEC, None).unwrap();
        bind(fd.as_raw_fd(), &SockaddrIn::from(std::net::SocketAddrV4::new(Ipv4Addr::LOCALHOST, 0))).unwrap();
        let own: SockaddrIn = getsockname(fd.as_raw_fd()).unwrap();
        connect(fd.as_raw_fd(), &own).unwrap();
        let socket = TcpStream::from(fd);
        assert_eq!(socket.peer_addr().unwrap(), socket.local_addr().unwrap());
        let progress = Connecting { socket: Some(socket) }.look().unwrap();
        assert!(matches!(progress, Progress::Refused(Errno::ECONNREFUSED)), "{progress:?}");
    }
}
