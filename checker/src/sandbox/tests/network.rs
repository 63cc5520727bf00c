//! The network of rung 3: a loopback that runner and programs share with nobody.

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::fd::AsRawFd;

use nix::sys::socket::{getsockopt, sockopt};

use super::harness::{on, on_own, run};
use crate::sandbox::Rung;

#[test]
fn every_scenario_has_every_port() {
    // Both hold the same ports at the same time.
    on(Rung::Three, |_| {
        let _listeners = listen_everywhere();
        on(Rung::Three, |_| drop(listen_everywhere()));
    });
}

fn listen_everywhere() -> (Vec<TcpListener>, Vec<UdpSocket>) {
    let addrs = ["127.0.0.1:7788", "[::1]:7788"];
    let tcp = addrs.iter().map(|addr| TcpListener::bind(addr).unwrap()).collect();
    (tcp, addrs.iter().map(|addr| UdpSocket::bind(addr).unwrap()).collect())
}

#[test]
fn localhost_has_both_addresses() {
    on(Rung::Three, |sandbox| {
        let (printed, _) = run(sandbox, "getent ahosts localhost | cut -d' ' -f1 | sort -u");
        assert_eq!(printed, "127.0.0.1\n::1\n");
    });
}

/// As a program does that writes in crumbs and leaves input behind.
#[test]
fn what_was_written_before_a_reset_is_received() {
    on(Rung::Three, |_| {
        for addr in ADDRESSES {
            for at_once in [true, false] {
                let (mut ours, mut theirs) = connection(addr);
                ours.write_all(b"never read\n").unwrap();
                theirs.set_nodelay(at_once).unwrap();
                for _ in 0..1000 {
                    theirs.write_all(b"x").unwrap();
                }
                drop(theirs);
                let mut received = Vec::new();
                let end = ours.read_to_end(&mut received).unwrap_err();
                assert_eq!(
                    (end.kind(), received.len()),
                    (ErrorKind::ConnectionReset, 1000),
                    "{addr} {at_once}"
                );
            }
        }
    });
}

const ADDRESSES: [&str; 3] = ["127.0.0.1:7788", "127.0.0.2:7788", "[::1]:7788"];

/// On every host; what is acknowledged together, too.
#[test]
fn connections_go_at_the_same_pace_everywhere() {
    on(Rung::Three, |sandbox| {
        for together in [false, true] {
            if together {
                sandbox.carry_masses().unwrap();
            }
            for addr in ADDRESSES {
                let (ours, theirs) = connection(addr);
                for end in [&ours, &theirs] {
                    let control = getsockopt(end, sockopt::TcpCongestion).unwrap();
                    assert_eq!(control.to_string_lossy().trim_end_matches('\0'), "reno", "{addr}");
                }
                assert_eq!(waits(addr), together, "{addr}");
            }
        }
    });
}

/// Whether a hundred bytes, written one by one, wait for acknowledgements (Nagle's algorithm).
fn waits(addr: &str) -> bool {
    let (_ours, mut theirs) = connection(addr);
    let mut waits = false;
    for _ in 0..100 {
        theirs.write_all(b"x").unwrap();
        waits |= unacknowledged(&theirs) > 0;
    }
    waits
}

/// Where masses are carried, packets may be larger than the 64 KiB that are usual.
#[test]
fn masses_go_in_large_packets() {
    on(Rung::Three, |sandbox| {
        let usual = mean_packet();
        assert!(usual <= USUAL, "{usual} bytes");
        sandbox.carry_masses().unwrap();
        let large = mean_packet();
        assert!(large > USUAL, "{large} bytes, and {usual} before");
    });
}

#[test]
fn for_the_next_scenario_the_network_is_as_it_was() {
    on_own(Rung::Three, |mut sandbox| {
        sandbox.carry_masses().unwrap();
        mean_packet();
        let _vacated = sandbox.vacate(Vec::new()).unwrap().unwrap();
        let usual = mean_packet();
        assert!(usual <= USUAL, "{usual} bytes");
        assert_eq!(ADDRESSES.map(waits), [false; 3]);
    });
}

/// In bytes, with the header of its frame.
const USUAL: u64 = 65_536 + 14;

/// The mean size of packets when much is sent, in bytes.
fn mean_packet() -> u64 {
    let (mut ours, mut theirs) = connection("127.0.0.1:7788");
    let mut much = vec![7; 256 * 1024];
    let mut carry = || {
        for _ in 0..64 {
            theirs.write_all(&much).unwrap();
            ours.read_exact(&mut much).unwrap();
        }
    };
    // The window opens as the kernel sees that much is read.
    carry();
    let before = carried();
    carry();
    let after = carried();
    (after.1 - before.1) / (after.0 - before.0)
}

/// Packets and bytes that the loopback has received: the line `lo` of proc_net_dev(5).
fn carried() -> (u64, u64) {
    let devices = fs::read_to_string("/proc/thread-self/net/dev").unwrap();
    let (_, figures) = devices.lines().find_map(|line| line.split_once("lo:")).unwrap();
    let figures: Vec<u64> = figures.split_whitespace().map(|figure| figure.parse().unwrap()).collect();
    (figures[1], figures[0])
}

/// In bytes, of those that were written: `SIOCOUTQ` of tcp(7).
fn unacknowledged(stream: &TcpStream) -> libc::c_int {
    let mut bytes = 0;
    // SAFETY: the call writes one integer.
    let told = unsafe { libc::ioctl(stream.as_raw_fd(), libc::TIOCOUTQ, &raw mut bytes) };
    assert_eq!(told, 0);
    bytes
}

fn connection(addr: &str) -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind(addr).unwrap();
    let ours = TcpStream::connect(addr).unwrap();
    (ours, listener.accept().unwrap().0)
}
