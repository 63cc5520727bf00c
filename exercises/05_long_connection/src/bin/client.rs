//! Sends each line that is typed over one connection, until the line `886` or the end of input.

use std::env;
use std::net::SocketAddr;
use std::process::ExitCode;

// `main` and `usage` are complete: go on at `run`.

fn main() -> ExitCode {
    let mut args = env::args().skip(1);
    let (Some(given), None) = (args.next(), args.next()) else {
        return usage("exactly one argument is needed");
    };
    let addr: SocketAddr = match given.parse() {
        Ok(addr) => addr,
        Err(err) => return usage(&format!("{given:?} is no address: {err}")),
    };
    match run(addr) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("client: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// Says what is wrong with the arguments, and what would be right: exit code 2.
fn usage(problem: &str) -> ExitCode {
    eprintln!("client: {problem}");
    eprintln!("usage: client ADDR    (127.0.0.1:5555 or [::1]:5555)");
    ExitCode::from(2)
}

/// Talks with the server. An `Err` holds the reason, for `main` to print.
fn run(addr: SocketAddr) -> Result<(), String> {
    // 1. Connect. This one connection carries all that follows.
    //
    // 2. Read a line that was typed, without its line end. What if the input ends without one?
    //
    // 3. Send it with one `\n`, before you read the next.
    //
    // 4. Was it exactly `886`, or is the input at its end? Then close and be done. Otherwise go on
    //    at step 2.
    //
    // Make this much work first. Then comes the hard part:
    //
    // 5. The server may hang up while nobody types. At that moment your program sleeps, waiting for
    //    the keyboard. Who is going to notice? And who ends the program, and how, so that a server
    //    that hangs up *after* `886` was sent is no failure?
    todo!("talk with the server at {addr}")
}
