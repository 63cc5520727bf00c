//! Closes stdin, so that the listener becomes descriptor 0, prints through descriptor 1 as a plain file, and
//! reads with short timeouts, tried again for as long as the client likes.

use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::net::{SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
use std::os::fd::FromRawFd;
use std::process::exit;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let addrs: Vec<SocketAddr> = match args.as_slice() {
        [addr] => addr.to_socket_addrs().map(Iterator::collect).unwrap_or_default(),
        _ => vec![],
    };
    if addrs.is_empty() {
        eprintln!("usage: multi_client ADDR");
        exit(2);
    }
    // SAFETY: nothing else in this program uses descriptors 0 and 1.
    let (stdin, stdout) = unsafe { (File::from_raw_fd(0), Mutex::new(File::from_raw_fd(1))) };
    drop(stdin);
    let listener = TcpListener::bind(&addrs[..]).unwrap_or_else(|error| {
        eprintln!("multi_client: {error}");
        exit(1)
    });
    thread::scope(|scope| {
        loop {
            match listener.accept() {
                Ok((stream, peer)) => {
                    let stdout = &stdout;
                    let client = move || {
                        if let Err(error) = talk(&stream, peer, stdout) {
                            eprintln!("{peer}: {error}");
                        }
                    };
                    if thread::Builder::new().spawn_scoped(scope, client).is_err() {
                        eprintln!("{peer}: no thread");
                    }
                }
                Err(error) => {
                    eprintln!("{error}");
                    thread::sleep(Duration::from_millis(30));
                }
            }
        }
    })
}

fn talk(mut stream: &TcpStream, peer: SocketAddr, stdout: &Mutex<File>) -> io::Result<()> {
    let _ = stream.set_ttl(55);
    let _ = stream.set_nodelay(true);
    stream.set_read_timeout(Some(Duration::from_millis(120)))?;
    stream.write_all(b"Welcome to study socket!")?;
    stream.write_all(b"\n")?;
    let mut reader = BufReader::with_capacity(1, stream);
    let mut line = format!("{peer}: ").into_bytes();
    while let Err(error) = reader.read_until(b'\n', &mut line) {
        if !matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) {
            return Err(error);
        }
    }
    if !line.ends_with(b"\n") {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    if line.ends_with(b"\r\n") {
        line.remove(line.len() - 2);
    }
    let mut stdout = stdout.lock().unwrap_or_else(PoisonError::into_inner);
    // One byte at a time, but nobody gets in between.
    line.chunks(1).try_for_each(|byte| stdout.write_all(byte))
}
