//! Mistake: `from_utf8_lossy`. Bytes that are not UTF-8 are neither passed on nor refused: others stand in their place.

use std::env;
use std::io::{self, BufRead, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::process::ExitCode;

/// The most bytes that one datagram may carry: an IPv4 packet has at most 65,535 bytes, of which
/// the IP header takes 20 and the UDP header 8. IPv6 would allow 20 more; this program does not,
/// so that what it can say does not depend on the address family.
const MAX_PAYLOAD: usize = 65_507;

fn main() -> ExitCode {
    let mut args = env::args().skip(1);
    // Exactly one argument: the first is there, and a second is not.
    let (Some(given), None) = (args.next(), args.next()) else {
        return usage("exactly one argument is needed");
    };
    let target: SocketAddr = match given.parse() {
        Ok(target) => target,
        Err(error) => return usage(&format!("{given:?} is no address: {error}")),
    };

    match run(&given, target) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("udp_send: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// Says what is wrong with the arguments, and what would be right.
fn usage(problem: &str) -> ExitCode {
    eprintln!("udp_send: {problem}");
    eprintln!("usage: udp_send ADDR    (127.0.0.1:7788 or [::1]:7788; the text comes from stdin)");
    ExitCode::from(2)
}

/// Reads the text, sends it, and tells about it. `given` is the address as it was typed: it is
/// what gets printed, for `[0:0:0:0:0:0:0:1]:7788` and `[::1]:7788` are one address and two texts.
fn run(given: &str, target: SocketAddr) -> Result<(), String> {
    let message = read_message().map_err(|error| format!("cannot read stdin: {error}"))?;

    // Looked at here and not left to the kernel: over IPv6 it would take 65,508 bytes.
    if message.len() > MAX_PAYLOAD {
        return Err(format!("the line is longer than {MAX_PAYLOAD} bytes, more than one datagram may carry"));
    }

    let message = String::from_utf8_lossy(&message);
    let sent =
        send(message.as_bytes(), target).map_err(|error| format!("cannot send to {target}: {error}"))?;

    // `println!` would panic if whoever reads our stdout has gone; `writeln!` gives an error.
    let mut stdout = io::stdout();
    writeln!(stdout, "sent {sent} bytes to {given}")
        .and_then(|()| stdout.flush())
        .map_err(|error| format!("cannot write to stdout: {error}"))
}

/// The first line of stdin without its line end. At the end of input a line may lack that end, and
/// no line at all is an empty one.
fn read_message() -> io::Result<Vec<u8>> {
    // UDP carries bytes, so bytes they stay: nothing here needs to know whether they are text.
    let mut line = Vec::new();

    // A terminal hands over whole lines. A pipe is a stream: one `read` may give half a line, cut
    // inside a character even, or three lines. `read_until` reads on until it has the line's end,
    // and asks for nothing after it, so we don't wait for a second line.
    //
    // The longest text that can be sent, with `\r\n` behind it, fits below the limit. If the limit
    // cuts a line off, what is left is too long all the same, and will be refused: an endless line
    // costs us no endless memory.
    io::stdin().lock().take(MAX_PAYLOAD as u64 + 2).read_until(b'\n', &mut line)?;

    // One `\n`, and one `\r` directly before it, are the line's end. All else is the text, a `\r`
    // that has no `\n` behind it included.
    if line.pop_if(|last| *last == b'\n').is_some() {
        line.pop_if(|last| *last == b'\r');
    }
    Ok(line)
}

/// Sends `message` as one datagram, and returns the number of its bytes.
fn send(message: &[u8], target: SocketAddr) -> io::Result<usize> {
    // A sender needs an address of its own: it is where an answer would go. Any will do, so the
    // unspecified address and port 0 leave the choice to the kernel. The family has to be the
    // target's, though: an IPv4 socket cannot send to an IPv6 address.
    let any: IpAddr = match target {
        SocketAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        SocketAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    };
    let socket = UdpSocket::bind((any, 0))?;

    // No connection is made: this one call puts one datagram on its way, whole or not at all, an
    // empty one too. Success means that our kernel took it, not that anybody received it.
    socket.send_to(message, target)
    // The socket is closed here, where its owner goes out of scope.
}
