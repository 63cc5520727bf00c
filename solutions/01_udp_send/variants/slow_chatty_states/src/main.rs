//! A state machine over the bytes of stdin that starts late, answers late, and tells every step at length on
//! stderr.

use std::io::Read;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::process::ExitCode;
use std::thread::sleep;
use std::time::Duration;

#[derive(Debug)]
enum State {
    Text,
    /// A carriage return that may belong to the line's end, or to the text.
    Undecided,
    Whole,
}

fn main() -> ExitCode {
    sleep(Duration::from_millis(300));
    let args: Vec<String> = std::env::args().skip(1).collect();
    let target = match args.as_slice() {
        [one] => one.parse::<SocketAddr>().map_err(|error| error.to_string()),
        _ => Err(format!("{} arguments", args.len())),
    };
    for n in 0..3_000 {
        eprintln!("thinking about it, step {n} of 3000: {args:?}");
    }
    let target = match target {
        Ok(target) => target,
        Err(why) => {
            eprintln!("{why}; usage: udp_send ADDR");
            return 2.into();
        }
    };

    let mut text = Vec::new();
    let mut state = State::Text;
    for byte in std::io::stdin().lock().bytes() {
        let byte = match byte {
            Ok(byte) => byte,
            Err(error) => {
                eprintln!("{error}");
                return 1.into();
            }
        };
        state = match (state, byte) {
            (State::Text, b'\r') => State::Undecided,
            (State::Undecided, b'\r') => {
                text.push(b'\r');
                State::Undecided
            }
            (_, b'\n') => State::Whole,
            (before, byte) => {
                if let State::Undecided = before {
                    text.push(b'\r');
                }
                text.push(byte);
                State::Text
            }
        };
        if let State::Whole = state {
            break;
        }
    }
    if let State::Undecided = state {
        text.push(b'\r');
    }
    eprintln!("{} bytes, {state:?}", text.len());

    sleep(Duration::from_millis(200));
    let any: IpAddr = match target.ip() {
        IpAddr::V4(_) => IpAddr::from([0; 4]),
        IpAddr::V6(_) => IpAddr::from([0; 16]),
    };
    let sent = match text.len() {
        0..=65_507 => UdpSocket::bind((any, 0)).and_then(|socket| socket.send_to(&text, target)),
        _ => Err(std::io::Error::other("too long")),
    };
    sleep(Duration::from_millis(100));
    match sent {
        Ok(n) => {
            println!("sent {n} bytes to {}", args[0]);
            sleep(Duration::from_millis(100));
            0.into()
        }
        Err(error) => {
            eprintln!("nothing sent: {error}");
            1.into()
        }
    }
}
