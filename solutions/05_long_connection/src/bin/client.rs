//! Sends each line that is typed over one connection, until the line `886` or the end of input.
//!
//! Two things can happen next at any moment: somebody types a line, or the server goes away. A
//! blocking read can wait for one of them only. So there are two threads that wait, one for each,
//! and both report to the main thread, which alone sends and decides.

use std::env;
use std::io::{self, BufRead, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::process::ExitCode;
use std::sync::mpsc::{self, SyncSender};
use std::thread;

/// The line that says goodbye.
const GOODBYE: &[u8] = b"886";

/// What the main thread waits for.
enum Event {
    /// A line was typed: its text, without the line end.
    Typed(Vec<u8>),
    /// Nothing more will be typed.
    InputEnded,
    /// Standard input cannot be read.
    InputFailed(io::Error),
    /// The server closed the connection, or it broke.
    ServerGone(String),
}

fn main() -> ExitCode {
    let mut args = env::args().skip(1);
    let (Some(given), None) = (args.next(), args.next()) else {
        return usage("exactly one argument is needed");
    };
    let addr: SocketAddr = match given.parse() {
        Ok(addr) => addr,
        Err(err) => return usage(&format!("{given:?} is no address: {err}")),
    };
    // When `main` returns, the process ends, and with it the thread that may still be blocked in
    // reading standard input. No other way out of that read exists.
    match run(addr) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("client: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// Says what is wrong with the arguments, and what would be right.
fn usage(problem: &str) -> ExitCode {
    eprintln!("client: {problem}");
    eprintln!("usage: client ADDR    (127.0.0.1:5555 or [::1]:5555)");
    ExitCode::from(2)
}

fn run(addr: SocketAddr) -> Result<(), String> {
    let mut server = TcpStream::connect(addr).map_err(|err| format!("cannot connect to {addr}: {err}"))?;
    // A second handle to the same connection: one thread may read while another one writes.
    let listening = server.try_clone().map_err(|err| format!("cannot share the connection: {err}"))?;

    // The channel has little room on purpose. A file of a gigabyte on standard input must not be
    // read into memory because the server is slow: whoever is too quick waits here.
    let (report, events) = mpsc::sync_channel(64);
    let typed = report.clone();
    thread::spawn(move || watch_input(&typed));
    thread::spawn(move || watch_server(listening, &report));

    for event in events {
        match event {
            Event::Typed(mut line) => {
                let goodbye = line == GOODBYE;
                // One write for the line and its end. Two small writes in a row would make the
                // kernel hold back the second until the first is acknowledged (Nagle's algorithm).
                line.push(b'\n');
                server.write_all(&line).map_err(|err| format!("cannot send to {addr}: {err}"))?;
                if goodbye {
                    break;
                }
            }
            Event::InputEnded => break,
            Event::InputFailed(err) => return Err(format!("cannot read standard input: {err}")),
            Event::ServerGone(how) => return Err(format!("{addr} {how}")),
        }
    }

    // Say that nothing more will come. All that we sent goes before it. The other handle to the
    // connection is still open in its thread, so dropping ours would not close anything. Should
    // the server have hung up on our goodbye already, there is nothing left to shut down: fine.
    let _ = server.shutdown(Shutdown::Write);
    Ok(())
}

/// Reports each line of standard input as soon as it is there, then its end.
fn watch_input(report: &SyncSender<Event>) {
    let mut stdin = io::stdin().lock();
    loop {
        let mut line = Vec::new();
        let event = match stdin.read_until(b'\n', &mut line) {
            Ok(0) => Event::InputEnded,
            Ok(_) => {
                // Without a `\n` these are the last bytes of the input; they count as a line.
                if line.pop_if(|byte| *byte == b'\n').is_some() {
                    line.pop_if(|byte| *byte == b'\r');
                }
                Event::Typed(line)
            }
            Err(err) => Event::InputFailed(err),
        };
        let last = !matches!(event, Event::Typed(_));
        // Nobody listens any more: the main thread is done, and so are we.
        if report.send(event).is_err() || last {
            return;
        }
    }
}

/// Reads and forgets what the server says, and reports when it has gone.
///
/// Reading is the only way to learn of the end: the end of a stream stands behind its last byte.
/// It also keeps the kernel's receive buffer empty. To close a connection with unread bytes in it
/// is to reset it, and a reset may overtake and destroy what we sent last.
fn watch_server(mut server: TcpStream, report: &SyncSender<Event>) {
    let how = match io::copy(&mut server, &mut io::sink()) {
        Ok(_) => "hung up".to_owned(),
        Err(err) => format!("is gone: {err}"),
    };
    // As above: if nobody listens, the talk was over before the server went.
    let _ = report.send(Event::ServerGone(how));
}
