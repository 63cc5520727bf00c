//! A thread that reads, a thread that writes, a thread that dozes; all of them stay blocked when the program
//! ends by `process::exit`.

use std::net::TcpStream;
use std::process::exit;
use std::thread;

use tcp_one_liner::{Heard, address, ear, fail, mouth, print};

fn main() {
    let addr = address();
    let stream = TcpStream::connect(addr).unwrap_or_else(|e| fail(&format!("no server on {addr}: {e}")));
    let clone = stream.try_clone().unwrap_or_else(|e| fail(&format!("cannot clone: {e}")));
    thread::spawn(thread::park);
    let lines = ear(stream);
    match lines.recv() {
        Ok(Heard::Line(line)) => print(&line),
        Ok(Heard::Trouble(why)) => fail(&why),
        Err(_) => fail("the reading thread has gone"),
    }
    let (words, outcomes) = mouth(clone);
    if words.send("收到, 已开始学习, So Easy!").is_err() {
        fail("the writing thread has gone");
    }
    match outcomes.recv() {
        Ok(Ok(())) => exit(0),
        Ok(Err(why)) => fail(&why),
        Err(_) => fail("the writing thread has gone"),
    }
}
