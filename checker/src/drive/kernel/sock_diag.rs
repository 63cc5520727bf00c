//! The kernel's list of sockets, by `NETLINK_SOCK_DIAG` (sock_diag(7)): one question costs about
//! 0.02 ms, where `/proc/net/tcp` walks a hash table for 7 ms.

use std::cell::RefCell;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::os::fd::{AsRawFd, OwnedFd};

use nix::sys::socket::{AddressFamily, MsgFlags, SockFlag, SockProtocol, SockType, recv, send, socket};

use crate::record::fact::Protocol;

/// `TCP_LISTEN` of the kernel's `net/tcp_states.h`; the bit of a state in a filter is `1 << state`.
const LISTEN: u8 = 10;
const ALL_STATES: u32 = 0xfff;
/// linux/netlink.h, linux/sock_diag.h
const SOCK_DIAG_BY_FAMILY: u16 = 20;
/// linux/inet_diag.h: the question before there were families, which is about both.
const TCPDIAG_GETSOCK: u16 = 18;
const SOCK_DESTROY: u16 = 21;
const NLM_F_REQUEST: u16 = 1;
const NLM_F_ACK: u16 = 4;
const NLM_F_DUMP: u16 = 0x300;
const NLMSG_ERROR: u16 = 2;
const NLMSG_DONE: u16 = 3;
const NLMSG_HEADER: usize = 16;
const DIAG_MSG: usize = 72;
/// The most that the kernel puts into one piece of a list, in bytes (`NETLINK_GET`, af_netlink.c).
const ANSWER: usize = 32 * 1024;

/// One socket, as the kernel tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SocketInfo {
    pub protocol: Protocol,
    pub local: SocketAddr,
    pub remote: SocketAddr,
    /// A number of `net/tcp_states.h`.
    pub state: u8,
    /// Listener: connections that wait to be accepted. Else: bytes that were not read.
    pub unread: u32,
    /// Bytes that were not yet taken by the other side.
    pub unsent: u32,
    /// What `/proc/PID/fd` calls `socket:[INODE]`; 0 where no process holds it (yet, or any more).
    pub inode: u32,
}

impl SocketInfo {
    pub fn listens(&self) -> bool {
        self.protocol == Protocol::Tcp && self.state == LISTEN
    }

    pub fn state_name(&self) -> &'static str {
        const NAMES: [&str; 12] = [
            "",
            "ESTABLISHED",
            "SYN_SENT",
            "SYN_RECV",
            "FIN_WAIT1",
            "FIN_WAIT2",
            "TIME_WAIT",
            "CLOSED",
            "CLOSE_WAIT",
            "LAST_ACK",
            "LISTEN",
            "CLOSING",
        ];
        match (self.protocol, NAMES.get(usize::from(self.state))) {
            (Protocol::Udp, _) => "BOUND",
            (Protocol::Tcp, name) => name.copied().unwrap_or("NEW"),
        }
    }
}

/// A netlink socket for such questions; belongs to the network namespace in which it was opened.
#[derive(Debug)]
pub struct SockDiag {
    netlink: OwnedFd,
    /// For answers.
    buffer: RefCell<Vec<u8>>,
}

impl SockDiag {
    pub fn open() -> io::Result<Self> {
        let netlink = socket(
            AddressFamily::Netlink,
            SockType::Datagram,
            SockFlag::SOCK_CLOEXEC,
            SockProtocol::NetlinkSockDiag,
        )?;
        Ok(SockDiag { netlink, buffer: RefCell::new(vec![0; ANSWER]) })
    }

    /// All TCP listeners of the namespace.
    pub fn listeners(&self) -> io::Result<Vec<SocketInfo>> {
        self.tcp(1 << LISTEN)
    }

    /// All UDP sockets of the namespace.
    pub fn udp(&self) -> io::Result<Vec<SocketInfo>> {
        let mut found = Vec::new();
        for family in [libc::AF_INET, libc::AF_INET6] {
            let mut request = request(Protocol::Udp, NLM_F_REQUEST | NLM_F_DUMP, ALL_STATES, None);
            request[NLMSG_HEADER] = family as u8;
            found.extend(self.ask(&request, Protocol::Udp)?);
        }
        Ok(found)
    }

