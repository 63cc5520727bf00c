//! Binds late, greets with one `write` per byte, thinks before every step, and tells all of it on stderr, with
//! a helper thread that never ends.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::exit;
use std::thread::{Builder, sleep};
use std::time::Duration;

type Outcome = Result<(), String>;

fn main() {
    sleep(Duration::from_millis(300));
    for n in 0..3_000 {
        eprintln!("{n}: 准备好了吗? Not yet.");
    }
    let mut args = std::env::args().skip(1);
    let result = match (args.next(), args.next()) {
        (Some(addr), None) => match addr.parse() {
            Ok(addr) => serve(addr),
            Err(error) => usage(&format!("{addr}: {error}")),
        },
        _ => usage("one argument"),
    };
    if let Err(why) = result {
        eprintln!("multi_client: {why}");
        exit(1);
    }
}

fn usage(why: &str) -> ! {
    eprintln!("{why}\nusage: multi_client ADDR");
    exit(2)
}

fn serve(addr: SocketAddr) -> Outcome {
    let listener = TcpListener::bind(addr).map_err(|error| error.to_string())?;
    let _ = Builder::new().spawn(|| {
        for n in 0.. {
            sleep(Duration::from_millis(100));
            eprintln!("still here, {n}");
        }
    });
    loop {
        sleep(Duration::from_millis(2));
        let (stream, peer) = match listener.accept() {
            Ok(client) => client,
            Err(error) => {
                eprintln!("{error}");
                continue;
            }
        };
        let spawned = Builder::new().name(peer.to_string()).spawn(move || {
            let mut all = String::new();
            for n in 0..50 {
                all += &format!("{peer}: {n} thoughts about you\n");
            }
            eprint!("{all}");
            match talk(&stream, peer) {
                Ok(()) => eprintln!("{peer}: goodbye"),
                Err(why) => eprintln!("{peer}: {why}"),
            }
            sleep(Duration::from_millis(10));
            drop(stream);
        });
        if let Err(error) = spawned {
            eprintln!("{peer}: {error}");
        }
    }
}

fn talk(mut stream: &TcpStream, peer: SocketAddr) -> Outcome {
    let _ = stream.set_nodelay(true);
    sleep(Duration::from_millis(10));
    for &byte in b"Welcome to study socket!\n" {
        stream.write_all(&[byte]).map_err(|error| format!("greeting: {error}"))?;
    }
    let mut line = Vec::new();
    for byte in stream.bytes() {
        match byte.map_err(|error| format!("listening: {error}"))? {
            b'\n' => {
                line.pop_if(|last| *last == b'\r');
                sleep(Duration::from_millis(10));
                return show(peer, line);
            }
            byte => line.push(byte),
        }
    }
    Err(format!("left after {} bytes", line.len()))
}

/// As text: who sends something else is let go without a line.
fn show(peer: SocketAddr, line: Vec<u8>) -> Outcome {
    let line = String::from_utf8(line).map_err(|error| error.to_string())?;
    println!("{peer}: {line}");
    Ok(())
}
