//! One datagram.

mod limit;

use std::io::Result;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

pub fn send(text: &[u8], target: SocketAddr) -> Result<()> {
    limit::check(text)?;
    let socket = match target {
        SocketAddr::V4(_) => UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)),
        SocketAddr::V6(_) => UdpSocket::bind((Ipv6Addr::UNSPECIFIED, 0)),
    }?;
    socket.send_to(text, target).map(drop)
}
