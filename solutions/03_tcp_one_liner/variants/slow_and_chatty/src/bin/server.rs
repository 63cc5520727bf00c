//! Sleeps before it binds, before it greets and before it leaves, talks without end on stderr, and refuses a
//! line that is not UTF-8.

use std::io::Write;
use std::net::TcpListener;
use std::process::ExitCode;

use tcp_one_liner::{Outcome, code, nap, only_address, ramble, text_line};

fn main() -> ExitCode {
    nap(300);
    match only_address(std::env::args().skip(1)) {
        Some(addr) => code(TcpListener::bind(addr).map_err(Into::into).and_then(serve)).into(),
        None => {
            ramble("one address, not more, not less");
            eprintln!("usage: server ADDR");
            2.into()
        }
    }
}

fn serve(listener: TcpListener) -> Outcome<()> {
    ramble("I am open");
    let (mut stream, peer) = listener.accept()?;
    nap(200);
    ramble(&format!("{peer} has come"));
    writeln!(stream, "Welcome to study socket!")?;
    let line = text_line(&stream)?;
    nap(150);
    println!("{line}");
    ramble("and now I close");
    nap(150);
    Ok(())
}
