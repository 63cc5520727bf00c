//! A UDP peer of the checker's.

use std::collections::VecDeque;
use std::io;
use std::net::{SocketAddr, UdpSocket};

#[derive(Debug)]
pub struct Udp {
    /// None once the checker has closed it.
    pub socket: Option<UdpSocket>,
    pub local: SocketAddr,
    pub received: VecDeque<(SocketAddr, Vec<u8>)>,
}

impl Udp {
    /// Datagrams kept while no step has expected them; more are dropped by the kernel, as UDP does.
    const MOST: usize = 4096;

    pub fn bind(at: SocketAddr) -> io::Result<Self> {
        let socket = UdpSocket::bind(at)?;
        socket.set_nonblocking(true)?;
        let local = socket.local_addr()?;
        Ok(Udp { socket: Some(socket), local, received: VecDeque::new() })
    }

    pub fn wants_read(&self) -> bool {
        self.socket.is_some() && self.received.len() < Self::MOST
    }

    /// Takes in the datagrams that are there now.
    pub fn pump(&mut self, mut seen: impl FnMut(SocketAddr, &[u8])) {
        // The largest UDP payload there is: 65,535 - 8 bytes of header, on IPv6.
        let mut buffer = [0; 65_535];
        while self.wants_read() {
            let Some(Ok((n, from))) = self.socket.as_ref().map(|s| s.recv_from(&mut buffer)) else { break };
            seen(from, &buffer[..n]);
            self.received.push_back((from, buffer[..n].to_vec()));
        }
    }
}
