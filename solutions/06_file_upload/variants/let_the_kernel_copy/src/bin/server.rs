//! `io::copy` does the work, a guard sweeps up, and the receipt is printed through a second handle of fd 1.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::os::fd::AsFd;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

struct Sweep(Option<PathBuf>);

impl Drop for Sweep {
    fn drop(&mut self) {
        if let Some(path) = self.0.take() {
            let _ = fs::remove_file(path);
        }
    }
}

fn run(addr: SocketAddr, dest: &Path) -> io::Result<()> {
    let listener = TcpListener::bind(addr)?;
    let mut client = listener.incoming().next().ok_or(io::ErrorKind::NotConnected)??;
    drop(listener);
    if fs::metadata(dest).is_ok_and(|there| there.is_dir()) {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let part = dest.with_extension(format!("{}.tmp", std::process::id()));
    let mut file = File::create_new(&part)?;
    let mut sweep = Sweep(Some(part.clone()));
    let length = io::copy(&mut client, &mut file)?;
    drop(file);
    fs::rename(part, dest)?;
    sweep.0 = None;
    let mut out = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    // Paper first, then the wire: either is soon enough.
    writeln!(out, "received {length} bytes")?;
    writeln!(client, "received {length} bytes")
}

fn main() -> ExitCode {
    let args: Vec<OsString> = std::env::args_os().skip(1).collect();
    if let [addr, dest] = &args[..]
        && let Some(Ok(addr)) = addr.to_str().map(str::parse)
    {
        let Err(err) = run(addr, dest.as_ref()) else { return ExitCode::SUCCESS };
        eprintln!("server: {err}");
        return ExitCode::FAILURE;
    }
    eprintln!("usage: server ADDR DEST");
    ExitCode::from(2)
}
