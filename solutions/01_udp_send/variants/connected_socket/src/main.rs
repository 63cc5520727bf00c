//! Connects the socket to the target before it sends, after it has set one harmless option after another.

use std::error::Error;
use std::io::{BufRead, Write};
use std::net::{SocketAddr, UdpSocket};
use std::time::Duration;

fn main() {
    // The socket is made before there is anything to send.
    let mut args = std::env::args_os().skip(1);
    let given = args.next().and_then(|arg| arg.into_string().ok());
    let parsed = given.as_deref().and_then(|text| text.parse::<SocketAddr>().ok());
    let code = match (given, parsed, args.len()) {
        (Some(given), Some(target), 0) => match talk(&given, target) {
            Ok(()) => 0,
            Err(why) => {
                eprintln!("udp_send failed: {why}");
                1
            }
        },
        _ => {
            eprintln!("wrong arguments\nusage: udp_send ADDR");
            2
        }
    };
    std::process::exit(code);
}

fn talk(given: &str, target: SocketAddr) -> Result<(), Box<dyn Error>> {
    let socket = UdpSocket::bind(if target.is_ipv4() { "0.0.0.0:0" } else { "[::]:0" })?;
    socket.set_write_timeout(Some(Duration::from_secs(3)))?;
    socket.set_read_timeout(Some(Duration::from_millis(10)))?;
    if target.is_ipv4() {
        socket.set_ttl(33)?;
        socket.set_broadcast(true)?;
    }
    socket.connect(target)?;

    let mut text = Vec::with_capacity(2 << 20);
    std::io::stdin().lock().read_until(b'\n', &mut text)?;
    let text = text.strip_suffix(b"\n").map_or(&text[..], |text| text.strip_suffix(b"\r").unwrap_or(text));
    if text.len() >= 65_508 {
        return Err("the line is too long for a datagram".into());
    }

    let sent = socket.send(text)?;
    let mut stdout = std::io::stdout();
    for part in ["sent ", &sent.to_string(), " bytes", " to ", given, "\n"] {
        write!(stdout, "{part}")?;
        stdout.flush()?;
    }
    Ok(())
}
