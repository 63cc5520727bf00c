//! `client ADDR`: waits for the server's line, prints it, answers, and is done.

use std::net::SocketAddr;
use std::process::ExitCode;

use tcp_one_liner::address_argument;

fn main() -> ExitCode {
    // The same frame as the server's.
    let addr = match address_argument() {
        Ok(addr) => addr,
        Err(why) => {
            eprintln!("client: {why}\nusage: client ADDR    (for example 127.0.0.1:5555)");
            return ExitCode::from(2);
        }
    };
    match answer(addr) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("client: {why}");
            ExitCode::FAILURE
        }
    }
}

/// Talks to the server at `addr`.
fn answer(addr: SocketAddr) -> Result<(), String> {
    // 1. Create a socket,
    // 2. and connect it to `addr`. One call. What if nobody listens there?
    // 3. Wait for the server's line, and print it. Say nothing before you have it.
    // 4. Send the line `收到, 已开始学习, So Easy!`. How many bytes is that?
    // 5. Close, without waiting for the server.
    todo!("talk to the server at {addr}")
}
