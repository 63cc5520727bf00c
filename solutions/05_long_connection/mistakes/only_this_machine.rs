//! Mistake: only the port of ADDR is used, and the client always connects to the loopback address.

use std::env;
use std::io::{self, BufRead, Write};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
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
    let mut server = match addr {
        SocketAddr::V4(_) => TcpStream::connect((Ipv4Addr::LOCALHOST, addr.port()))?,
        SocketAddr::V6(_) => TcpStream::connect((Ipv6Addr::LOCALHOST, addr.port()))?,
    };
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
