//! A TCP listener of the checker's, for students' clients.

use std::io;
use std::net::{SocketAddr, TcpListener};

use super::conn::{self, Conn};

#[derive(Debug)]
pub struct Listener {
    /// None once the checker has closed it.
    pub socket: Option<TcpListener>,
    pub at: SocketAddr,
    /// Connections that came, in all.
    pub came: u32,
}

impl Listener {
    /// Connections taken in while no step has claimed them; a flood stays in the kernel.
    const MOST: u32 = 512;

    pub fn bind(at: SocketAddr) -> io::Result<Self> {
        let socket = TcpListener::bind(at)?;
        socket.set_nonblocking(true)?;
        conn::prepare(&socket)?;
        Ok(Listener { socket: Some(socket), at, came: 0 })
    }

    pub fn wants_read(&self) -> bool {
        self.socket.is_some() && self.came < Self::MOST
    }

    /// The connections that are there now, numbered from 1 in the order of their coming.
    pub fn pump(&mut self) -> Vec<(u32, Conn)> {
        let mut new = Vec::new();
        while self.wants_read() {
            let Some(Ok((stream, from))) = self.socket.as_ref().map(TcpListener::accept) else { break };
            self.came += 1;
            new.extend(Conn::accepted(stream, from).map(|conn| (self.came, conn)));
        }
        new
    }
}
