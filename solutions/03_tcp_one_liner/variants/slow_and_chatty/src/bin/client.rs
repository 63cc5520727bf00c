//! Sleeps before it connects, before it answers and before it leaves, talks without end on stderr, and refuses
//! a line that is not UTF-8.

use std::io::Write;
use std::net::TcpStream;
use std::process::ExitCode;

use tcp_one_liner::{Outcome, code, nap, only_address, ramble, text_line};

fn main() -> ExitCode {
    nap(300);
    match only_address(std::env::args().skip(1)) {
        Some(addr) => code(TcpStream::connect(addr).map_err(Into::into).and_then(talk)).into(),
        None => {
            ramble("one address, not more, not less");
            eprintln!("usage: client ADDR");
            2.into()
        }
    }
}

fn talk(mut stream: TcpStream) -> Outcome<()> {
    ramble("I am in");
    let line = text_line(&stream)?;
    nap(150);
    println!("{line}");
    nap(200);
    for word in "收到, 已开始学习, So Easy!".split_inclusive(' ') {
        write!(stream, "{word}")?;
        nap(20);
    }
    writeln!(stream)?;
    nap(150);
    Ok(())
}
