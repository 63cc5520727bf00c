//! Accepts one client and prints its lines as they arrive, until one of them is exactly `886`.

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
            eprintln!("server: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// Says what is wrong with the arguments, and what would be right: exit code 2.
fn usage(problem: &str) -> ExitCode {
    eprintln!("server: {problem}");
    eprintln!("usage: server ADDR    (127.0.0.1:5555 or [::1]:5555)");
    ExitCode::from(2)
}

/// Serves one client. An `Err` holds the reason, for `main` to print.
fn run(addr: SocketAddr) -> Result<(), String> {
    // 1. Listen on `addr`, and on nothing else.
    //
    // 2. Accept one client.
    //
    // 3. Read a line. How do you know that a line is whole? What do you keep if a part of the next
    //    one came with it? The lecture notes call `recv(1024)` once and take what it gives for a
    //    message: why does that work in the classroom, and not in general?
    //
    // 4. No line any more? Then the client is gone. Did it hang up, or was the connection reset?
    //    Is either of them a failure of this program?
    //
    // 5. Print the line, now, not when a buffer is full.
    //
    // 6. Is it exactly `886`? Then close and be done. Otherwise go on at step 3.
    todo!("serve one client on {addr}")
}
