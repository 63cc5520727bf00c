//! Sends one line of text as one UDP datagram: `udp_send ADDR`.

use std::env;
use std::io;
use std::net::SocketAddr;
use std::process::ExitCode;

// `main` and `usage` are complete: they are the model for the exercises that follow. Read them,
// then go on at `run`.

fn main() -> ExitCode {
    // `args` begins with the program's own name, which is no argument.
    let mut args = env::args().skip(1);

    // Exactly one argument: the first is there, and a second is not.
    let (Some(given), None) = (args.next(), args.next()) else {
        return usage("exactly one argument is needed");
    };

    // Text becomes an address, IPv4 or IPv6, or an error. What a user typed is no reason to panic.
    let target: SocketAddr = match given.parse() {
        Ok(target) => target,
        Err(error) => return usage(&format!("{given:?} is no address: {error}")),
    };

    // Done is exit code 0; failed is 1, with the reason on stderr.
    match run(&given, target) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("udp_send: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// Says what is wrong with the arguments, and what would be right: exit code 2.
fn usage(problem: &str) -> ExitCode {
    eprintln!("udp_send: {problem}");
    eprintln!("usage: udp_send ADDR    (127.0.0.1:7788 or [::1]:7788; the text comes from stdin)");
    ExitCode::from(2)
}

/// Reads the text, sends it, and tells about it. `given` is the address as it was typed, `target`
/// the same address as the machine wants it. An `Err` holds the reason, for `main` to print.
fn run(given: &str, target: SocketAddr) -> Result<(), String> {
    // 1. Get the text.
    let message = read_message().map_err(|error| format!("cannot read stdin: {error}"))?;

    // 2. Is it too long for one datagram? Then say so, and send nothing.

    // 3. Send it.
    let sent = send(&message, target).map_err(|error| format!("cannot send to {target}: {error}"))?;

    // 4. Print the one line that the README asks for. (What has `given` that `target` has not?)
    todo!("tell that {sent} bytes went to {given}")
}

/// The first line of stdin without its line end.
fn read_message() -> io::Result<Vec<u8>> {
    // 1. Read up to the end of the first line, or of the input, and no further.
    // 2. Take the line end off: `\n`, or `\r\n`. Everything else belongs to the text.
    todo!("read one line from stdin")
}

/// Sends `message` as one datagram, and returns the number of its bytes.
fn send(message: &[u8], target: SocketAddr) -> io::Result<usize> {
    // 1. Make a socket. Which address does it need, if the kernel is to choose its port? And which
    //    one if `target` is an IPv6 address?
    // 2. Send.
    // 3. Close it. (In Rust: is there anything to do?)
    todo!("send {} bytes to {target}", message.len())
}
