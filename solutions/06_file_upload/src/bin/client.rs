//! Uploads one file, and believes that it has arrived when the server says so.

use std::env;
use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::path::Path;
use std::process::ExitCode;

/// How much is held in memory at a time, however long the file is.
const CHUNK: usize = 64 * 1024;

/// No receipt is longer than this, its line end included.
const RECEIPT_LIMIT: u64 = 64;

fn main() -> ExitCode {
    // `args_os`, not `args`: a file name on Unix is any bytes, and `args` panics if they are no text.
    let mut args = env::args_os().skip(1);
    let (Some(given), Some(src), None) = (args.next(), args.next(), args.next()) else {
        return usage("exactly two arguments are needed");
    };
    let Some(addr) = given.to_str().and_then(|text| text.parse::<SocketAddr>().ok()) else {
        return usage(&format!("{} is no address", given.display()));
    };
    match run(addr, Path::new(&src)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("client: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// Says what is wrong with the arguments, and what would be right.
fn usage(problem: &str) -> ExitCode {
    eprintln!("client: {problem}");
    eprintln!("usage: client ADDR SRC    (127.0.0.1:6666 or [::1]:6666; SRC is the file to send)");
    ExitCode::from(2)
}

fn run(addr: SocketAddr, src: &Path) -> Result<(), String> {
    // The file first, the connection second. If there is nothing to send, the server must not hear
    // from us: it could not tell a connection without bytes from an empty file.
    let mut file = open(src).map_err(|err| format!("cannot read {}: {err}", src.display()))?;
    let mut server = TcpStream::connect(addr).map_err(|err| format!("cannot connect to {addr}: {err}"))?;

    let length = send(&mut file, &mut server)?;

    // An end of stream is the only end mark that a file of any bytes can have. Only our direction
    // ends: we stop talking and go on listening. Without this the server would wait for more, and
    // we for its answer, for ever.
    server.shutdown(Shutdown::Write).map_err(|err| format!("cannot end the upload: {err}"))?;

    check_receipt(server, length)?;

    let mut stdout = io::stdout().lock();
    writeln!(stdout, "sent {length} bytes")
        .and_then(|()| stdout.flush())
        .map_err(|err| format!("cannot write to stdout: {err}"))
}

/// Opens the file. On Unix a folder can be opened too, but has no bytes to be read.
fn open(src: &Path) -> io::Result<File> {
    let file = File::open(src)?;
    if file.metadata()?.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    Ok(file)
}

/// Sends all of `file`, and returns how many bytes it was.
///
/// `io::copy` would do the same in one line. The loop stands here since it can say which side
/// failed: a disk that cannot be read is another matter than a server that went away.
fn send(file: &mut File, server: &mut TcpStream) -> Result<u64, String> {
    let mut chunk = vec![0; CHUNK];
    let mut length = 0;
    loop {
        let count = match file.read(&mut chunk) {
            Ok(0) => return Ok(length),
            Ok(count) => count,
            Err(err) if err.kind() == ErrorKind::Interrupted => continue,
            Err(err) => return Err(format!("cannot read on after {length} bytes: {err}")),
        };
        // If the server is slower than our disk, the kernel's buffers fill up and `write_all` waits
        // here. Nothing piles up in this program: that is TCP's flow control at work.
        server
            .write_all(&chunk[..count])
            .map_err(|err| format!("the upload broke off after {length} bytes: {err}"))?;
        length += count as u64;
    }
}

/// Waits for the server's line. It must be whole, and name the number of bytes that we sent.
///
/// That the kernel took our bytes says little: they may still be on the way, or the server's disk
/// may be full. Only the other program can say what the other program has done.
fn check_receipt(server: TcpStream, length: u64) -> Result<(), String> {
    let mut line = Vec::new();
    BufReader::new(server)
        .take(RECEIPT_LIMIT)
        .read_until(b'\n', &mut line)
        .map_err(|err| format!("no receipt: {err}"))?;

    // Without its `\n` the line may be the beginning of another: `received 10` of `received 1000`.
    if line.pop_if(|byte| *byte == b'\n').is_none() {
        return Err(match line.len() {
            0 => "the server hung up without a receipt".to_owned(),
            _ => format!("this is no whole receipt: {:?}", String::from_utf8_lossy(&line)),
        });
    }
    line.pop_if(|byte| *byte == b'\r');

    // The whole line is compared, so a number that only begins like ours is not ours.
    if line != format!("received {length} bytes").as_bytes() {
        return Err(format!("sent {length} bytes, but got the answer {:?}", String::from_utf8_lossy(&line)));
    }
    Ok(())
}
