//! Twelve threads of equal rank take turns at one socket; who holds the lock receives, answers and prints.

use std::io::{self, Write};
use std::net::{SocketAddr, UdpSocket};
use std::process::exit;
use std::sync::{Mutex, PoisonError};
use std::thread;

struct Post {
    socket: UdpSocket,
    count: usize,
    buffer: Box<[u8; 65_507]>,
}

fn main() {
    let addr = arguments().unwrap_or_else(|why| {
        eprintln!("{why}\nusage: udp_echo_server ADDR");
        exit(2)
    });
    let socket = UdpSocket::bind(addr).unwrap_or_else(|error| {
        eprintln!("cannot have {addr}: {error}");
        exit(1)
    });
    let post = Mutex::new(Post { socket, count: 0, buffer: Box::new([0; 65_507]) });
    thread::scope(|scope| {
        for _ in 0..12 {
            scope.spawn(|| {
                loop {
                    let turn = post.lock().unwrap_or_else(PoisonError::into_inner).turn();
                    if let Err(error) = turn {
                        eprintln!("cannot go on: {error}");
                        exit(1);
                    }
                    thread::yield_now();
                }
            });
        }
    });
}

fn arguments() -> Result<SocketAddr, String> {
    let mut args = std::env::args().skip(1);
    let addr = args.next().ok_or("an address is missing")?;
    match args.count() {
        0 => addr.parse().map_err(|error| format!("{addr}: {error}")),
        n => Err(format!("{n} arguments too many")),
    }
}

impl Post {
    fn turn(&mut self) -> io::Result<()> {
        let (n, peer) = self.socket.recv_from(&mut self.buffer[..])?;
        self.count += 1;
        let answered = self.socket.send_to(&self.buffer[..n], peer);
        if let Err(error) = answered {
            eprintln!("{peer}: {error}");
        }
        let mut stdout = io::stdout().lock();
        stdout.write_all(format!("#{} from {peer}: {n} bytes\n", self.count).as_bytes())?;
        stdout.flush()
    }
}
