//! What the server and the client share. Both are told an address, both read one line: what you
//! write here, you write once. `server.rs` and `client.rs` reach it as `tcp_one_liner::…`.

use std::net::SocketAddr;

/// The one argument of both programs, `ADDR`: an IP address and a port, like `127.0.0.1:5555` or
/// `[::1]:5555`. Given to you.
///
/// # Errors
///
/// Says what is wrong with the arguments: too few, too many, or no address.
pub fn address_argument() -> Result<SocketAddr, String> {
    let mut args = std::env::args().skip(1);
    let (Some(addr), None) = (args.next(), args.next()) else {
        return Err("exactly one argument is needed".to_string());
    };
    addr.parse().map_err(|e| format!("{addr:?}: {e}"))
}

// A good place for a function that reads exactly one line from a connection. Before you write it,
// answer these three:
//   - One `read` brings half a line. How do you know, and what do you do?
//   - The connection ends, and no `\n` has come. Is what you have a line?
//   - The line ends in `\r\n`. What is printed? And if it ends in `\r\r\n`?
