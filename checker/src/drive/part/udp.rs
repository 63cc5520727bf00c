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
    /// For one datagram.
    buffer: Box<[u8]>,
}

impl Udp {
    /// Datagrams kept while no step has expected them; more are dropped by the kernel, as UDP does.
    const MOST: usize = 4096;
    /// The largest UDP payload there is, in bytes: a length of 65,535 with 8 of header, on IPv6.
    const LONGEST: usize = 65_527;

    pub fn bind(at: SocketAddr) -> io::Result<Self> {
        let socket = UdpSocket::bind(at)?;
        socket.set_nonblocking(true)?;
        let local = socket.local_addr()?;
        Ok(Udp {
            socket: Some(socket),
            local,
            received: VecDeque::new(),
            buffer: vec![0; Self::LONGEST].into(),
        })
    }

    pub fn wants_read(&self) -> bool {
        self.socket.is_some() && self.received.len() < Self::MOST
    }

    /// Takes in the datagrams that are there now.
    pub fn pump(&mut self, mut seen: impl FnMut(SocketAddr, &[u8])) {
        while self.wants_read() {
            let Some(Ok((n, from))) = self.socket.as_ref().map(|s| s.recv_from(&mut self.buffer)) else {
                break;
            };
            seen(from, &self.buffer[..n]);
            self.received.push_back((from, self.buffer[..n].to_vec()));
        }
    }
}
