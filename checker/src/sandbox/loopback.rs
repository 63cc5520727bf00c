//! The loopback interface of a network that is the sandbox's own.
//!
//! A program may end while input lies unread in a connection; the kernel then resets that, and drops what it has
//! not sent yet. What it has not sent at that moment must not hang on the host's settings or on how busy
//! it is. Two things hold bytes back: Nagle's algorithm, and the first congestion window of ten segments, both
//! until the receiver acknowledges, which after the first sixteen segments takes it up to 40 ms
//! (`TCP_INIT_CWND`, `TCP_MAX_QUICKACKS` and `TCP_DELACK_MIN` of the kernel's net/tcp.h). So here every segment is
//! acknowledged at once, and the first window is wide. Where masses are to be carried, what it costs counts more:
//! segments are acknowledged together then, and may be far larger than a packet is elsewhere.

use std::fs;
use std::io;
use std::net::Ipv6Addr;
use std::os::fd::{AsRawFd, OwnedFd};

use nix::errno::Errno;
use nix::sys::socket::{AddressFamily, MsgFlags, SockFlag, SockProtocol, SockType, recv, send, socket};

/// The interface's number: the first of a network (`LOOPBACK_IFINDEX`, net/flow.h).
const INDEX: u32 = 1;
/// The first congestion window, in segments: more than a program of the course sends in single bytes.
const WINDOW: u32 = 4096;
/// The congestion control, on every host the same, and the one that every kernel has. Others pace what they
/// send, which on a loopback costs a timer for each burst.
const CONGESTION_CONTROL: &[u8] = b"reno\0";

/// `RTAX_*` of linux/rtnetlink.h, which `libc` lacks.
const RTAX_INITCWND: u16 = 11;
const RTAX_QUICKACK: u16 = 15;
const RTAX_CC_ALGO: u16 = 16;
/// The most bytes that the kernel carries as one packet over IPv4, and what is usual (`GSO_MAX_SIZE` and
/// `GSO_LEGACY_MAX_SIZE` of linux/netdevice.h); and the attribute that says so, of linux/if_link.h, which `libc` lacks.
/// Kernels before 6.3 lack it too.
const LARGEST_PACKET: u32 = 524_280;
const USUAL_PACKET: u32 = 65_536;
const IFLA_GSO_IPV4_MAX_SIZE: u16 = 63;
/// `NLA_F_NESTED` of linux/netlink.h.
const NESTED: u16 = 1 << 15;

/// What the network is to carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Load {
    /// Each segment is acknowledged as it comes.
    Usual,
    /// With less ado: segments are acknowledged as the kernel likes, so that small pieces are sent together, and may be
    /// large.
    Masses,
}

/// Brings it up: 127.0.0.1 and ::1 appear by themselves then. Each segment is acknowledged at once.
pub(super) fn up() -> io::Result<()> {
    let socket = socket(AddressFamily::Inet, SockType::Datagram, SockFlag::SOCK_CLOEXEC, None)?;
    // SAFETY: an `ifreq` is plain data, for which zeroes are a valid value.
    let mut request: libc::ifreq = unsafe { std::mem::zeroed() };
    for (to, from) in request.ifr_name.iter_mut().zip(b"lo") {
        *to = from.cast_signed() as libc::c_char;
    }
    request.ifr_ifru.ifru_flags = (libc::IFF_UP | libc::IFF_RUNNING) as libc::c_short;
    // SAFETY: the request outlives the call, which only reads it.
    if unsafe { libc::ioctl(socket.as_raw_fd(), libc::SIOCSIFFLAGS as _, &raw const request) } == -1 {
        return Err(io::Error::last_os_error());
    }
    // What one connection met with is no matter of the next one's: most of all where that is another scenario's. Where
    // it can't be written, as in some containers, little hangs on it.
    let _ = fs::write("/proc/sys/net/ipv4/tcp_no_metrics_save", "1");
    let netlink = netlink()?;
    if has_taken(&netlink, &routes(Load::Usual))? {
        // The kernel's own IPv6 route has the metric 0, which nobody else can give: it is not replaced, and would
        // come first.
        let mut delete = Vec::new();
        message(&mut delete, libc::RTM_DELROUTE, 0, ipv6);
        has_taken(&netlink, &delete)?;
    }
    Ok(())
}

