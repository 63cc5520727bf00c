//! A thread reads the file, another sends it, a third waits for the answer from the first moment on.

use std::env::args_os;
use std::ffi::OsString;
use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read, Result, Write};
use std::net::{Shutdown, TcpStream};
use std::process::exit;
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::thread;

enum News {
    Sent(Result<u64>),
    Answered(Result<Vec<u8>>),
}

fn usage() -> ! {
    eprintln!("usage: client ADDR SRC");
    exit(2)
}

fn fail(why: &str) -> ! {
    eprintln!("client: {why}");
    exit(1)
}

fn main() {
    let mut args = args_os().skip(1);
    let addr: std::net::SocketAddr =
        args.next().unwrap_or_else(|| usage()).to_string_lossy().parse().unwrap_or_else(|_| usage());
    let src = args.next().unwrap_or_else(|| usage());
    if args.next().is_some() {
        usage();
    }
    let server = TcpStream::connect(addr).unwrap_or_else(|err| fail(&format!("{addr}: {err}")));
    let ear = server.try_clone().unwrap_or_else(|err| fail(&err.to_string()));
    let (disk, chunks) = sync_channel(3);
    let (sender, news) = channel();
    let listener = sender.clone();
    thread::spawn(move || {
        if let Err(err) = read(&src, &disk) {
            let _ = disk.send(Err(err));
        }
    });
    thread::spawn(move || {
        let _ = sender.send(News::Sent(send(server, &chunks)));
    });
    thread::spawn(move || {
        let mut line = Vec::new();
        let result = BufReader::new(ear).take(99).read_until(b'\n', &mut line);
        let _ = listener.send(News::Answered(result.map(|_| line)));
    });
    let (mut length, mut answer) = (None, None);
    loop {
        match news.recv() {
            Ok(News::Sent(Ok(count))) => length = Some(count),
            Ok(News::Answered(Ok(line))) => answer = Some(line),
            Ok(News::Sent(Err(err)) | News::Answered(Err(err))) => fail(&err.to_string()),
            Err(_) => fail("nobody works any more"),
        }
        if let (Some(length), Some(line)) = (length, &answer) {
            let text = line.strip_suffix(b"\n").unwrap_or_else(|| fail("no whole receipt"));
            if text.strip_suffix(b"\r").unwrap_or(text) != format!("received {length} bytes").as_bytes() {
                fail("another receipt");
            }
            println!("sent {length} bytes");
            exit(0);
        }
    }
}

fn read(src: &OsString, chunks: &SyncSender<Result<Vec<u8>>>) -> Result<()> {
    let mut file = File::open(src)?;
    loop {
        let mut chunk = vec![0; 70_001];
        let count = match file.read(&mut chunk) {
            Err(err) if err.kind() == ErrorKind::Interrupted => continue,
            other => other?,
        };
        chunk.truncate(count);
        if count == 0 || chunks.send(Ok(chunk)).is_err() {
            return Ok(());
        }
    }
}

fn send(mut server: TcpStream, chunks: &Receiver<Result<Vec<u8>>>) -> Result<u64> {
    let mut length = 0;
    for chunk in chunks {
        let chunk = chunk?;
        server.write_all(&chunk)?;
        length += chunk.len() as u64;
    }
    server.shutdown(Shutdown::Write)?;
    Ok(length)
}
