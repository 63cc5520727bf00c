//! A thread that reads, a thread that writes, a thread that dozes; all of them stay blocked when the program
//! ends by `process::exit`.

use std::net::TcpListener;
use std::process::exit;
use std::thread;

use tcp_one_liner::{Heard, address, ear, fail, mouth, print};

fn main() {
    let addr = address();
    let listener = TcpListener::bind(addr).unwrap_or_else(|e| fail(&format!("cannot listen on {addr}: {e}")));
    let (stream, _) = listener.accept().unwrap_or_else(|e| fail(&format!("cannot accept: {e}")));
    let clone = stream.try_clone().unwrap_or_else(|e| fail(&format!("cannot clone: {e}")));
    thread::spawn(thread::park);
    let (words, outcomes) = mouth(clone);
    let lines = ear(stream);
    if words.send("Welcome to study socket!").is_err() {
        fail("the writing thread has gone");
    }
    match outcomes.recv() {
        Ok(Ok(())) => {}
        Ok(Err(why)) => fail(&why),
        Err(_) => fail("the writing thread has gone"),
    }
    match lines.recv() {
        Ok(Heard::Line(line)) => print(&line),
        Ok(Heard::Trouble(why)) => fail(&why),
        Err(_) => fail("the reading thread has gone"),
    }
    exit(0)
}
