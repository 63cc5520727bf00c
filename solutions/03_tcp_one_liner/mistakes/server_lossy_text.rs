//! Mistake: `from_utf8_lossy`. Bytes that are not UTF-8 are neither passed on nor refused: others stand in their place.

use std::io::{BufReader, Write};
use std::net::{SocketAddr, TcpListener};
use std::process::ExitCode;

use tcp_one_liner::{address_argument, print_line, read_line};

const GREETING: &[u8] = b"Welcome to study socket!\n";

fn main() -> ExitCode {
    let addr = match address_argument() {
        Ok(addr) => addr,
        Err(why) => {
            eprintln!("server: {why}\nusage: server ADDR    (for example 127.0.0.1:5555)");
            return ExitCode::from(2);
        }
    };
    match serve_one(addr) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("server: {why}");
            ExitCode::FAILURE
        }
    }
}

fn serve_one(addr: SocketAddr) -> Result<(), String> {
    // 1 to 3. Create a socket, bind it, listen. From here on the kernel completes handshakes by
    // itself and queues the connections: a client may be connected, and have sent its first
    // bytes, before we call `accept`.
    let listener = TcpListener::bind(addr).map_err(|e| format!("cannot listen on {addr}: {e}"))?;

    // 4. Take one connection from that queue. It has a socket of its own, on the same local port;
    // what tells two connections apart is the client's address and port.
    let (mut stream, peer) = listener.accept().map_err(|e| format!("cannot accept a client: {e}"))?;

    // 5. Greet. `write_all`, since a single `write` may take only a part. "Written" means "handed
    // to the kernel": that the client is already gone may only show at a later call.
    stream.write_all(GREETING).map_err(|e| format!("cannot greet {peer}: {e}"))?;

    // 6. Read one line and print it.
    let line = read_line(&mut BufReader::new(&stream)).map_err(|e| format!("no line from {peer}: {e}"))?;
    print_line(String::from_utf8_lossy(&line).as_bytes()).map_err(|e| format!("cannot print the line: {e}"))

    // 7. Here both sockets are dropped, and so closed: the client sees the end of the stream. If
    // bytes of its that we never read still wait in the kernel, it sees a reset in its place.
}
