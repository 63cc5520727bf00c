//! Mistake: only the exit code of a child is looked at. Who is ended by a signal has none, and counts as one that
//! exited 0.

use std::env;
use std::io::{self, BufRead, BufReader, PipeReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{self, Child, Command, ExitCode, Stdio};
use std::thread;

/// The children, by the names with which they introduce themselves.
const CHILDREN: [&str; 2] = ["coding", "music"];

/// The hidden argument that makes a process a child: `--as NAME ADDR`.
const CHILD_FLAG: &str = "--as";

/// Each process counts from 0 up to, and without, this.
const COUNT: u32 = 10;

/// An answer is `ok\n` or `ok\r\n`. We read a little more, so that a wrong one can be shown, but a
/// server that never ends its line must not fill our memory.
const LONGEST_ANSWER: u64 = 64;

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();

    let Some((role, addr)) = understand(&args) else {
        complain("usage: multiprocess ADDR   (HOST:PORT, such as 127.0.0.1:7777 or [::1]:7777)");
        return ExitCode::from(2);
    };
    let (name, result) = match role {
        Role::Main => ("multiprocess", run_main(addr)),
        Role::Child(name) => (name, run_child(name, addr)),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            complain(&format!("{name}: {reason}"));
            ExitCode::FAILURE
        }
    }
}

