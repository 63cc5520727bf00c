//! Nobody stands at the door for long: the thread that accepts a client starts its successor, and then serves
//! that client itself.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::exit;
use std::sync::Arc;
use std::thread::{self, Builder};
use std::time::Duration;

fn main() {
    let mut args = std::env::args().skip(1);
    let addr = match (args.next().as_deref().map(str::parse::<SocketAddr>), args.next()) {
        (Some(Ok(addr)), None) => addr,
        (Some(Err(why)), None) => usage(&why.to_string()),
        _ => usage("one argument is needed"),
    };
    match TcpListener::bind(addr) {
        Ok(listener) => at_the_door(&Arc::new(listener)),
        Err(why) => {
            eprintln!("multi_client: {why}");
            exit(1)
        }
    }
    // The main thread has served its client. The program goes on without it.
    loop {
        thread::park();
    }
}

fn usage(why: &str) -> ! {
    eprintln!("multi_client: {why}; usage: multi_client ADDR");
    exit(2)
}

fn at_the_door(listener: &Arc<TcpListener>) {
    loop {
        let (stream, peer) = match listener.accept() {
            Ok(client) => client,
            Err(why) => {
                eprintln!("nobody came in: {why}");
                thread::sleep(Duration::from_millis(20));
                continue;
            }
        };
        let door = Arc::clone(listener);
        if let Err(why) = Builder::new().spawn(move || at_the_door(&door)) {
            // Without a successor it has to send the client away and stay.
            eprintln!("no thread: {why}");
            continue;
        }
        if let Err(why) = serve(&stream, peer) {
            eprintln!("{peer}: {why}");
        }
        return;
    }
}

fn serve(mut stream: &TcpStream, peer: SocketAddr) -> io::Result<()> {
    writeln!(stream, "Welcome to study socket!")?;
    let mut line = String::new();
    BufReader::with_capacity(5, stream).read_line(&mut line)?;
    let Some(line) = line.strip_suffix('\n') else { return Ok(()) };
    let line = line.strip_suffix('\r').unwrap_or(line);
    let mut stdout = io::stdout();
    stdout.write_all(format!("{peer}: {line}\n").as_bytes())?;
    stdout.flush()
}
