// A talk of many lines over one connection, until one of them is exactly `886`.
//
// `cargo run --bin long_connection -- server 127.0.0.1:5555`, then the same with `client`.

use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::{self, SyncSender};
use std::thread;

const GOODBYE: &[u8] = b"886";

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args[..] {
        ["server", addr] => TcpListener::bind(addr)
            .and_then(|listener| listener.accept())
            .and_then(|(client, _)| print_lines(client, io::stdout()))
            .map_err(|e| e.to_string()),
        ["client", addr] => TcpStream::connect(addr)
            .map_err(|e| e.to_string())
            .and_then(|server| talk(server, BufReader::new(io::stdin()))),
        _ => {
            println!("besides server or client exactly one argument is needed: 127.0.0.1:5555, say");
            Ok(())
        }
    };
    if let Err(why) = done {
        eprintln!("long_connection: {why}");
    }
}

/// Prints every line of `client`, up to and with the goodbye or up to the end of the stream.
fn print_lines(client: TcpStream, mut out: impl Write) -> io::Result<()> {
    let mut reader = BufReader::new(client);
    let mut line = Vec::new();
    loop {
        line.clear();
        match reader.read_until(b'\n', &mut line) {
            Ok(_) => {}
            Err(e) if e.kind() == ErrorKind::ConnectionReset => return Ok(()),
            Err(e) => return Err(e),
        }
        if line.pop() != Some(b'\n') {
            return Ok(());
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        let goodbye = line == GOODBYE;
        line.push(b'\n');
        out.write_all(&line)?;
        out.flush()?;
        if goodbye {
            return Ok(());
        }
    }
}

enum Event {
    Typed(Vec<u8>),
    InputEnded,
    InputFailed(io::Error),
    ServerGone(String),
}

/// Sends each line of `input`, until the goodbye or the end.
fn talk(mut server: TcpStream, input: impl BufRead + Send + 'static) -> Result<(), String> {
    let listening = server.try_clone().map_err(|e| format!("cannot share the connection: {e}"))?;
    let (report, events) = mpsc::sync_channel(1);
    let typed = report.clone();
    thread::spawn(move || watch_input(input, &typed));
    thread::spawn(move || watch_server(listening, &report));
    for event in events {
        match event {
            Event::Typed(mut line) => {
                let goodbye = line == GOODBYE;
                line.push(b'\n');
                server.write_all(&line).map_err(|e| format!("cannot send: {e}"))?;
                if goodbye {
                    break;
                }
            }
            Event::InputEnded => break,
            Event::InputFailed(e) => return Err(format!("cannot read the input: {e}")),
            Event::ServerGone(how) => return Err(how),
        }
    }
    let _ = server.shutdown(Shutdown::Write);
    Ok(())
}

fn watch_input(mut input: impl BufRead, report: &SyncSender<Event>) {
    loop {
        let mut line = Vec::new();
        let event = match input.read_until(b'\n', &mut line) {
            Ok(0) => Event::InputEnded,
            Ok(_) => {
                if line.pop_if(|byte| *byte == b'\n').is_some() {
                    line.pop_if(|byte| *byte == b'\r');
                }
                Event::Typed(line)
            }
            Err(e) => Event::InputFailed(e),
        };
        let last = !matches!(event, Event::Typed(_));
        if report.send(event).is_err() || last {
            return;
        }
    }
}

fn watch_server(mut server: TcpStream, report: &SyncSender<Event>) {
    let how = match io::copy(&mut server, &mut io::sink()) {
        Ok(_) => "the server hung up".to_owned(),
        Err(e) => format!("the server is gone: {e}"),
    };
    let _ = report.send(Event::ServerGone(how));
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    /// Two ends of one connection.
    fn pair() -> (TcpStream, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let one = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        one.set_nodelay(true).unwrap();
        (one, listener.accept().unwrap().0)
    }

    fn printed(pieces: &[&[u8]]) -> String {
        let (mut client, server) = pair();
        let serving = thread::spawn(move || {
            let mut out = Vec::new();
            print_lines(server, &mut out).unwrap();
            out
        });
        for piece in pieces {
            let _ = client.write_all(piece);
        }
        let _ = client.shutdown(Shutdown::Write);
        String::from_utf8(serving.join().unwrap()).unwrap()
    }

    fn sent(input: &'static [u8]) -> String {
        let (client, mut server) = pair();
        talk(client, input).unwrap();
        let mut came = String::new();
        server.read_to_string(&mut came).unwrap();
        came
    }

    #[test]
    fn lines_are_printed_up_to_the_goodbye() {
        assert_eq!(printed(&[b"hello\r\n8866\n 886\n\n886\nmore\n"]), "hello\n8866\n 886\n\n886\n");
    }

    #[test]
    fn lines_come_in_pieces() {
        assert_eq!(printed(&[b"8", b"8", b"6\nx", b"\n"]), "886\n");
        assert_eq!(printed(&["今".as_bytes(), b"\nhalf"]), "今\n");
    }

    #[test]
    fn ten_thousand_lines() {
        let many = "a line\n".repeat(10_000);
        assert_eq!(printed(&[many.as_bytes()]), many);
    }

    #[test]
    fn the_client_stops_at_its_goodbye() {
        assert_eq!(sent(b"a\r\n 886\n886\nmore\n"), "a\n 886\n886\n");
        assert_eq!(sent(b"no end"), "no end\n");
    }

    #[test]
    fn a_server_that_leaves_is_noticed_without_input() {
        let (client, server) = pair();
        let (silent, _kept) = io::pipe().unwrap();
        drop(server);
        assert!(talk(client, BufReader::new(silent)).is_err());
    }
}
