//! Mistake: `from_utf8_lossy`. Bytes that are not UTF-8 are neither passed on nor refused: others stand in their place.

use std::env;
use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;

/// The line that says goodbye.
const GOODBYE: &[u8] = b"886";

fn main() -> ExitCode {
    let mut args = env::args().skip(1);
    let (Some(given), None) = (args.next(), args.next()) else {
        return usage("exactly one argument is needed");
    };
    let addr: SocketAddr = match given.parse() {
        Ok(addr) => addr,
        Err(err) => return usage(&format!("{given:?} is no address: {err}")),
    };
    match run(addr) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("server: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// Says what is wrong with the arguments, and what would be right.
fn usage(problem: &str) -> ExitCode {
    eprintln!("server: {problem}");
    eprintln!("usage: server ADDR    (127.0.0.1:5555 or [::1]:5555)");
    ExitCode::from(2)
}

fn run(addr: SocketAddr) -> Result<(), String> {
    let listener = TcpListener::bind(addr).map_err(|err| format!("cannot listen on {addr}: {err}"))?;
    eprintln!("listening on {addr}");
    let (client, peer) = listener.accept().map_err(|err| format!("cannot accept a client: {err}"))?;
    // One client is all that we serve. Without the listener, nobody queues up behind it in vain.
    drop(listener);
    eprintln!("talking with {peer}");

    print_lines(client).map_err(|err| format!("the talk with {peer} failed: {err}"))
    // `client` was moved into `print_lines` and is closed by now. We do not wait for the client to
    // close its side too: what it says after its goodbye is nobody's business.
}

/// Prints every line of `client`, up to and with the goodbye or up to the end of the stream.
fn print_lines(client: TcpStream) -> io::Result<()> {
    // TCP carries bytes, not lines. One `read` may bring half a line, or three and a half. The
    // reader keeps what came too early, and `read_until` asks again until a line end has come.
    let mut reader = BufReader::new(client);
    let mut stdout = io::stdout().lock();
    let mut line = Vec::new();

    loop {
        line.clear();
        match reader.read_until(b'\n', &mut line) {
            Ok(_) => {}
            // A client that went away without a goodbye is a fact of life, not a failure of ours.
            Err(err) if err.kind() == ErrorKind::ConnectionReset => return Ok(()),
            Err(err) => return Err(err),
        }

        // `read_until` gives back less than a line in one case only: the stream has ended. Then
        // `line` is empty, or it is a piece whose rest will never come, and that is no line.
        if line.pop() != Some(b'\n') {
            return Ok(());
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        let goodbye = line == GOODBYE;

        // The bytes go out as they came in. Making a `String` of them first would only give us a
        // way to fail, for a client that does not speak UTF-8.
        line.push(b'\n');
        stdout.write_all(String::from_utf8_lossy(&line).as_bytes())?;
        stdout.flush()?;

        if goodbye {
            // More lines may be waiting in `reader`. They came after the goodbye: drop them.
            return Ok(());
        }
    }
}