    /// All TCP sockets of the namespace in these states. The kernel walks its table once for both families: for
    /// listeners that has some 10,000 places, for the rest some 100,000.
    fn tcp(&self, states: u32) -> io::Result<Vec<SocketInfo>> {
        self.ask(&request_of_both_families(states), Protocol::Tcp)
    }

    /// Every TCP and UDP socket of the namespace. Slow (some ms): for failures.
    pub fn all(&self) -> io::Result<Vec<SocketInfo>> {
        let mut all = self.tcp(ALL_STATES)?;
        all.extend(self.udp()?);
        Ok(all)
    }

    /// The established TCP socket with exactly these two ends.
    pub fn connection(&self, local: SocketAddr, remote: SocketAddr) -> io::Result<Option<SocketInfo>> {
        // The kernel's look-up falls back to a listener on the same port: not what was asked for.
        Ok(self.one(Protocol::Tcp, (local, remote))?.filter(|found| !found.listens()))
    }

    /// A listener, or a UDP socket, that serves just this address, or it among others.
    pub fn serving(&self, protocol: Protocol, at: SocketAddr) -> io::Result<Option<SocketInfo>> {
        match protocol {
            Protocol::Tcp => self.one(protocol, (at, unspecified(at))),
            Protocol::Udp => self.receiver(at, unspecified(at)),
        }
    }

    /// The UDP socket that is given a datagram from `from` to `at`.
    pub fn receiver(&self, at: SocketAddr, from: SocketAddr) -> io::Result<Option<SocketInfo>> {
        // For UDP the kernel takes the two ends the other way round (net/ipv4/udp_diag.c).
        self.one(Protocol::Udp, (from, at))
    }

    /// Ends a TCP connection's half on this side, also one that only waits for its time to pass (`TIME_WAIT`). False:
    /// there is none. An error where this process may not, or the kernel can't (it was built without
    /// `CONFIG_INET_DIAG_DESTROY`).
    pub fn destroy(&self, local: SocketAddr, remote: SocketAddr) -> io::Result<bool> {
        let mut request =
            request(Protocol::Tcp, NLM_F_REQUEST | NLM_F_ACK, ALL_STATES, Some((local, remote)));
        request[4..6].copy_from_slice(&SOCK_DESTROY.to_ne_bytes());
        send(self.netlink.as_raw_fd(), &request, MsgFlags::empty())?;
        let mut buffer = self.buffer.borrow_mut();
        let n = recv(self.netlink.as_raw_fd(), &mut buffer, MsgFlags::empty())?;
        match error_code(buffer.get(NLMSG_HEADER..n).unwrap_or_default()) {
            0 => Ok(true),
            libc::ENOENT => Ok(false),
            code => Err(io::Error::from_raw_os_error(code)),
        }
    }

    fn one(&self, protocol: Protocol, ends: (SocketAddr, SocketAddr)) -> io::Result<Option<SocketInfo>> {
        let request = request(protocol, NLM_F_REQUEST, ALL_STATES, Some(ends));
        Ok(self.ask(&request, protocol)?.into_iter().next())
    }

    fn ask(&self, request: &[u8], protocol: Protocol) -> io::Result<Vec<SocketInfo>> {
        send(self.netlink.as_raw_fd(), request, MsgFlags::empty())?;
        let dump = u16::from_ne_bytes([request[6], request[7]]) & NLM_F_DUMP != 0;
        let mut found = Vec::new();
        let mut buffer = self.buffer.borrow_mut();
        loop {
            let n = recv(self.netlink.as_raw_fd(), &mut buffer, MsgFlags::empty())?;
            let mut rest = &buffer[..n];
            while rest.len() >= NLMSG_HEADER {
                let len = u32::from_ne_bytes([rest[0], rest[1], rest[2], rest[3]]) as usize;
                let kind = u16::from_ne_bytes([rest[4], rest[5]]);
                if len < NLMSG_HEADER || len > rest.len() {
                    return Err(io::Error::other("a netlink message is cut short"));
                }
                let body = &rest[NLMSG_HEADER..len];
                match kind {
                    NLMSG_DONE => return Ok(found),
                    NLMSG_ERROR => return not_found_is_empty(body, found),
                    _ => found.extend(parse(body, protocol)),
                }
                rest = &rest[len.next_multiple_of(4).min(rest.len())..];
            }
            if !dump {
                return Ok(found);
            }
        }
    }
}

