//! One long `main`: connects before it looks at the file, and reads the receipt a byte at a time.

use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::process::exit;

fn main() {
    let args: Vec<_> = std::env::args_os().collect();
    let addr: Option<SocketAddr> =
        args.get(1).and_then(|text| text.to_str()).and_then(|text| text.parse().ok());
    let (Some(addr), 3) = (addr, args.len()) else {
        eprintln!("usage: client ADDR SRC");
        exit(2);
    };
    let mut server = match TcpStream::connect(addr) {
        Ok(server) => server,
        Err(err) => {
            eprintln!("{addr}: {err}");
            exit(1);
        }
    };
    let mut file = match File::open(&args[2]) {
        Ok(file) => file,
        Err(err) => {
            eprintln!("{}: {err}", args[2].display());
            exit(1);
        }
    };
    let mut chunk = [0; 12_345];
    let mut total = 0;
    loop {
        let count = match file.read(&mut chunk) {
            Ok(count) => count,
            Err(err) if err.kind() == ErrorKind::Interrupted => continue,
            // A folder ends here.
            Err(err) => {
                eprintln!("{}: {err}", args[2].display());
                exit(1);
            }
        };
        if count == 0 {
            break;
        }
        if let Err(err) = server.write_all(&chunk[..count]) {
            eprintln!("after {total} bytes: {err}");
            exit(1);
        }
        total += count;
    }
    if let Err(err) = server.shutdown(Shutdown::Write) {
        eprintln!("at the end: {err}");
        exit(1);
    }
    let mut receipt = Vec::new();
    let mut byte = [0];
    while receipt.last() != Some(&b'\n') && receipt.len() < 100 {
        match server.read(&mut byte) {
            Ok(1) => receipt.push(byte[0]),
            Ok(_) => break,
            Err(err) if err.kind() == ErrorKind::Interrupted => {}
            Err(err) => {
                eprintln!("no receipt: {err}");
                exit(1);
            }
        }
    }
    if receipt == format!("received {total} bytes\n").as_bytes()
        || receipt == format!("received {total} bytes\r\n").as_bytes()
    {
        println!("sent {total} bytes");
        exit(0);
    }
    eprintln!("wrong receipt: {receipt:?}");
    exit(1);
}
