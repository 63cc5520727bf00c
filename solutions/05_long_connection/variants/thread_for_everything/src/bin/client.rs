//! A thread for typing, splitting, sending and listening each; the main thread only hears the verdict.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::exit;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::{env, thread};

type Verdict = Result<(), String>;

fn main() {
    let addr = match env::args().skip(1).collect::<Vec<_>>().as_slice() {
        [one] => one.parse::<SocketAddr>().map_err(|err| format!("{one}: {err}")),
        many => Err(format!("one argument, not {}", many.len())),
    };
    let addr = addr.unwrap_or_else(|err| {
        eprintln!("{err}\nusage: client ADDR");
        exit(2)
    });
    let server = TcpStream::connect(addr).unwrap_or_else(|err| {
        eprintln!("client: {addr}: {err}");
        exit(1)
    });
    let server = Arc::new(server);
    let (judge, verdicts) = channel();
    let (typist, pieces) = sync_channel(8);
    let (splitter, lines) = sync_channel(8);
    let (ear, mouth) = (Arc::clone(&server), judge.clone());
    // The goodbye and the hang-up that answers it come to the main thread in no certain order. So the
    // verdict of the sender is on its way before its last line is.
    let (first, goodbye) = (judge.clone(), judge.clone());
    thread::spawn(move || read(&typist, &first));
    thread::spawn(move || split(&pieces, &splitter));
    thread::spawn(move || send(&lines, &server, &goodbye));
    thread::spawn(move || listen(&ear, &mouth));
    drop(judge);
    match verdicts.recv() {
        // The sender says that only its last line is left; it says more when that has gone, too.
        Ok(Ok(())) => loop {
            match verdicts.recv() {
                Ok(Ok(())) => exit(0),
                Ok(Err(why)) if why == GONE => {}
                Ok(Err(why)) => fail(&why),
                Err(_) => fail("nobody is left"),
            }
        },
        Ok(Err(why)) => fail(&why),
        Err(_) => fail("nobody is left"),
    }
}

const GONE: &str = "the server is gone";

fn fail(why: &str) -> ! {
    eprintln!("client: {why}");
    exit(1)
}

fn read(pieces: &SyncSender<Vec<u8>>, judge: &Sender<Verdict>) {
    let mut piece = [0; 50];
    let mut stdin = io::stdin();
    loop {
        match stdin.read(&mut piece) {
            Ok(0) => return,
            Ok(count) => {
                if pieces.send(piece[..count].to_vec()).is_err() {
                    return;
                }
            }
            Err(err) if err.kind() == io::ErrorKind::Interrupted => {}
            Err(err) => {
                let _ = judge.send(Err(err.to_string()));
                loop {
                    thread::park();
                }
            }
        }
    }
}

fn split(pieces: &Receiver<Vec<u8>>, lines: &SyncSender<(Vec<u8>, bool)>) {
    let mut line = Vec::new();
    for byte in pieces.iter().flatten() {
        if byte != b'\n' {
            line.push(byte);
            continue;
        }
        line.pop_if(|byte| *byte == b'\r');
        let last = line == b"886";
        line.push(b'\n');
        if lines.send((std::mem::take(&mut line), last)).is_err() || last {
            return;
        }
    }
    if !line.is_empty() {
        line.push(b'\n');
    }
    let _ = lines.send((line, true));
}

fn send(lines: &Receiver<(Vec<u8>, bool)>, mut server: &TcpStream, judge: &Sender<Verdict>) {
    for (line, last) in lines {
        if last {
            let _ = judge.send(Ok(()));
        }
        if let Err(err) = server.write_all(&line) {
            let _ = judge.send(Err(format!("cannot send: {err}")));
            return;
        }
        if last {
            let _ = judge.send(Ok(()));
            return;
        }
    }
}

fn listen(mut server: &TcpStream, judge: &Sender<Verdict>) {
    let mut buffer = [0; 17];
    loop {
        match server.read(&mut buffer) {
            Ok(1..) => {}
            Err(err) if err.kind() == io::ErrorKind::Interrupted => {}
            Ok(0) | Err(_) => break,
        }
    }
    let _ = judge.send(Err(GONE.to_owned()));
}
