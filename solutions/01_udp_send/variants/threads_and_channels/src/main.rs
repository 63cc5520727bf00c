//! A thread for everything, tied together by channels; the reading thread stays blocked in stdin when the
//! program ends by `process::exit`.

use std::io::Read;
use std::net::{SocketAddr, UdpSocket};
use std::process::exit;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

type Outcome = Result<String, String>;

fn main() {
    let args: Vec<_> = std::env::args().skip(1).collect();
    let [given] = &args[..] else { usage() };
    let Ok(target) = given.parse() else { usage() };

    let (bytes, chars) = channel();
    let (line, text) = channel();
    let (tell, told) = channel();
    let (shown, given) = (told, given.clone());
    thread::spawn(move || type_in(&bytes));
    thread::spawn(move || collect(&chars, &line));
    thread::spawn(move || post(&text, &tell, target, &given));
    thread::spawn(|| {
        loop {
            thread::park();
        }
    });

    match shown.recv() {
        Ok(Ok(line)) => {
            println!("{line}");
            exit(0)
        }
        Ok(Err(why)) => fail(&why),
        Err(_) => fail("a thread has gone"),
    }
}

/// Every byte of stdin, as it comes, for as long as anybody wants to have it; then nothing but more reading.
fn type_in(out: &Sender<Result<u8, String>>) {
    let mut gone = false;
    for byte in std::io::stdin().lock().bytes() {
        gone = gone || out.send(byte.map_err(|e| e.to_string())).is_err();
    }
}

fn collect(bytes: &Receiver<Result<u8, String>>, out: &Sender<Result<Vec<u8>, String>>) {
    let mut line = Vec::new();
    while let Ok(byte) = bytes.recv() {
        match byte {
            Ok(b'\n') => {
                line.pop_if(|last| *last == b'\r');
                break;
            }
            Ok(byte) => line.push(byte),
            Err(why) => {
                let _ = out.send(Err(why));
                return;
            }
        }
    }
    let _ = out.send(Ok(line));
}

fn post(text: &Receiver<Result<Vec<u8>, String>>, out: &Sender<Outcome>, target: SocketAddr, given: &str) {
    let Ok(text) = text.recv() else { return };
    let _ = out.send(text.and_then(|text| {
        let length = text.len();
        if length > 65_507 {
            return Err(format!("{length} bytes, but 65507 are the most"));
        }
        let own: SocketAddr = if target.is_ipv4() { ([0; 4], 0).into() } else { ([0u16; 8], 0).into() };
        let socket = UdpSocket::bind(own).map_err(|e| e.to_string())?;
        socket.send_to(&text, target).map_err(|e| e.to_string())?;
        Ok(format!("sent {length} bytes to {given}"))
    }));
}

fn usage() -> ! {
    eprintln!("usage: udp_send ADDR");
    exit(2)
}

fn fail(why: &str) -> ! {
    eprintln!("udp_send: {why}");
    exit(1)
}
