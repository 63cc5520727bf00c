//! Mistake: ADDR is split at its colon, and that there is none ends in a panic.

use std::env;
use std::io::{self, BufRead, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{self, ExitCode};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let [addr] = args.as_slice() else {
        eprintln!("usage: client ADDR");
        return ExitCode::from(2);
    };
    let (_, port) = addr.rsplit_once(':').unwrap();
    if port.parse::<u16>().is_err() {
        eprintln!("no port: {port}\nusage: client ADDR");
        return ExitCode::from(2);
    }
    let Ok(addr) = addr.parse::<SocketAddr>() else {
        eprintln!("no address: {addr}\nusage: client ADDR");
        return ExitCode::from(2);
    };
    match run(addr) {
        Ok(()) => ExitCode::SUCCESS,
        Err(err) => {
            eprintln!("client: {err}");
            ExitCode::FAILURE
        }
    }
}

fn run(addr: SocketAddr) -> io::Result<()> {
    let mut server = TcpStream::connect(addr)?;
    let mut listening = server.try_clone()?;
    let done = Arc::new(AtomicBool::new(false));
    let over = Arc::clone(&done);
    thread::spawn(move || {
        let _ = io::copy(&mut listening, &mut io::sink());
        if !done.load(Ordering::SeqCst) {
            eprintln!("client: the server has gone");
            process::exit(1);
        }
    });

    let mut input = io::stdin().lock();
    loop {
        let mut line = Vec::new();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        if line.last() == Some(&b'\n') {
            line.pop();
            if line.last() == Some(&b'\r') {
                line.pop();
            }
        }
        let goodbye = line == b"886";
        over.store(goodbye, Ordering::SeqCst);
        line.push(b'\n');
        server.write_all(&line)?;
        if goodbye {
            return Ok(());
        }
    }
    over.store(true, Ordering::SeqCst);
    Ok(())
}
