//! Says a word on stderr for each line, a second one a moment later, and then answers.

use std::io::{self, BufRead, BufReader, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};

fn main() -> io::Result<()> {
    let listener = TcpListener::bind(std::env::args().nth(1).unwrap())?;
    let (mut client, _) = listener.accept()?;
    for line in BufReader::new(client.try_clone()?).lines() {
        eprint!("well ");
        let said = Instant::now();
        // Longer than its listener takes to hear it, shorter than that rests afterwards.
        while said.elapsed() < Duration::from_micros(400) {}
        eprintln!("well");
        writeln!(client, "{}", line?)?;
    }
    Ok(())
}
