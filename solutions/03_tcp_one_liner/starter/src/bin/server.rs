//! `server ADDR`: greets one client, prints the line that it answers, and is done.

use std::net::SocketAddr;
use std::process::ExitCode;

use tcp_one_liner::address_argument;

fn main() -> ExitCode {
    // Wrong arguments: exit code 2, and how to do it right. Given to you.
    let addr = match address_argument() {
        Ok(addr) => addr,
        Err(why) => {
            eprintln!("server: {why}\nusage: server ADDR    (for example 127.0.0.1:5555)");
            return ExitCode::from(2);
        }
    };
    // Anything else that goes wrong: exit code 1, and the reason on stderr, never a panic.
    match serve_one(addr) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("server: {why}");
            ExitCode::FAILURE
        }
    }
}

/// Serves exactly one client on `addr`.
fn serve_one(addr: SocketAddr) -> Result<(), String> {
    // 1. Create a socket,
    // 2. bind it to `addr`,
    // 3. and listen. In Rust one call does these three. Turn its error into a sentence:
    //    `.map_err(|e| format!("cannot listen on {addr}: {e}"))?`
    // 4. Wait for one client. You get a second socket, for talking with this client alone.
    // 5. Greet it: the line `Welcome to study socket!`. All of it, in one go.
    // 6. Read one line, and print it.
    // 7. Close. Which line of code does that in Rust?
    todo!("serve one client on {addr}")
}
