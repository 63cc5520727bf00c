//! Passes every byte on by itself as it is typed, not a line at a time; only a `\r` waits for the byte after it.

use std::env;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// The last byte is on its way: whatever the server does from now on is no failure.
static OVER: AtomicBool = AtomicBool::new(false);

fn main() {
    let args: Vec<String> = env::args().collect();
    let addr = match args.as_slice() {
        [_, addr] => addr.parse::<SocketAddr>().ok(),
        _ => None,
    };
    let Some(addr) = addr else {
        eprintln!("usage: client ADDR");
        process::exit(2);
    };
    let mut server = match TcpStream::connect(addr) {
        Ok(server) => server,
        Err(err) => {
            eprintln!("cannot connect to {addr}: {err}");
            process::exit(1);
        }
    };
    let mut ear = match server.try_clone() {
        Ok(ear) => ear,
        Err(err) => {
            eprintln!("cannot share the connection: {err}");
            process::exit(1);
        }
    };
    thread::spawn(move || {
        let mut seven = [0; 7];
        let why = loop {
            match ear.read(&mut seven) {
                Ok(0) => break "it hung up".to_owned(),
                Ok(_) => {}
                Err(err) if err.kind() == io::ErrorKind::Interrupted => {}
                Err(err) => break err.to_string(),
            }
        };
        if !OVER.load(Ordering::SeqCst) {
            eprintln!("the server is gone: {why}");
            process::exit(1);
        }
    });

    let mut send = |byte: u8| {
        if let Err(err) = server.write_all(&[byte]) {
            eprintln!("cannot send: {err}");
            process::exit(1);
        }
    };
    // What of this line was sent, as far as it can still be a goodbye; `held` is a `\r` that was not sent.
    let mut sent = 0usize;
    let mut like = true;
    let mut held = false;
    let mut seven = [0; 7];
    let mut stdin = io::stdin().lock();
    loop {
        let count = match stdin.read(&mut seven) {
            Ok(count) => count,
            Err(err) if err.kind() == io::ErrorKind::Interrupted => continue,
            Err(err) => {
                eprintln!("cannot read stdin: {err}");
                process::exit(1);
            }
        };
        if count == 0 {
            OVER.store(true, Ordering::SeqCst);
            if held {
                send(b'\r');
            }
            if held || sent > 0 {
                send(b'\n');
            }
            process::exit(0);
        }
        for &byte in &seven[..count] {
            if byte == b'\n' {
                let goodbye = like && sent == 3;
                if goodbye {
                    OVER.store(true, Ordering::SeqCst);
                }
                send(b'\n');
                if goodbye {
                    process::exit(0);
                }
                (sent, like, held) = (0, true, false);
                continue;
            }
            if held {
                send(b'\r');
                (sent, like, held) = (sent + 1, false, false);
            }
            if byte == b'\r' {
                held = true;
            } else {
                like &= b"886".get(sent) == Some(&byte);
                send(byte);
                sent += 1;
            }
        }
    }
}