/// Any host and port of the same family.
fn unspecified(like: SocketAddr) -> SocketAddr {
    let host: IpAddr =
        if like.is_ipv6() { Ipv6Addr::UNSPECIFIED.into() } else { Ipv4Addr::UNSPECIFIED.into() };
    SocketAddr::new(host, 0)
}

fn not_found_is_empty(body: &[u8], found: Vec<SocketInfo>) -> io::Result<Vec<SocketInfo>> {
    match error_code(body) {
        libc::ENOENT => Ok(found),
        code => Err(io::Error::from_raw_os_error(code)),
    }
}

/// Of an answer that is an error, or an acknowledgement: 0.
fn error_code(body: &[u8]) -> i32 {
    body.get(..4).map_or(0, |b| -i32::from_ne_bytes([b[0], b[1], b[2], b[3]]))
}

/// `struct nlmsghdr` and `struct inet_diag_req_v2` (linux/inet_diag.h).
fn request(protocol: Protocol, flags: u16, states: u32, ends: Option<(SocketAddr, SocketAddr)>) -> Vec<u8> {
    let mut out = Vec::with_capacity(72);
    out.extend(72u32.to_ne_bytes());
    out.extend(SOCK_DIAG_BY_FAMILY.to_ne_bytes());
    out.extend(flags.to_ne_bytes());
    out.extend([0; 8]); // sequence number, port id
    let v6 = ends.is_some_and(|(local, _)| local.is_ipv6());
    out.push(if v6 { libc::AF_INET6 } else { libc::AF_INET } as u8);
    out.push(if protocol == Protocol::Tcp { libc::IPPROTO_TCP } else { libc::IPPROTO_UDP } as u8);
    out.extend([0; 2]); // extensions, padding
    out.extend(states.to_ne_bytes());
    let any = SocketAddr::from(([0, 0, 0, 0], 0));
    let (local, remote) = ends.unwrap_or((any, any));
    out.extend(local.port().to_be_bytes());
    out.extend(remote.port().to_be_bytes());
    out.extend(ip_bytes(local.ip()));
    out.extend(ip_bytes(remote.ip()));
    out.extend(0u32.to_ne_bytes()); // any interface
    out.extend([0xff; 8]); // INET_DIAG_NOCOOKIE, twice
    out
}

/// `struct nlmsghdr` and `struct inet_diag_req` (linux/inet_diag.h): a list of TCP sockets.
fn request_of_both_families(states: u32) -> Vec<u8> {
    const LEN: u32 = 76;
    let mut out = Vec::with_capacity(LEN as usize);
    out.extend(LEN.to_ne_bytes());
    out.extend(TCPDIAG_GETSOCK.to_ne_bytes());
    out.extend((NLM_F_REQUEST | NLM_F_DUMP).to_ne_bytes());
    out.extend([0; 8]); // sequence number, port id
    out.extend([0; 4]); // family, lengths of addresses, extensions
    out.extend([0; 48]); // any two ends
    out.extend(states.to_ne_bytes());
    out.extend(0u32.to_ne_bytes());
    out
}

fn ip_bytes(ip: IpAddr) -> [u8; 16] {
    match ip {
        IpAddr::V6(ip) => ip.octets(),
        IpAddr::V4(ip) => {
            let mut out = [0; 16];
            out[..4].copy_from_slice(&ip.octets());
            out
        }
    }
}

