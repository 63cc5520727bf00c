//! The network of rung 3: a loopback that runner and programs share with nobody.

use std::net::{TcpListener, UdpSocket};

use super::harness::{on, run};
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
