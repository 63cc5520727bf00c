//! `async` with an executor of ten lines: futures that try, and are asked again a millisecond later.

use std::future::{Future, poll_fn};
use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::pin::pin;
use std::process::ExitCode;
use std::task::{Context, Poll, Waker};
use std::{env, thread, time::Duration};

fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return value;
        }
        thread::sleep(Duration::from_millis(1));
    }
}

async fn ready<T>(mut attempt: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    poll_fn(|_| match attempt() {
        Err(err) if matches!(err.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => Poll::Pending,
        done => Poll::Ready(done),
    })
    .await
}

enum State {
    Text,
    AfterCr,
    Over,
}

async fn serve(addr: SocketAddr) -> io::Result<()> {
    let listener = TcpListener::bind(addr)?;
    listener.set_nonblocking(true)?;
    let (client, _) = ready(|| listener.accept()).await?;
    drop(listener);
    client.set_nonblocking(true)?;
    match lines(&client).await {
        Err(err) if err.kind() == ErrorKind::ConnectionReset => Ok(()),
        other => other,
    }
}

async fn lines(client: &TcpStream) -> io::Result<()> {
    let mut state = State::Text;
    let mut line = Vec::new();
    let mut piece = [0; 4093];
    loop {
        let count = ready(|| (&*client).read(&mut piece)).await?;
        if count == 0 {
            return Ok(());
        }
        for byte in &piece[..count] {
            state = step(&state, *byte, &mut line)?;
            if matches!(state, State::Over) {
                return Ok(());
            }
        }
    }
}

fn step(state: &State, byte: u8, line: &mut Vec<u8>) -> io::Result<State> {
    if byte == b'\n' {
        let over = line == b"886";
        line.push(b'\n');
        let mut out = io::stdout();
        out.write_all(line)?;
        out.flush()?;
        line.clear();
        return Ok(if over { State::Over } else { State::Text });
    }
    if matches!(state, State::AfterCr) {
        line.push(b'\r');
    }
    if byte == b'\r' {
        return Ok(State::AfterCr);
    }
    line.push(byte);
    Ok(State::Text)
}

fn main() -> ExitCode {
    let mut args = env::args().skip(1);
    let (Some(Ok(addr)), None) = (args.next().map(|text| text.parse::<SocketAddr>()), args.next()) else {
        eprintln!("usage: server ADDR");
        return ExitCode::from(2);
    };
    let Err(err) = block_on(serve(addr)) else { return ExitCode::SUCCESS };
    eprintln!("server at {addr}: {err}");
    ExitCode::FAILURE
}
