//! Connects, starts itself again in its own place (`exec`, the same process) with the connection for stdin, and
//! talks there.

use std::io::{self, BufRead, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode};

/// Set for the program that talks.
const TALKS: &str = "ONE_LINER_TALKS_ON_STDIN";

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let result = match (args.next().map(|addr| addr.parse()), args.next()) {
        (Some(Ok(_)), None) if std::env::var_os(TALKS).is_some() => talk(),
        (Some(Ok(addr)), None) => become_another(addr),
        (Some(Err(error)), None) => return usage(&error.to_string()),
        _ => return usage("exactly one argument is needed"),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("client: {error}");
            ExitCode::FAILURE
        }
    }
}

fn usage(why: &str) -> ExitCode {
    eprintln!("client: {why}\nusage: client ADDR");
    ExitCode::from(2)
}

/// Comes back only if it fails.
fn become_another(addr: SocketAddr) -> io::Result<()> {
    let stream = TcpStream::connect(addr)?;
    let mut other = Command::new(std::env::current_exe()?);
    Err(other.args(std::env::args_os().skip(1)).env(TALKS, "1").stdin(OwnedFd::from(stream)).exec())
}

fn talk() -> io::Result<()> {
    let stdin = io::stdin();
    let mut line = Vec::new();
    stdin.lock().read_until(b'\n', &mut line)?;
    if !line.ends_with(b"\n") {
        return Err(io::Error::other("the server has gone"));
    }
    if line.ends_with(b"\r\n") {
        line.remove(line.len() - 2);
    }
    let mut stdout = io::stdout().lock();
    stdout.write_all(&line)?;
    stdout.flush()?;
    TcpStream::from(stdin.as_fd().try_clone_to_owned()?).write_all("收到, 已开始学习, So Easy!\n".as_bytes())
}
