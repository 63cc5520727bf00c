//! Mistake: `from_utf8_lossy`. Bytes that are not UTF-8 are neither passed on nor refused: others stand in their place.

use std::io::{BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::ExitCode;

use tcp_one_liner::{address_argument, print_line, read_line};

// `b"…"` holds ASCII only, so the UTF-8 bytes of a string are asked for.
const ANSWER: &[u8] = "收到, 已开始学习, So Easy!\n".as_bytes();

fn main() -> ExitCode {
    let addr = match address_argument() {
        Ok(addr) => addr,
        Err(why) => {
            eprintln!("client: {why}\nusage: client ADDR    (for example 127.0.0.1:5555)");
            return ExitCode::from(2);
        }
    };
    match answer(addr) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("client: {why}");
            ExitCode::FAILURE
        }
    }
}

fn answer(addr: SocketAddr) -> Result<(), String> {
    // 1, 2. Create a socket and connect it. We never chose a port: the kernel gives us a free one.
    // When this returns, the handshake is done; the server's program need not have noticed yet.
    let mut stream = TcpStream::connect(addr).map_err(|e| format!("cannot connect to {addr}: {e}"))?;

    // 3. Wait for the server's line, however many pieces it comes in, and print it.
    let line = read_line(&mut BufReader::new(&stream)).map_err(|e| format!("no line from {addr}: {e}"))?;
    print_line(String::from_utf8_lossy(&line).as_bytes())
        .map_err(|e| format!("cannot print the line: {e}"))?;

    // 4. Answer in one `write_all`, text and `\n` together.
    stream.write_all(ANSWER).map_err(|e| format!("cannot answer {addr}: {e}"))

    // 5. Dropping the stream closes it. We need not wait: the kernel goes on delivering what it
    // took from us, and says "end of stream" behind it, even when this process is gone.
}
