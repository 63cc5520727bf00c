//! Binds late, answers each datagram after a while, and talks much on stderr: two thousand lines before the
//! first datagram, and twenty about each.

use std::net::{SocketAddr, UdpSocket};
use std::process::exit;
use std::thread::sleep;
use std::time::Duration;

fn main() {
    sleep(Duration::from_millis(300));
    for n in 0..2_000 {
        eprintln!("[{n:04}] getting up, looking for my slippers, putting the kettle on");
    }
    let args: Vec<String> = std::env::args().collect();
    let addr = match &args[..] {
        [_, addr] => addr.parse::<SocketAddr>(),
        _ => "".parse(),
    };
    let Ok(addr) = addr else {
        eprintln!("usage: udp_echo_server ADDR");
        exit(2)
    };
    match UdpSocket::bind(addr) {
        Ok(socket) => Server { socket, seen: Vec::new() }.run(),
        Err(error) => {
            eprintln!("cannot bind: {error}");
            sleep(Duration::from_millis(200));
            exit(1)
        }
    }
}

struct Server {
    socket: UdpSocket,
    /// Every peer so far: its length is the count.
    seen: Vec<SocketAddr>,
}

impl Server {
    fn run(mut self) -> ! {
        loop {
            let mut buffer = vec![b'?'; 65_535];
            // Looks at the sender first, and takes the datagram out of the queue with a second call.
            match self.socket.peek_from(&mut buffer[..1]) {
                Ok((_, peer)) => eprintln!("somebody at the door: {peer}"),
                Err(error) => eprintln!("nobody at the door: {error}"),
            }
            match self.socket.recv_from(&mut buffer) {
                Ok((n, peer)) => self.serve(&buffer[..n], peer),
                Err(error) => {
                    eprintln!("{error}");
                    exit(1)
                }
            }
        }
    }

    fn serve(&mut self, bytes: &[u8], peer: SocketAddr) {
        self.seen.push(peer);
        let before = self.seen.iter().filter(|other| **other == peer).count();
        for n in 0..20 {
            eprintln!("  ({n}) {peer} was here {before} times and brought {} bytes", bytes.len());
        }
        sleep(Duration::from_millis(3));
        if let Err(error) = self.socket.send_to(bytes, peer) {
            eprintln!("{peer}: {error}");
        }
        sleep(Duration::from_millis(1));
        println!("#{} from {peer}: {} bytes", self.seen.len(), bytes.len());
    }
}
