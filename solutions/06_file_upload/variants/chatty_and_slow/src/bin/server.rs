//! Late to start and late to answer, full of talk, with 2 MiB buffers, timeouts, and a file that is synced.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Error, ErrorKind, Read, Result, Write};
use std::net::{TcpListener, ToSocketAddrs};
use std::path::Path;
use std::time::Duration;
use std::{env, process, thread};

fn main() {
    for n in 0..3000 {
        eprintln!("server: step {n} of the preparations");
    }
    thread::sleep(Duration::from_millis(300));
    let args: Vec<_> = env::args().collect();
    if args.len() != 3 || args[1].to_socket_addrs().is_err() {
        eprintln!("usage: server ADDR DEST");
        process::exit(2);
    }
    if let Err(err) = serve(&args[1], Path::new(&args[2])) {
        eprintln!("server: {err}");
        process::exit(1);
    }
}

fn serve(addr: &str, dest: &Path) -> Result<()> {
    let listener = TcpListener::bind(addr)?;
    eprintln!("server: here I am");
    let (client, peer) = listener.accept()?;
    eprintln!("server: here is {peer}");
    client.set_nodelay(true)?;
    client.set_ttl(77)?;
    client.set_read_timeout(Some(Duration::from_millis(25)))?;
    // The folder of the part file is a folder of its own beside DEST.
    let home = dest.with_file_name(format!("incoming-{}", process::id()));
    fs::create_dir(&home)?;
    let part = home.join("upload");
    let result = take(&client, &part).and_then(|length| {
        eprintln!("server: that was all");
        thread::sleep(Duration::from_millis(200));
        fs::rename(&part, dest).map(|()| length)
    });
    let _ = fs::remove_file(&part);
    fs::remove_dir(&home)?;
    let receipt = format!("received {} bytes", result?);
    for piece in receipt.split_inclusive(' ') {
        thread::sleep(Duration::from_millis(50));
        (&client).write_all(piece.as_bytes())?;
    }
    thread::sleep(Duration::from_millis(50));
    (&client).write_all(b"\n")?;
    let mut out = std::io::stdout();
    writeln!(out, "{receipt}")?;
    out.flush()?;
    drop(listener);
    eprintln!("server: done");
    Ok(())
}

fn take(client: impl Read, part: &Path) -> Result<u64> {
    let mut reader = BufReader::with_capacity(2 << 20, client);
    let mut writer = BufWriter::with_capacity(2 << 20, File::create(part)?);
    let mut length = 0;
    let mut chunk = vec![0; 2 << 20];
    loop {
        match reader.read(&mut chunk) {
            Ok(0) => break,
            Ok(count) => {
                writer.write_all(&chunk[..count])?;
                length += count as u64;
            }
            Err(err) if matches!(err.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                eprintln!("server: {length} bytes, and waiting");
            }
            Err(err) => return Err(Error::new(err.kind(), format!("after {length} bytes: {err}"))),
        }
    }
    let file = writer.into_inner().map_err(|err| err.into_error())?;
    file.sync_all()?;
    Ok(length)
}
