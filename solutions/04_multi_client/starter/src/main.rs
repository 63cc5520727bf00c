//! `multi_client ADDR`: greets every client, prints the one line that each sends, and serves any
//! number of them at the same time.

use std::net::{SocketAddr, TcpListener};
use std::process::ExitCode;

fn main() -> ExitCode {
    let addr = match address_argument() {
        Ok(addr) => addr,
        Err(why) => {
            eprintln!("multi_client: {why}\nusage: multi_client ADDR    (for example 127.0.0.1:5556)");
            return ExitCode::from(2);
        }
    };
    match TcpListener::bind(addr) {
        Ok(listener) => serve(&listener),
        Err(e) => {
            eprintln!("multi_client: cannot listen on {addr}: {e}");
            ExitCode::FAILURE
        }
    }
}

/// The one argument, `ADDR`. Given to you.
fn address_argument() -> Result<SocketAddr, String> {
    let mut args = std::env::args().skip(1);
    let (Some(addr), None) = (args.next(), args.next()) else {
        return Err("exactly one argument is needed".to_string());
    };
    addr.parse().map_err(|e| format!("{addr:?}: {e}"))
}

/// Serves clients until the program is stopped: `-> !` says that this never returns.
fn serve(listener: &TcpListener) -> ! {
    // For ever:
    //   1. Wait for a client. What if that fails once? Is the server done?
    //   2. Greet it: the line `Welcome to study socket!`.
    //   3. Read one line from it.
    //   4. Print `PEER: LINE`, where PEER is the client's address.
    //   5. Close its connection.
    //
    // While step 3 waits for one client, who does step 1 for the next? Begin by writing steps 2 to
    // 5 as a function of their own, and then decide who calls it, and where.
    todo!("serve everybody who comes to {listener:?}")
}
