//! Collects the upload in a file without a name, copies it beside DEST when it is whole, and renames the copy.

use std::env;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Seek, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{self, ExitCode};

fn main() -> ExitCode {
    let args: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let addr = args.first().and_then(|addr| addr.to_str()).and_then(|addr| addr.parse().ok());
    let (Some(addr), 2) = (addr, args.len()) else {
        eprintln!("usage: server ADDR DEST");
        return ExitCode::from(2);
    };
    match serve(addr, &args[1]) {
        Ok(()) => ExitCode::SUCCESS,
        Err(err) => {
            eprintln!("server: {err}");
            ExitCode::FAILURE
        }
    }
}

/// A file that has no name any more: it goes with its handle, whatever happens.
fn nameless(folder: &Path) -> io::Result<File> {
    let path = folder.join(format!("spool-{}", process::id()));
    let file = File::options().read(true).write(true).create_new(true).open(&path)?;
    fs::remove_file(path)?;
    Ok(file)
}

fn serve(addr: SocketAddr, dest: &Path) -> io::Result<()> {
    let (mut client, _) = TcpListener::bind(addr)?.accept()?;
    let folder = dest.parent().ok_or(ErrorKind::InvalidInput)?;
    let mut spool = nameless(folder)?;
    let length = io::copy(&mut client, &mut spool)?;
    spool.rewind()?;
    put(&mut spool, folder, dest)?;
    let receipt = format!("received {length} bytes\n");
    client.write_all(receipt.as_bytes())?;
    let mut out = io::stdout();
    out.write_all(receipt.as_bytes())?;
    out.flush()
}

fn put(spool: &mut File, folder: &Path, dest: &Path) -> io::Result<()> {
    let copy = folder.join(format!("copy-{}", process::id()));
    let mut file = File::create_new(&copy)?;
    io::copy(spool, &mut file).and_then(|_| fs::rename(&copy, dest)).inspect_err(|_| {
        let _ = fs::remove_file(&copy);
    })
}
