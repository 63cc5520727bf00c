//! Strings throughout; `writeln!` straight to the socket, and a second thread that only listens for the end.

use std::fmt::Display;
use std::io::{Read, Write, stdin};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::process::exit;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::thread;

static SAID_ALL: AtomicBool = AtomicBool::new(false);

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let addr: SocketAddr = match args.get(1).map(|text| text.parse()) {
        Some(Ok(addr)) if args.len() == 2 => addr,
        _ => {
            eprintln!("usage: client ADDR");
            exit(2)
        }
    };
    let mut server = TcpStream::connect(addr).unwrap_or_else(|error| give_up(error));
    let ear = server.try_clone().unwrap_or_else(|error| give_up(error));
    let listener = thread::spawn(move || listen(&ear));
    let mut lines = stdin().lines().map(|line| line.unwrap_or_else(|error| give_up(error)));
    loop {
        let Some(line) = lines.next() else { break };
        let goodbye = line == "886";
        if goodbye {
            SAID_ALL.store(true, SeqCst);
        }
        writeln!(server, "{line}").unwrap_or_else(|error| give_up(error));
        if goodbye {
            break;
        }
    }
    SAID_ALL.store(true, SeqCst);
    // Both halves: this wakes the listener, too.
    let _ = server.shutdown(Shutdown::Both);
    let _ = listener.join();
    exit(0)
}

fn listen(ear: &TcpStream) {
    let error = ear.bytes().find_map(Result::err);
    if !SAID_ALL.load(SeqCst) {
        match error {
            Some(error) => give_up(error),
            None => give_up("the server hung up"),
        }
    }
}

fn give_up<T>(why: impl Display) -> T {
    eprintln!("client: {why}");
    exit(1)
}
