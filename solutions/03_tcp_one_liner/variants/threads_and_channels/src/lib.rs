//! Threads that read and write, and channels to talk with them.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::exit;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

pub enum Heard {
    Line(Vec<u8>),
    Trouble(String),
}

/// A thread that reads lines for ever. It is never told to stop.
pub fn ear(stream: TcpStream) -> Receiver<Heard> {
    let (to, from) = channel();
    thread::spawn(move || {
        let mut reader = BufReader::with_capacity(11, stream);
        loop {
            let mut line = Vec::new();
            let heard = match reader.read_until(b'\n', &mut line) {
                Ok(_) if line.pop() == Some(b'\n') => {
                    line.pop_if(|last| *last == b'\r');
                    Heard::Line(line)
                }
                Ok(_) => Heard::Trouble("the other side hung up".into()),
                Err(error) => Heard::Trouble(error.to_string()),
            };
            let over = matches!(heard, Heard::Trouble(_));
            if to.send(heard).is_err() || over {
                return;
            }
        }
    });
    from
}

/// A thread that writes what it is given, and tells how each went.
pub fn mouth(mut stream: TcpStream) -> (Sender<&'static str>, Receiver<Result<(), String>>) {
    let (to, words) = channel::<&str>();
    let (done, outcomes) = channel();
    thread::spawn(move || {
        for word in words {
            let outcome = writeln!(stream, "{word}").map_err(|e| e.to_string());
            if done.send(outcome).is_err() {
                return;
            }
        }
    });
    (to, outcomes)
}

pub fn print(line: &[u8]) {
    let mut stdout = std::io::stdout().lock();
    let done = stdout.write_all(line).and_then(|()| stdout.write_all(b"\n")).and_then(|()| stdout.flush());
    if let Err(error) = done {
        fail(&format!("stdout: {error}"));
    }
}

pub fn fail(why: &str) -> ! {
    eprintln!("{why}");
    exit(1)
}

pub fn address() -> SocketAddr {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(|arg| arg.parse()).collect::<Result<Vec<SocketAddr>, _>>().as_deref() {
        Ok([one]) => *one,
        _ => {
            eprintln!("exactly one address is needed; usage: PROGRAM ADDR");
            exit(2)
        }
    }
}
