//! Takes the first of `lines()`, and so refuses what is not UTF-8 with exit code 1.

use std::net::{SocketAddr, UdpSocket};
use std::process::ExitCode;

enum Trouble {
    Usage(String),
    Failure(String),
}

impl<E: std::error::Error> From<E> for Trouble {
    fn from(error: E) -> Self {
        Self::Failure(error.to_string())
    }
}

fn main() -> ExitCode {
    match udp_send(std::env::args().skip(1).collect()) {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(Trouble::Usage(why)) => {
            eprintln!("{why}\n\nUSAGE\n    udp_send ADDR\n");
            ExitCode::from(2)
        }
        Err(Trouble::Failure(why)) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn udp_send(args: Vec<String>) -> Result<String, Trouble> {
    let [given]: [String; 1] = args.try_into().map_err(|_| Trouble::Usage("one argument, please".into()))?;
    let target: SocketAddr = given.parse().map_err(|_| Trouble::Usage(format!("{given} is no address")))?;
    let text = std::io::stdin().lines().next().transpose()?.unwrap_or_default();
    if text.len() > 65_507 {
        return Err(Trouble::Failure("more than one datagram can carry".into()));
    }
    let mut own = target;
    own.set_port(0);
    own.set_ip(if target.is_ipv4() { [0u8; 4].into() } else { [0u8; 16].into() });
    let n = UdpSocket::bind(own)?.send_to(text.as_bytes(), target)?;
    Ok(format!("sent {n} bytes to {given}"))
}
