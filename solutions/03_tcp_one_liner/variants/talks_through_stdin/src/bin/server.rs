//! Accepts in one process and talks in another, which has the connection for stdin, and whose exit code is the
//! first one's.

use std::io::{self, BufRead, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::fd::{AsFd, OwnedFd};
use std::process::{Command, ExitCode};

/// Set for the process that talks.
const TALKS: &str = "ONE_LINER_TALKS_ON_STDIN";

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let result = match (args.next().map(|addr| addr.parse()), args.next()) {
        (Some(Ok(_)), None) if std::env::var_os(TALKS).is_some() => talk().map(|()| ExitCode::SUCCESS),
        (Some(Ok(addr)), None) => serve(addr),
        (Some(Err(error)), None) => return usage(&error.to_string()),
        _ => return usage("exactly one argument is needed"),
    };
    result.unwrap_or_else(|error| {
        eprintln!("server: {error}");
        ExitCode::FAILURE
    })
}

fn usage(why: &str) -> ExitCode {
    eprintln!("server: {why}\nusage: server ADDR");
    ExitCode::from(2)
}

fn serve(addr: SocketAddr) -> io::Result<ExitCode> {
    let (stream, _) = TcpListener::bind(addr)?.accept()?;
    let mut child = Command::new(std::env::current_exe()?);
    let status =
        child.args(std::env::args_os().skip(1)).env(TALKS, "1").stdin(OwnedFd::from(stream)).status()?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn talk() -> io::Result<()> {
    let stdin = io::stdin();
    TcpStream::from(stdin.as_fd().try_clone_to_owned()?).write_all(b"Welcome to study socket!\n")?;
    let mut line = Vec::new();
    stdin.lock().read_until(b'\n', &mut line)?;
    if !line.ends_with(b"\n") {
        return Err(io::Error::other("the client has gone"));
    }
    if line.ends_with(b"\r\n") {
        line.remove(line.len() - 2);
    }
    let mut stdout = io::stdout().lock();
    stdout.write_all(&line)?;
    stdout.flush()
}
