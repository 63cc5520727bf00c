// Greet every client, and print the one line that each sends; many at the same time.
//
// `cargo run --bin multi_client -- 127.0.0.1:5556`

use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

const GREETING: &[u8] = b"Welcome to study socket!\n";
const BREATH: Duration = Duration::from_millis(50);

fn main() {
    let Some(given) = std::env::args().nth(1) else {
        println!("exactly one argument is needed: the address, such as 127.0.0.1:5556");
        return;
    };
    match TcpListener::bind(&given) {
        Ok(listener) => serve(&listener, Arc::new(Mutex::new(io::stdout()))),
        Err(e) => eprintln!("multi_client: cannot listen on {given}: {e}"),
    }
}

/// Accepts clients for ever, with a thread for each.
fn serve<W: Write + Send + 'static>(listener: &TcpListener, out: Arc<Mutex<W>>) {
    loop {
        let (stream, peer) = match listener.accept() {
            Ok(client) => client,
            Err(e) => {
                eprintln!("multi_client: cannot accept: {e}");
                // Out of descriptors, most likely: no event tells when one is free again.
                thread::sleep(BREATH);
                continue;
            }
        };
        let out = Arc::clone(&out);
        let spawned = thread::Builder::new().spawn(move || {
            if let Err(e) = talk(stream, peer, &out) {
                eprintln!("multi_client: {peer}: {e}");
            }
        });
        if let Err(e) = spawned {
            eprintln!("multi_client: no thread for {peer}: {e}");
        }
    }
}

/// One client, from hello to goodbye.
fn talk<W: Write>(mut stream: TcpStream, peer: SocketAddr, out: &Mutex<W>) -> io::Result<()> {
    stream.write_all(GREETING)?;
    let line = read_line(&mut BufReader::new(&stream))?;
    let mut whole = format!("{peer}: ").into_bytes();
    whole.extend(line);
    whole.push(b'\n');
    let mut out = out.lock().map_err(|_| io::Error::other("another thread panicked"))?;
    out.write_all(&whole)?;
    out.flush()
}

fn read_line(reader: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    reader.read_until(b'\n', &mut line)?;
    if line.pop() != Some(b'\n') {
        return Err(io::Error::new(ErrorKind::UnexpectedEof, "left before its line ended"));
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    type Printed = Arc<Mutex<Vec<u8>>>;

    fn server() -> (SocketAddr, Printed) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = listener.local_addr().unwrap();
        let printed = Printed::default();
        let out = Arc::clone(&printed);
        thread::spawn(move || serve(&listener, out));
        (addr, printed)
    }

    fn client(addr: SocketAddr) -> TcpStream {
        let mut stream = TcpStream::connect(addr).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(2))).unwrap();
        let mut greeting = [0; 25];
        stream.read_exact(&mut greeting).unwrap();
        assert_eq!(greeting, GREETING);
        stream
    }

    /// Says a line, and waits until the server has closed.
    fn says(mut stream: TcpStream, line: &str) -> SocketAddr {
        let own = stream.local_addr().unwrap();
        stream.write_all(line.as_bytes()).unwrap();
        assert_eq!(stream.read(&mut [0; 8]).unwrap(), 0);
        own
    }

    fn lines(printed: &Printed) -> Vec<String> {
        let text = String::from_utf8(printed.lock().unwrap().clone()).unwrap();
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn bob_is_served_while_ann_stays_silent() {
        let (addr, printed) = server();
        let ann = client(addr);
        let bob = says(client(addr), "你好\n");
        assert_eq!(lines(&printed), [format!("{bob}: 你好")]);
        let ann = says(ann, "I am here too\r\n");
        assert_eq!(lines(&printed)[1], format!("{ann}: I am here too"));
    }

    #[test]
    fn thirty_at_once_in_reverse() {
        let (addr, printed) = server();
        let clients: Vec<_> = (0..30).map(|_| client(addr)).collect();
        for (number, stream) in clients.into_iter().enumerate().rev() {
            says(stream, &format!("line {number}\n"));
        }
        assert_eq!(lines(&printed).len(), 30);
    }

    #[test]
    fn a_client_that_leaves_harms_nobody() {
        let (addr, printed) = server();
        let mut gone = client(addr);
        gone.write_all(b"half").unwrap();
        drop(gone);
        let bob = says(client(addr), "\n");
        assert_eq!(lines(&printed), [format!("{bob}: ")]);
    }
}