/// `struct inet_diag_msg` (linux/inet_diag.h).
fn parse(body: &[u8], protocol: Protocol) -> Option<SocketInfo> {
    let body = body.get(..DIAG_MSG)?;
    let port = |at: usize| u16::from_be_bytes([body[at], body[at + 1]]);
    let word = |at: usize| u32::from_ne_bytes([body[at], body[at + 1], body[at + 2], body[at + 3]]);
    let ip = |at: usize| -> IpAddr {
        let octets: [u8; 16] = body[at..at + 16].try_into().unwrap_or_default();
        if i32::from(body[0]) == libc::AF_INET6 {
            Ipv6Addr::from(octets).into()
        } else {
            Ipv4Addr::new(octets[0], octets[1], octets[2], octets[3]).into()
        }
    };
    Some(SocketInfo {
        protocol,
        state: body[1],
        local: SocketAddr::new(ip(8), port(4)),
        remote: SocketAddr::new(ip(24), port(6)),
        unread: word(56),
        unsent: word(60),
        inode: word(68),
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::net::{TcpListener, TcpStream, UdpSocket};

    use super::*;

    #[test]
    fn listeners_queues_and_connections_are_seen() {
        let diag = SockDiag::open().unwrap();
        for host in ["127.0.0.1:0", "[::1]:0"] {
            let listener = TcpListener::bind(host).unwrap();
            let at = listener.local_addr().unwrap();
            let find = || diag.listeners().unwrap().into_iter().find(|s| s.local == at).unwrap();
            assert!(find().listens() && find().inode > 0);
            assert_eq!(diag.serving(Protocol::Tcp, at).unwrap().unwrap().inode, find().inode);
            assert_eq!(find().unread, 0);

            let mut client = TcpStream::connect(at).unwrap();
            assert_eq!(find().unread, 1, "one waits to be accepted");
            let (_server, _) = listener.accept().unwrap();
            assert_eq!(find().unread, 0);

            client.write_all(b"hello").unwrap();
            let ends = (at, client.local_addr().unwrap());
            let server_side = diag.connection(ends.0, ends.1).unwrap().unwrap();
            assert_eq!((server_side.unread, server_side.state_name()), (5, "ESTABLISHED"));
            let all = diag.all().unwrap();
            let is = |local, remote| all.iter().any(|s| (s.local, s.remote) == (local, remote));
            assert!(is(ends.0, ends.1) && is(ends.1, ends.0) && all.iter().any(|s| s.listens()));
            let nobody = SocketAddr::new(at.ip(), 9);
            assert_eq!(diag.connection(at, nobody).unwrap(), None);
        }
    }

    #[test]
    fn unread_datagrams_are_seen() {
        let diag = SockDiag::open().unwrap();
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        let at = socket.local_addr().unwrap();
        assert_eq!(diag.serving(Protocol::Udp, at).unwrap().unwrap().local, at);
        assert_eq!(diag.serving(Protocol::Udp, SocketAddr::new(at.ip(), 9)).unwrap(), None);
        let (sender, other) =
            (UdpSocket::bind("127.0.0.1:0").unwrap(), UdpSocket::bind("127.0.0.1:0").unwrap());
        let from = sender.local_addr().unwrap();
        let unread = || {
            let listed = diag.udp().unwrap().into_iter().find(|s| s.local == at).unwrap().unread;
            assert_eq!(diag.receiver(at, from).unwrap().unwrap().unread, listed);
            listed
        };
        assert_eq!(unread(), 0);
        sender.send_to(b"x", at).unwrap();
        assert!(unread() > 0);
        socket.connect(other.local_addr().unwrap()).unwrap();
        assert_eq!(diag.receiver(at, from).unwrap(), None, "it hears nobody else any more");
    }

    #[test]
    fn a_socket_for_all_addresses_receives_what_is_sent_to_one() {
        let diag = SockDiag::open().unwrap();
        for (host, at) in [("0.0.0.0:0", "127.0.0.1"), ("[::]:0", "::1"), ("[::]:0", "127.0.0.1")] {
            let socket = UdpSocket::bind(host).unwrap();
            let at = SocketAddr::new(at.parse().unwrap(), socket.local_addr().unwrap().port());
            let sender = UdpSocket::bind(SocketAddr::new(at.ip(), 0)).unwrap();
            sender.send_to(b"x", at).unwrap();
            let found = diag.receiver(at, sender.local_addr().unwrap()).unwrap().unwrap();
            assert_eq!((found.local.port(), found.unread > 0), (at.port(), true), "{host}");
        }
    }
}
