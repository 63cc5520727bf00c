//! A process of its own for each client, which has the connection for stdin, as inetd does it; what it says on
//! its stdout is the line, and the first process prints it.

use std::io::{self, BufRead, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::fd::{AsFd, OwnedFd};
use std::process::{Command, Stdio, exit};
use std::thread::{self, Builder};
use std::time::Duration;

const CHILD: &str = "MULTI_CLIENT_CHILD";

fn main() {
    if std::env::var_os(CHILD).is_some() {
        exit(if child().is_ok() { 0 } else { 1 });
    }
    let mut args = std::env::args().skip(1);
    let addr = args.next().and_then(|addr| addr.parse::<SocketAddr>().ok());
    let Some(addr) = addr.filter(|_| args.next().is_none()) else {
        eprintln!("usage: multi_client ADDR");
        exit(2)
    };
    let listener = TcpListener::bind(addr).unwrap_or_else(|error| {
        eprintln!("multi_client: {addr}: {error}");
        exit(1)
    });
    loop {
        match listener.accept() {
            Ok((stream, peer)) => {
                let nurse = Builder::new().stack_size(64 * 1024).spawn(move || {
                    if let Err(error) = look_after(stream, peer) {
                        eprintln!("multi_client: {peer}: {error}");
                    }
                });
                if let Err(error) = nurse {
                    eprintln!("multi_client: {peer}: {error}");
                }
            }
            Err(error) => {
                eprintln!("multi_client: {error}");
                thread::sleep(Duration::from_millis(50));
            }
        }
    }
}

/// Starts a child, prints what it has heard when it has ended well, and takes its exit code in.
fn look_after(stream: TcpStream, peer: SocketAddr) -> io::Result<()> {
    let output = Command::new(std::env::current_exe()?)
        .env(CHILD, "1")
        .stdin(Stdio::from(OwnedFd::from(stream)))
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()?
        .wait_with_output()?;
    if !output.status.success() {
        return Err(io::Error::other("no line"));
    }
    let mut stdout = io::stdout().lock();
    stdout.write_all(&[format!("{peer}: ").as_bytes(), &output.stdout, b"\n"].concat())?;
    stdout.flush()
}

/// Talks with the client on the other end of stdin.
fn child() -> io::Result<()> {
    let mut stream = TcpStream::from(io::stdin().as_fd().try_clone_to_owned()?);
    stream.write_all(b"Welcome to study socket!\n")?;
    let mut line = Vec::new();
    io::stdin().lock().by_ref().read_until(b'\n', &mut line)?;
    let Some(line) = line.strip_suffix(b"\n") else { return Err(io::ErrorKind::UnexpectedEof.into()) };
    // Not through `io::stdout`, which would keep what stands behind the last line end in the line.
    let mut stdout = std::fs::File::from(io::stdout().as_fd().try_clone_to_owned()?);
    stdout.write_all(line.strip_suffix(b"\r").unwrap_or(line))
}
