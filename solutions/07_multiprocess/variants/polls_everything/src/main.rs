//! Each process has one thread that never blocks: main asks socket and children by turns, a child its socket and
//! `/proc/self/stat`, where its parent's number stands. No pipe at all; a failing main kills its children.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, ExitCode, id};
use std::time::Duration;
use std::{env, fs, thread};

/// A talk that goes on a little whenever it is asked to.
struct Talk {
    name: String,
    stream: TcpStream,
    out: Vec<u8>,
    answer: Vec<u8>,
    next: u32,
}

impl Talk {
    fn new(name: &str, addr: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(addr)?;
        stream.set_nonblocking(true)?;
        let out = format!("{name} {}\n", id()).into_bytes();
        Ok(Self { name: name.to_owned(), stream, out, answer: Vec::new(), next: 0 })
    }

    /// Goes on as far as it can without waiting; `true` when the talk is over.
    fn go_on(&mut self) -> io::Result<bool> {
        match self.attempt() {
            Err(err) if matches!(err.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => Ok(false),
            other => other,
        }
    }

    fn attempt(&mut self) -> io::Result<bool> {
        loop {
            while !self.out.is_empty() {
                let count = self.stream.write(&self.out)?;
                self.out.drain(..count);
            }
            let mut byte = [0];
            if self.stream.read(&mut byte)? == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
            self.answer.push(byte[0]);
            if byte[0] == b'\n' {
                if self.answer != b"ok\n" && self.answer != b"ok\r\n" {
                    return Err(ErrorKind::InvalidData.into());
                }
                if self.next == 10 {
                    return Ok(true);
                }
                self.answer.clear();
                self.out = format!("{} {}\n", self.name, self.next).into_bytes();
                self.next += 1;
            } else if self.answer.len() > 50 {
                return Err(ErrorKind::InvalidData.into());
            }
        }
    }
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let result = match args[..] {
        [addr] if addr.parse::<SocketAddr>().is_ok() => main_part(addr),
        ["child", name, parent, addr] => child_part(name, parent, addr),
        _ => {
            eprintln!("usage: multiprocess ADDR");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(err) => {
            eprintln!("{err}");
            ExitCode::FAILURE
        }
    }
}

fn nap() {
    thread::sleep(Duration::from_millis(4));
}

/// The number of the parent: the second field behind the last parenthesis.
fn parent() -> io::Result<String> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let behind = stat.rsplit(')').next().unwrap_or_default();
    Ok(behind.split_whitespace().nth(1).unwrap_or_default().to_owned())
}

fn child_part(name: &str, main: &str, addr: &str) -> io::Result<()> {
    let mut talk = Talk::new(name, addr.parse().map_err(io::Error::other)?)?;
    while !talk.go_on()? {
        if parent()? != main {
            return Err(io::Error::other(format!("{name}: main is gone")));
        }
        nap();
    }
    Ok(())
}

fn main_part(addr: &str) -> io::Result<()> {
    let mut children: Vec<(&str, Child)> = Vec::new();
    let result = together(addr, &mut children);
    // Whoever still lives has no reason to any more. A child that is gone is not killed twice.
    for (_, child) in &mut children {
        if child.try_wait()?.is_none() {
            child.kill()?;
            child.wait()?;
        }
    }
    result
}

fn together(addr: &str, children: &mut Vec<(&'static str, Child)>) -> io::Result<()> {
    for name in ["music", "coding"] {
        let child =
            Command::new(env::current_exe()?).args(["child", name, &id().to_string(), addr]).spawn()?;
        children.push((name, child));
    }
    let mut talk = Talk::new("main", addr.parse().map_err(io::Error::other)?)?;
    let mut over = false;
    let mut ended = [false; 2];
    let mut failed = Vec::new();
    while !over || ended.contains(&false) {
        over = over || talk.go_on().map_err(|err| io::Error::other(format!("main: {err}")))?;
        for ((name, child), ended) in children.iter_mut().zip(&mut ended) {
            if !*ended && let Some(status) = child.try_wait()? {
                *ended = true;
                if status.success() {
                    tell(&format!("{name} exited 0"))?;
                } else {
                    failed.push(format!("{name}: {status}"));
                }
            }
        }
        nap();
    }
    if failed.is_empty() { tell("main done") } else { Err(io::Error::other(failed.join(", "))) }
}

fn tell(line: &str) -> io::Result<()> {
    let mut out = io::stdout();
    writeln!(out, "{line}")?;
    out.flush()
}
