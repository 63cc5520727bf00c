//! Between main and each child a pair of Unix sockets, the child's end as its stdin; a child waits for its `ok`
//! with a timeout and looks at the pair in between. Who is who stands in an environment variable.

use std::env;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::process::{Command, ExitCode, Stdio, id};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

const ROLE: &str = "MULTIPROCESS_ROLE";

type Outcome = Result<(), String>;

fn main() -> ExitCode {
    let args: Vec<String> = env::args().collect();
    let addr = match args.as_slice() {
        [_, addr] => addr.parse().ok(),
        _ => None,
    };
    let Some(addr) = addr else {
        eprintln!("usage: multiprocess ADDR");
        return ExitCode::from(2);
    };
    let outcome = match env::var(ROLE) {
        Ok(name) => child(&name, addr),
        Err(_) => parent(addr),
    };
    if let Err(reason) = outcome {
        eprintln!("{reason}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

enum News {
    Own(Outcome),
    Child(&'static str, Outcome),
}

fn parent(addr: SocketAddr) -> Outcome {
    let (post, news) = mpsc::channel();
    let mut pairs = Vec::new();
    let mut failed: Vec<String> = Vec::new();
    let mut waiting = 1;
    let own = post.clone();
    thread::spawn(move || {
        let talked = talk("main", addr, || true).map_err(|err| format!("main: {err}"));
        let _ = own.send(News::Own(talked));
    });
    for name in ["coding", "music"] {
        match start(name, &post) {
            Ok(pair) => {
                pairs.push(pair);
                waiting += 1;
            }
            Err(err) => {
                failed.push(format!("{name} cannot be started: {err}"));
                pairs.clear();
            }
        }
    }
    let mut own_failure = None;
    while waiting > 0 {
        let Ok(event) = news.recv() else { break };
        match event {
            News::Own(outcome) => {
                if let Err(reason) = outcome {
                    // The other ends see the end of the stream.
                    pairs.clear();
                    own_failure = Some(reason);
                }
            }
            News::Child(name, Ok(())) => {
                let told = tell(&format!("{name} exited 0"));
                failed.extend(told.err().map(|err| err.to_string()));
            }
            News::Child(_, Err(reason)) => failed.push(reason),
        }
        waiting -= 1;
    }
    failed.extend(own_failure);
    if failed.is_empty() { tell("main done").map_err(|err| err.to_string()) } else { Err(failed.join("; ")) }
}

fn start(name: &'static str, post: &mpsc::Sender<News>) -> io::Result<UnixStream> {
    let (ours, theirs) = UnixStream::pair()?;
    let mut child = Command::new("/proc/self/exe")
        .args(env::args().skip(1))
        .env(ROLE, name)
        .stdin(OwnedFd::from(theirs))
        .stdout(Stdio::null())
        .spawn()?;
    let post = post.clone();
    thread::spawn(move || {
        let outcome = match child.wait() {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("{name} ended badly: {status}")),
            Err(err) => Err(format!("{name} cannot be waited for: {err}")),
        };
        let _ = post.send(News::Child(name, outcome));
    });
    Ok(ours)
}

fn child(name: &str, addr: SocketAddr) -> Outcome {
    let pair =
        io::stdin().as_fd().try_clone_to_owned().map(UnixStream::from).map_err(|err| err.to_string())?;
    pair.set_nonblocking(true).map_err(|err| err.to_string())?;
    let alive = || match (&pair).read(&mut [0]) {
        Err(err) => matches!(err.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted),
        Ok(count) => count > 0,
    };
    talk(name, addr, alive).map_err(|err| format!("{name}: {err}"))
}

/// `alive` is asked whenever an answer lets wait for itself.
fn talk(name: &str, addr: SocketAddr, alive: impl Fn() -> bool) -> io::Result<()> {
    let mut stream = TcpStream::connect(addr)?;
    stream.set_read_timeout(Some(Duration::from_millis(40)))?;
    stream.set_nodelay(true)?;
    let mut answers = BufReader::with_capacity(2, stream.try_clone()?);
    for line in std::iter::once(id()).chain(0..10) {
        writeln!(stream, "{name} {line}")?;
        let mut answer = Vec::new();
        // What came before a timeout stays in `answer`.
        while let Err(err) = answers.by_ref().take(100 - answer.len() as u64).read_until(b'\n', &mut answer) {
            if !matches!(err.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) {
                return Err(err);
            }
            if !alive() {
                return Err(io::Error::other("main is gone"));
            }
        }
        if !matches!(&answer[..], b"ok\n" | b"ok\r\n") {
            return Err(io::Error::other(format!("the answer was {:?}", answer.escape_ascii().to_string())));
        }
    }
    Ok(())
}

fn tell(line: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}
