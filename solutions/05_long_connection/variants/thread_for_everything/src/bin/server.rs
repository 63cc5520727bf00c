//! A thread for accepting, reading, splitting and printing each, with channels between them.

use std::io::{Read, Write, stdout};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::exit;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::{env, io, thread};

fn main() {
    let addr = match env::args().skip(1).collect::<Vec<_>>().as_slice() {
        [one] => one.parse::<SocketAddr>().map_err(|err| format!("{one}: {err}")),
        many => Err(format!("one argument, not {}", many.len())),
    };
    let addr = addr.unwrap_or_else(|err| {
        eprintln!("{err}\nusage: server ADDR");
        exit(2)
    });
    let (doorman, visitors) = channel();
    let (reader, pieces) = channel();
    let (splitter, lines) = channel();
    thread::spawn(move || accept(addr, &doorman));
    thread::spawn(move || read(&visitors, &reader));
    thread::spawn(move || split(&pieces, &splitter));
    let printer = thread::spawn(move || print(&lines));
    // Threads that never end, to be cut off by the exit.
    for _ in 0..3 {
        thread::spawn(|| {
            loop {
                thread::park();
            }
        });
    }
    match printer.join() {
        Ok(Ok(())) => exit(0),
        _ => fail("cannot print"),
    }
}

fn fail(why: &str) -> ! {
    eprintln!("server: {why}");
    exit(1)
}

fn accept(addr: SocketAddr, visitors: &Sender<TcpStream>) {
    let listener = TcpListener::bind(addr).unwrap_or_else(|err| fail(&format!("{addr}: {err}")));
    match listener.accept() {
        Ok((visitor, _)) => visitors.send(visitor).unwrap_or(()),
        Err(err) => fail(&err.to_string()),
    }
}

fn read(visitors: &Receiver<TcpStream>, pieces: &Sender<Vec<u8>>) {
    let Ok(mut visitor) = visitors.recv() else { return };
    let mut piece = [0; 1000];
    loop {
        match visitor.read(&mut piece) {
            Ok(0) => return,
            Ok(count) => {
                if pieces.send(piece[..count].to_vec()).is_err() {
                    return;
                }
            }
            Err(err) if err.kind() == io::ErrorKind::Interrupted => {}
            Err(err) if err.kind() == io::ErrorKind::ConnectionReset => return,
            Err(err) => fail(&err.to_string()),
        }
    }
}

fn split(pieces: &Receiver<Vec<u8>>, lines: &Sender<Vec<u8>>) {
    let mut line = Vec::new();
    for byte in pieces.iter().flatten() {
        if byte == b'\n' {
            if line.last() == Some(&b'\r') {
                line.pop();
            }
            if lines.send(std::mem::take(&mut line)).is_err() {
                return;
            }
        } else {
            line.push(byte);
        }
    }
}

fn print(lines: &Receiver<Vec<u8>>) -> io::Result<()> {
    for line in lines {
        let mut out = stdout().lock();
        out.write_all(&line)?;
        out.write_all(b"\n")?;
        out.flush()?;
        if line == b"886" {
            break;
        }
    }
    Ok(())
}
