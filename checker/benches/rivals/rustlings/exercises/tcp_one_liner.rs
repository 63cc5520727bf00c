// A server greets one client, and prints the line that it answers; and the client of it.
//
// `cargo run --bin tcp_one_liner -- server 127.0.0.1:5555`, then the same with `client`.

use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};

const GREETING: &[u8] = b"Welcome to study socket!\n";
const ANSWER: &[u8] = "收到, 已开始学习, So Easy!\n".as_bytes();

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args[..] {
        ["server", addr] => TcpListener::bind(addr)
            .map_err(|e| format!("cannot listen on {addr}: {e}"))
            .and_then(|listener| serve_one(&listener, io::stdout())),
        ["client", addr] => match addr.parse() {
            Ok(addr) => answer(addr, io::stdout()),
            Err(e) => Err(format!("{addr:?}: {e}")),
        },
        _ => {
            println!("besides server or client exactly one argument is needed: 127.0.0.1:5555, say");
            Ok(())
        }
    };
    if let Err(why) = done {
        eprintln!("tcp_one_liner: {why}");
    }
}

fn serve_one(listener: &TcpListener, out: impl Write) -> Result<(), String> {
    let (mut stream, peer) = listener.accept().map_err(|e| format!("cannot accept a client: {e}"))?;
    stream.write_all(GREETING).map_err(|e| format!("cannot greet {peer}: {e}"))?;
    let line = read_line(&mut BufReader::new(&stream)).map_err(|e| format!("no line from {peer}: {e}"))?;
    print_line(out, &line).map_err(|e| format!("cannot print the line: {e}"))
}

fn answer(addr: SocketAddr, out: impl Write) -> Result<(), String> {
    let mut stream = TcpStream::connect(addr).map_err(|e| format!("cannot connect to {addr}: {e}"))?;
    let line = read_line(&mut BufReader::new(&stream)).map_err(|e| format!("no line from {addr}: {e}"))?;
    print_line(out, &line).map_err(|e| format!("cannot print the line: {e}"))?;
    stream.write_all(ANSWER).map_err(|e| format!("cannot answer {addr}: {e}"))
}

/// One line without its end, `\n` or `\r\n`; half a line is an error.
fn read_line(reader: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    reader.read_until(b'\n', &mut line)?;
    if line.pop() != Some(b'\n') {
        return Err(io::Error::new(ErrorKind::UnexpectedEof, "the peer hung up before its line ended"));
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    Ok(line)
}

fn print_line(mut out: impl Write, line: &[u8]) -> io::Result<()> {
    out.write_all(line)?;
    out.write_all(b"\n")?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;
    use std::thread;
    use std::time::Duration;

    /// What a server prints, and how it ends, when a client behaves so.
    fn served(client: impl FnOnce(&mut TcpStream)) -> (Result<(), String>, Vec<u8>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = listener.local_addr().unwrap();
        let serving = thread::spawn(move || {
            let mut out = Vec::new();
            (serve_one(&listener, &mut out), out)
        });
        let mut stream = TcpStream::connect(addr).unwrap();
        stream.set_nodelay(true).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(2))).unwrap();
        let mut greeting = [0; 25];
        stream.read_exact(&mut greeting).unwrap();
        assert_eq!(greeting, GREETING);
        client(&mut stream);
        drop(stream);
        serving.join().unwrap()
    }

    /// What a client prints, sends, and how it ends, when a server sends these pieces.
    fn answered(pieces: &[&[u8]]) -> (Result<(), String>, Vec<u8>, Vec<u8>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = listener.local_addr().unwrap();
        let client = thread::spawn(move || {
            let mut out = Vec::new();
            (answer(addr, &mut out), out)
        });
        let (mut stream, _) = listener.accept().unwrap();
        stream.set_nodelay(true).unwrap();
        for piece in pieces {
            stream.write_all(piece).unwrap();
        }
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut sent = Vec::new();
        stream.read_to_end(&mut sent).unwrap();
        let (ended, out) = client.join().unwrap();
        (ended, out, sent)
    }

    #[test]
    fn a_line_is_printed_without_its_end() {
        let (ended, out) = served(|client| client.write_all("你好\r\n".as_bytes()).unwrap());
        ended.unwrap();
        assert_eq!(out, "你好\n".as_bytes());
    }

    #[test]
    fn a_line_in_pieces_is_one_line() {
        let (ended, out) = served(|client| {
            for byte in "收到\n".as_bytes().chunks(1) {
                client.write_all(byte).unwrap();
            }
        });
        ended.unwrap();
        assert_eq!(out, "收到\n".as_bytes());
    }

    #[test]
    fn half_a_line_is_no_line() {
        let (ended, out) = served(|client| client.write_all(b"half").unwrap());
        assert!(ended.is_err() && out.is_empty());
    }

    #[test]
    fn the_client_prints_and_answers() {
        let (ended, out, sent) = answered(&[b"Wel", b"come\r", b"\nmore"]);
        ended.unwrap();
        assert_eq!((out, sent), (b"Welcome\n".to_vec(), ANSWER.to_vec()));
    }

    #[test]
    fn a_server_that_hangs_up_is_an_error() {
        let (ended, out, sent) = answered(&[b"Wel"]);
        assert!(ended.is_err() && out.is_empty() && sent.is_empty());
    }
}