/// Which of the three this process is.
enum Role {
    Main,
    Child(&'static str),
}

/// What the arguments ask for, or `None` where they are wrong.
fn understand(args: &[&str]) -> Option<(Role, SocketAddr)> {
    match *args {
        [addr] => Some((Role::Main, addr.parse().ok()?)),
        [CHILD_FLAG, name, addr] => {
            let name = CHILDREN.into_iter().find(|child| *child == name)?;
            Some((Role::Child(name), addr.parse().ok()?))
        }
        _ => None,
    }
}

// ---- main ----------------------------------------------------------------------------------------

/// Starts the children, has main's own talk meanwhile, and waits for both.
fn run_main(addr: SocketAddr) -> Result<(), String> {
    let (far_end, lifeline) = io::pipe().map_err(|e| format!("cannot make a pipe: {e}"))?;

    // The scope ends only when every thread started in it has ended, and here each thread waits for a
    // child. So whichever way the closure is left, both children are gone before main goes on.
    thread::scope(move |scope| {
        // Owned by the closure: an early return (any `?` below) drops it, the children see the end of
        // the pipe, and leave. In the good case it lives until both have been waited for.
        let lifeline = lifeline;

        let mut waiting = Vec::new();
        for name in CHILDREN {
            let child = start(name, addr, &far_end).map_err(|e| format!("cannot start {name}: {e}"))?;
            // A thread for each: the first to end is told first, and main's talk does not stand in the way.
            waiting.push(scope.spawn(move || wait_for(name, child)));
        }

        talk("main", addr).map_err(|e| format!("main: {e}"))?;

        let failures: Vec<String> = waiting
            .into_iter()
            .filter_map(|thread| match thread.join() {
                Ok(end) => end.err(),
                Err(_) => Some("waiting for a child failed".to_owned()),
            })
            .collect();
        drop(lifeline);

        if !failures.is_empty() {
            return Err(failures.join("; "));
        }
        tell("main done")
    })
}

/// Starts this very program once more, as the child `name`.
///
/// Rust's standard library has no `fork`: a `Command` is always a fresh start from the first line of
/// `main`, so everything that the child must know goes along in its arguments.
fn start(name: &str, addr: SocketAddr, far_end: &PipeReader) -> io::Result<Child> {
    Command::new(env::current_exe()?)
        .args([CHILD_FLAG, name, &addr.to_string()])
        // What the child inherits is chosen here: the read end of the lifeline, and main's stderr for its
        // reasons. All else that main has open (its socket, the write end of the pipe) std opened with
        // close-on-exec: the kernel shuts it in the child at the moment at which the new program starts.
        .stdin(far_end.try_clone()?)
        .stdout(Stdio::null())
        .spawn()
}

/// Waits until a child has ended, and tells it if it went well.
///
/// Any other end is a failure, be it another exit code or a signal.
fn wait_for(name: &str, mut child: Child) -> Result<(), String> {
    // With `Stdio::piped()` for the lifeline this call would have closed it first: see the
    // documentation of `Child::wait`. The pipe of `run_main` is none of the child's business.
    let status = child.wait().map_err(|e| format!("cannot wait for {name}: {e}"))?;
    if status.code().unwrap_or(0) != 0 {
        return Err(format!("{name} failed ({status})"));
    }
    tell(&format!("{name} exited 0"))
}

// ---- a child -------------------------------------------------------------------------------------

/// All that a child does: the talk, as long as main lives.
fn run_child(name: &'static str, addr: SocketAddr) -> Result<(), String> {
    thread::Builder::new()
        .spawn(move || leave_with_main(name))
        .map_err(|e| format!("cannot start a thread: {e}"))?;
    talk(name, addr).map_err(|e| e.to_string())
}

/// Ends this process as soon as main has let go of the lifeline.
///
/// A process that is killed with SIGKILL cannot say goodbye, but the kernel closes all that it had
/// open, and a pipe whose last writer is gone gives end-of-file to its readers. This needs a thread of
/// its own since the other one is blocked most of the time, waiting for an `ok`.
fn leave_with_main(name: &str) -> ! {
    // Nothing is ever written to the pipe, so this reads until the end (an error is an end as well).
    let _ = io::copy(&mut io::stdin(), &mut io::sink());
    complain(&format!("{name}: main is gone"));
    process::exit(1)
}

// ---- the talk, the same in all three -------------------------------------------------------------

/// Connects, introduces itself, and counts; each line waits for its `ok`.
fn talk(name: &str, addr: SocketAddr) -> io::Result<()> {
    let stream = TcpStream::connect(addr)
        .map_err(|e| io::Error::new(e.kind(), format!("cannot connect to {addr}: {e}")))?;
    // One reader for the whole talk: what it has read ahead would be lost with it.
    let mut answers = BufReader::new(&stream);

    say(&stream, &mut answers, &format!("{name} {}", process::id()))?;
    for n in 0..COUNT {
        say(&stream, &mut answers, &format!("{name} {n}"))?;
    }
    // Dropping the stream closes the connection. Every answer was read, so the server sees an orderly end.
    Ok(())
}

/// Sends one line and waits for its `ok`.
fn say(mut stream: &TcpStream, answers: &mut impl BufRead, line: &str) -> io::Result<()> {
    // One line, one write. `writeln!` straight to a socket makes a write of each piece, and a small
    // second piece then waits (Nagle) until the first is acknowledged, which may be 40 ms later.
    stream.write_all(format!("{line}\n").as_bytes())?;

    // TCP has no lines: `o` may come now and `k\n` later. `read_until` reads on until there is a `\n`,
    // and returns with less only at the end of the stream, or here after LONGEST_ANSWER bytes.
    let mut answer = Vec::new();
    answers.take(LONGEST_ANSWER).read_until(b'\n', &mut answer)?;
    match answer.as_slice() {
        b"ok\n" | b"ok\r\n" => Ok(()),
        b"" => Err(io::Error::new(
            io::ErrorKind::UnexpectedEof,
            format!("the server hung up instead of answering {line:?}"),
        )),
        other => Err(io::Error::new(
            io::ErrorKind::InvalidData,
            format!("the server answered {line:?} with {:?}", String::from_utf8_lossy(other)),
        )),
    }
}

// ---- words to the outside ------------------------------------------------------------------------

/// Writes one line to stdout, at once and whole.
fn tell(line: &str) -> Result<(), String> {
    // `println!` would panic where nobody reads our stdout any more.
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{line}")
        .and_then(|()| stdout.flush())
        .map_err(|e| format!("cannot write {line:?} to stdout: {e}"))
}

/// Writes one line to stderr. If even that fails there is nobody left to be told.
fn complain(line: &str) {
    // One write, so that the lines of three processes on one stderr stay whole.
    let _ = io::stderr().write_all(format!("{line}\n").as_bytes());
}