/// From now on it carries that; at first it is the usual load. False: the kernel lacks a part of it.
pub(super) fn carry(load: Load) -> io::Result<bool> {
    let packet = match load {
        Load::Usual => USUAL_PACKET,
        Load::Masses => LARGEST_PACKET,
    };
    let mut messages = routes(load);
    message(&mut messages, libc::RTM_NEWLINK, 0, |out| {
        link(out);
        attribute(out, IFLA_GSO_IPV4_MAX_SIZE, &packet.to_ne_bytes());
    });
    has_taken(&netlink()?, &messages)
}

fn netlink() -> io::Result<OwnedFd> {
    let (kind, flags) = (SockType::Datagram, SockFlag::SOCK_CLOEXEC);
    Ok(socket(AddressFamily::Netlink, kind, flags, SockProtocol::NetlinkRoute)?)
}

/// Whether the kernel took all of these messages. One that lacks such a setting, or IPv6, leaves a route as it was,
/// and a scenario runs as it would on the host: no error.
fn has_taken(netlink: &OwnedFd, messages: &[u8]) -> io::Result<bool> {
    send(netlink.as_raw_fd(), messages, MsgFlags::empty())?;
    // The kernel has done it when the call returns, and has answered where it would not.
    match recv(netlink.as_raw_fd(), &mut [0; 64], MsgFlags::MSG_DONTWAIT) {
        Err(Errno::EAGAIN) => Ok(true),
        answer => answer.map(|_| false).map_err(io::Error::from),
    }
}

/// The messages that replace the routes to this host, for rtnetlink(7).
fn routes(load: Load) -> Vec<u8> {
    const REPLACE: u16 = (libc::NLM_F_CREATE | libc::NLM_F_REPLACE) as u16;
    let host = [127, 0, 0, 1];
    let mut out = Vec::with_capacity(512);
    for (network, bits) in [([127, 0, 0, 0], 8), (host, 32)] {
        message(&mut out, libc::RTM_NEWROUTE, REPLACE, |out| {
            route(out, libc::AF_INET, (&network, bits), libc::RT_SCOPE_HOST);
            attribute(out, libc::RTA_PREFSRC, &host);
            metrics(out, load);
        });
    }
    message(&mut out, libc::RTM_NEWROUTE, REPLACE, |out| {
        ipv6(out);
        metrics(out, load);
    });
    out
}

fn ipv6(out: &mut Vec<u8>) {
    route(out, libc::AF_INET6, (&Ipv6Addr::LOCALHOST.octets(), 128), libc::RT_SCOPE_UNIVERSE);
}

/// `struct nlmsghdr`, and what `fill` appends as its body.
fn message(out: &mut Vec<u8>, kind: u16, flags: u16, fill: impl FnOnce(&mut Vec<u8>)) {
    let start = out.len();
    out.extend([0; 4]);
    out.extend(kind.to_ne_bytes());
    out.extend((libc::NLM_F_REQUEST as u16 | flags).to_ne_bytes());
    out.extend([0; 8]); // sequence number, port id
    fill(out);
    let len = (out.len() - start) as u32;
    out[start..start + 4].copy_from_slice(&len.to_ne_bytes());
}

/// `struct ifinfomsg`, of which nothing but the number matters.
fn link(out: &mut Vec<u8>) {
    out.extend([0; 4]);
    out.extend(INDEX.to_ne_bytes());
    out.extend([0; 8]);
}

/// `struct rtmsg`, and the attributes that every route here has.
fn route(out: &mut Vec<u8>, family: i32, (network, bits): (&[u8], u8), scope: u8) {
    out.extend([family as u8, bits, 0, 0]);
    out.extend([libc::RT_TABLE_LOCAL, libc::RTPROT_KERNEL, scope, libc::RTN_LOCAL]);
    out.extend(0u32.to_ne_bytes());
    attribute(out, libc::RTA_DST, network);
    attribute(out, libc::RTA_OIF, &INDEX.to_ne_bytes());
}

fn metrics(out: &mut Vec<u8>, load: Load) {
    let mut all = Vec::with_capacity(32);
    attribute(&mut all, RTAX_QUICKACK, &u32::from(load == Load::Usual).to_ne_bytes());
    attribute(&mut all, RTAX_INITCWND, &WINDOW.to_ne_bytes());
    attribute(&mut all, RTAX_CC_ALGO, CONGESTION_CONTROL);
    attribute(out, libc::RTA_METRICS | NESTED, &all);
}

/// `struct rtattr` and its value, padded to four bytes.
fn attribute(out: &mut Vec<u8>, kind: u16, value: &[u8]) {
    out.extend((4 + value.len() as u16).to_ne_bytes());
    out.extend(kind.to_ne_bytes());
    out.extend(value);
    out.resize(out.len().next_multiple_of(4), 0);
}
