//! Mistake: each connection is ended for both sides, and kept in a list: its descriptor is never given back.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// All who ever came.
static CLIENTS: Mutex<Vec<TcpStream>> = Mutex::new(Vec::new());

const GREETING: &[u8] = b"Welcome to study socket!\n";

/// How long to leave `accept` alone after it has failed.
const BREATH: Duration = Duration::from_millis(50);

fn main() -> ExitCode {
    let addr = match address_argument() {
        Ok(addr) => addr,
        Err(why) => {
            eprintln!("multi_client: {why}\nusage: multi_client ADDR    (for example 127.0.0.1:5556)");
            return ExitCode::from(2);
        }
    };
    match TcpListener::bind(addr) {
        Ok(listener) => serve(&listener),
        Err(e) => {
            eprintln!("multi_client: cannot listen on {addr}: {e}");
            ExitCode::FAILURE
        }
    }
}

fn address_argument() -> Result<SocketAddr, String> {
    let mut args = std::env::args().skip(1);
    let (Some(addr), None) = (args.next(), args.next()) else {
        return Err("exactly one argument is needed".to_string());
    };
    addr.parse().map_err(|e| format!("{addr:?}: {e}"))
}

/// Accepts clients for ever. This loop never waits for a client to say something: that is what
/// the threads are for.
fn serve(listener: &TcpListener) -> ! {
    loop {
        let (stream, peer) = match listener.accept() {
            Ok(client) => client,
            Err(e) => {
                // One client that vanished in the queue, or for the moment no descriptor left
                // (each open connection is one): no reason to leave the others alone. The pause
                // keeps a failure that lasts from spinning.
                eprintln!("multi_client: cannot accept: {e}");
                thread::sleep(BREATH);
                continue;
            }
        };

        // `move` gives the thread the stream for good; when the closure ends, or is never run
        // since no thread could be made, the stream is dropped and the connection closed.
        // (`thread::spawn` would panic there; `Builder::spawn` tells.)
        let spawned = thread::Builder::new().spawn(move || {
            if let Err(e) = talk(stream, peer) {
                eprintln!("multi_client: {peer}: {e}");
            }
        });
        if let Err(e) = spawned {
            eprintln!("multi_client: no thread for {peer}: {e}");
        }
        // No `join`: it would wait for this client, and we would be serial again.
    }
}

/// One client, from hello to goodbye. An error ends this conversation and no other.
fn talk(mut stream: TcpStream, peer: SocketAddr) -> io::Result<()> {
    stream.write_all(GREETING)?;
    let line = read_line(&mut BufReader::new(&stream))?;
    // `peer` is what `accept` told us. Asking the socket now (`stream.peer_addr()`) would fail if
    // the client had reset the connection meanwhile.
    print_line(peer, &line)?;
    stream.shutdown(Shutdown::Both)?;
    CLIENTS.lock().unwrap_or_else(PoisonError::into_inner).push(stream);
    Ok(())
    // `stream` is dropped here: the client sees the end of the stream, or a reset if it sent more
    // than we read.
}

/// Reads one line, and takes its end off: the `\n`, and one `\r` directly before it. A stream that
/// ends, or breaks, before the `\n` is an error: half a line is no line.
fn read_line(reader: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    reader.read_until(b'\n', &mut line)?;

    if line.pop() != Some(b'\n') {
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "left before its line ended"));
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    Ok(line)
}

/// Prints `PEER: LINE`.
///
/// Many threads print. stdout is locked for one whole line, so that no other line gets in between;
/// and only once the line is there to be printed, never while we wait for a client.
fn print_line(peer: SocketAddr, line: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    write!(stdout, "{peer}: ")?;
    stdout.write_all(line)?;
    stdout.write_all(b"\n")?;
    stdout.flush()
}
