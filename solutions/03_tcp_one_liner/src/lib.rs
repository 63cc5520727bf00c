//! What the server and the client share: taking the address from the command line, and reading
//! one line from a byte stream.

use std::io::{self, BufRead, Write};
use std::net::SocketAddr;

/// The one argument of both programs, `ADDR`: an IP address and a port, like `127.0.0.1:5555` or
/// `[::1]:5555`.
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

/// Reads one line, and takes its end off: the `\n`, and one `\r` directly before it.
///
/// TCP carries bytes, not messages. One `read` may bring half a line, half a character, or three
/// lines at once; only the `\n` says where a line ends. `read_until` reads as often as it must to
/// find it. What the buffer holds behind the `\n` stays there for the next call.
///
/// The line is handed out as bytes: it is printed as it came, and so it does not matter here
/// whether it is UTF-8. Turning bytes into characters *before* the line is whole would go wrong,
/// since a read may end in the middle of a character.
///
/// # Errors
///
/// `UnexpectedEof` where the peer hangs up first: `read_until` then returns what it has, without
/// a `\n` at its end, and half a line is no line. Any error of the connection (a reset, say) is
/// passed on.
pub fn read_line(reader: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    reader.read_until(b'\n', &mut line)?;

    if line.pop() != Some(b'\n') {
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the peer hung up before its line ended"));
    }
    // Exactly one: in "so\r\r\n" the first `\r` belongs to the text.
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    Ok(line)
}

/// Prints one line, as it is.
///
/// `println!` panics where stdout is closed; this tells.
///
/// # Errors
///
/// Whatever stdout has to say.
pub fn print_line(line: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(line)?;
    stdout.write_all(b"\n")?;
    stdout.flush()
}
