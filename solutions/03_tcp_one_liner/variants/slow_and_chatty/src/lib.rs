//! Thousands of words on stderr, and naps.

use std::error::Error;
use std::io::{BufRead, BufReader, Read};
use std::net::{SocketAddr, ToSocketAddrs};
use std::thread::sleep;
use std::time::Duration;

pub type Outcome<T> = Result<T, Box<dyn Error>>;

pub fn ramble(about: &str) {
    for n in 1..=1_000 {
        eprintln!("{n:>5}. {about}, and another thing: 网络编程, it goes on and on");
    }
}

pub fn nap(ms: u64) {
    eprint!("zzz ");
    sleep(Duration::from_millis(ms));
}

pub fn only_address(mut args: impl Iterator<Item = String>) -> Option<SocketAddr> {
    let addr = args.next()?.to_socket_addrs().ok()?.next();
    if args.next().is_some() { None } else { addr }
}

/// A line of text: bytes that are none are an error.
pub fn text_line(stream: impl Read) -> Outcome<String> {
    let mut line = String::new();
    BufReader::with_capacity(2 << 20, stream).read_line(&mut line)?;
    let Some(line) = line.strip_suffix('\n') else {
        return Err(format!("{} bytes, and then they hung up", line.len()).into());
    };
    Ok(line.strip_suffix('\r').unwrap_or(line).to_owned())
}

/// Prints the reason, if there is one, behind all the rest; the exit code.
pub fn code(result: Outcome<()>) -> u8 {
    let Err(why) = result else { return 0 };
    ramble("alas");
    eprintln!("it failed: {why}");
    1
}
