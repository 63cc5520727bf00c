//! For each client a thread that greets and one that listens, a thread that alone prints, and a thread that
//! alone buries the dead; all of them tied together by channels.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::process::exit;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread::{self, Builder};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let addr = if let [one] = &args[..] { one.parse::<SocketAddr>().ok() } else { None };
    let Some(addr) = addr else {
        eprintln!("usage: multi_client ADDR");
        exit(2)
    };
    let listener = TcpListener::bind(addr).unwrap_or_else(|error| {
        eprintln!("multi_client: {error}");
        exit(1)
    });

    let (lines, to_print) = channel::<Vec<u8>>();
    let (dead, to_bury) = channel::<Arc<TcpStream>>();
    let started = [
        Builder::new().spawn(move || {
            for line in to_print {
                let mut stdout = std::io::stdout().lock();
                if stdout.write_all(&line).and_then(|()| stdout.flush()).is_err() {
                    eprintln!("nobody reads what we print");
                    exit(1);
                }
            }
        }),
        Builder::new().spawn(move || {
            for stream in to_bury {
                let _ = stream.shutdown(Shutdown::Both);
            }
        }),
    ];
    if started.iter().any(Result::is_err) {
        eprintln!("not even two threads to be had");
        exit(1);
    }

    for stream in listener.incoming() {
        // A client that is gone by now has no address any more; then there is nobody to serve.
        let Ok((stream, peer)) = stream.and_then(|stream| Ok((stream.try_clone()?, stream.peer_addr()?)))
        else {
            thread::yield_now();
            continue;
        };
        let stream = Arc::new(stream);
        let (mouth, ear) = (Arc::clone(&stream), stream);
        let (lines, dead) = (lines.clone(), dead.clone());
        let (greeted, greeting) = channel();
        let greeter = Builder::new().stack_size(64 * 1024).spawn(move || {
            let _ = greeted.send((&*mouth).write_all(b"Welcome to study socket!\n"));
        });
        let listener = Builder::new().stack_size(64 * 1024).spawn(move || {
            let line = hear(&ear, peer);
            // A client may have spoken before it was greeted; it is greeted all the same.
            if let (Ok(Ok(())), Some(line)) = (greeting.recv(), line) {
                let _ = lines.send(line);
            }
            let _ = dead.send(ear);
        });
        if let Err(error) = greeter.and(listener) {
            eprintln!("{peer}: {error}");
        }
    }
}

/// `PEER: LINE` with its end.
fn hear(mut stream: &TcpStream, peer: SocketAddr) -> Option<Vec<u8>> {
    let mut line = format!("{peer}: ").into_bytes();
    let mut buffer = [0; 1_000];
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => return None,
            Ok(n) => {
                for &byte in &buffer[..n] {
                    if byte == b'\n' {
                        line.pop_if(|last| *last == b'\r');
                        line.push(b'\n');
                        return Some(line);
                    }
                    line.push(byte);
                }
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
}
