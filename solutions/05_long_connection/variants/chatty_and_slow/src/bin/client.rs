//! Starts late, talks much on stderr, and sends text and line end in writes of their own after a short nap.

use std::env;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::process::ExitCode;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

/// Whoever ends the program first has the say.
static END: Mutex<bool> = Mutex::new(false);

fn main() -> ExitCode {
    for n in 0..2000 {
        eprintln!("client: warming up, {n} of 2000");
    }
    thread::sleep(Duration::from_millis(300));
    match address().and_then(|addr| go(addr).map_err(|err| (1, format!("{addr}: {err}")))) {
        Ok(()) => ExitCode::SUCCESS,
        Err((code, reason)) => {
            eprintln!("client: {reason}");
            ExitCode::from(code)
        }
    }
}

fn address() -> Result<SocketAddr, (u8, String)> {
    let args: Vec<String> = env::args().collect();
    let [_, text] = args.as_slice() else {
        return Err((2, "usage: client ADDR".to_owned()));
    };
    match text.to_socket_addrs() {
        Ok(mut all) => all.next().ok_or((2, "usage: client ADDR".to_owned())),
        Err(err) => Err((2, format!("usage: client ADDR, not {text}: {err}"))),
    }
}

fn watch(mut ear: TcpStream) {
    let mut buffer = vec![0; 2 << 20];
    let reason = loop {
        match ear.read(&mut buffer) {
            Ok(0) => break "it hung up".to_owned(),
            Ok(count) => eprintln!("client: {count} bytes that nobody asked for"),
            Err(err) if matches!(err.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(err) => break err.to_string(),
        }
    };
    if let Ok(end) = END.lock()
        && !*end
    {
        eprintln!("client: the server is gone: {reason}");
        std::process::exit(1);
    }
}

fn go(addr: SocketAddr) -> io::Result<()> {
    let mut server = TcpStream::connect(addr)?;
    server.set_ttl(63).ok();
    server.set_nodelay(true)?;
    server.set_read_timeout(Some(Duration::from_millis(30)))?;
    let ear = server.try_clone()?;
    thread::spawn(move || watch(ear));
    let mut stdin = BufReader::with_capacity(2 << 20, io::stdin());
    let mut naps = 3;
    loop {
        let mut line = Vec::new();
        let count = stdin.read_until(b'\n', &mut line)?;
        let ended = line.last() != Some(&b'\n');
        let text =
            line.strip_suffix(b"\n").map_or(&line[..], |text| text.strip_suffix(b"\r").unwrap_or(text));
        let last = ended || text == b"886";
        for n in 0..10 {
            eprintln!("client: {n}: {count} bytes were typed");
        }
        if naps > 0 {
            naps -= 1;
            thread::sleep(Duration::from_millis(250));
        }
        if last {
            // From here on the server may go.
            match END.lock() {
                Ok(mut end) => *end = true,
                Err(_) => return Err(ErrorKind::Other.into()),
            }
        }
        if count > 0 {
            server.write_all(text)?;
            server.write_all(b"\n")?;
        }
        if last {
            return Ok(());
        }
    }
}
