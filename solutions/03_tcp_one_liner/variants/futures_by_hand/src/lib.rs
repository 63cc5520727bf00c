//! Futures over sockets that never block, and the smallest executor that there is.

use std::future::{Future, poll_fn};
use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        thread::park_timeout(Duration::from_millis(1));
    }
}

/// Pending as long as it would block.
pub async fn ready<T>(mut attempt: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    poll_fn(|_| match attempt() {
        Err(error) if error.kind() == ErrorKind::WouldBlock => Poll::Pending,
        result => Poll::Ready(result),
    })
    .await
}

pub async fn write_line(mut stream: &TcpStream, text: &str) -> io::Result<()> {
    let bytes = format!("{text}\n").into_bytes();
    let mut done = 0;
    while done < bytes.len() {
        done += ready(|| stream.write(&bytes[done..])).await?;
    }
    Ok(())
}

pub async fn read_line(mut stream: &TcpStream) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    let mut byte = [0];
    loop {
        match (ready(|| stream.read(&mut byte)).await?, byte) {
            (0, _) => return Err(ErrorKind::UnexpectedEof.into()),
            (_, [b'\n']) => break,
            (_, [byte]) => line.push(byte),
        }
    }
    line.pop_if(|last| *last == b'\r');
    Ok(line)
}

/// The one argument.
pub fn argument<T: std::str::FromStr>() -> Option<T> {
    let mut args = std::env::args().skip(1);
    let (first, None) = (args.next()?, args.next()) else { return None };
    first.parse().ok()
}
