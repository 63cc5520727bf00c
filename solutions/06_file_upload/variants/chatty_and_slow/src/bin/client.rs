//! Late to start, with naps between the first chunks, full of talk; waits for the answer with a timeout again and again.

use std::fs::File;
use std::io::{BufReader, BufWriter, ErrorKind, Read, Result, Write};
use std::net::{Shutdown, TcpStream, ToSocketAddrs};
use std::time::Duration;
use std::{env, fs, process, thread};

fn main() {
    for n in 0..3000 {
        eprintln!("client: step {n} of the preparations");
    }
    thread::sleep(Duration::from_millis(300));
    let args: Vec<_> = env::args().collect();
    if args.len() != 3 || args[1].to_socket_addrs().is_err() {
        eprintln!("usage: client ADDR SRC");
        process::exit(2);
    }
    match upload(&args[1], &args[2]) {
        Ok(length) => println!("sent {length} bytes"),
        Err(err) => {
            eprintln!("client: {err}");
            process::exit(1);
        }
    }
}

fn upload(addr: &str, src: &str) -> Result<u64> {
    // Connect first, look at the file later.
    let server = TcpStream::connect(addr)?;
    server.set_nodelay(true)?;
    server.set_read_timeout(Some(Duration::from_millis(15)))?;
    if fs::metadata(src)?.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    let mut file = BufReader::with_capacity(2 << 20, File::open(src)?);
    let mut writer = BufWriter::with_capacity(2 << 20, &server);
    let mut chunk = vec![0; 300];
    let mut naps = 3;
    let mut length = 0;
    loop {
        let count = file.read(&mut chunk)?;
        if count == 0 {
            break;
        }
        writer.write_all(&chunk[..count])?;
        length += count as u64;
        if naps > 0 {
            writer.flush()?;
            eprintln!("client: {length} bytes, a nap");
            thread::sleep(Duration::from_millis(100));
            naps -= 1;
        } else if chunk.len() == 300 {
            chunk.resize(1 << 20, 0);
        }
    }
    writer.flush()?;
    server.shutdown(Shutdown::Write)?;
    let mut line = Vec::new();
    let mut three = [0; 3];
    let end = loop {
        if let Some(end) = line.iter().position(|byte| *byte == b'\n') {
            break end;
        }
        match (&server).read(&mut three) {
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(count) => line.extend(&three[..count]),
            Err(err) if matches!(err.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                eprintln!("client: still no receipt");
            }
            Err(err) => return Err(err),
        }
    };
    line.truncate(end);
    line.pop_if(|byte| *byte == b'\r');
    if line != format!("received {length} bytes").into_bytes() {
        return Err(std::io::Error::other(format!(
            "{length} bytes were sent: {:?}",
            line.escape_ascii().to_string()
        )));
    }
    Ok(length)
}
