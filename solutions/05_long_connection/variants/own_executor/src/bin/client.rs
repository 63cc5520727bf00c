//! `async` with an executor of ten lines: one future talks, one listens, and the first to end decides.

use std::future::{Future, poll_fn};
use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::pin::pin;
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver, TryRecvError};
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

type Typed = io::Result<String>;

fn keyboard() -> Receiver<Result<Vec<u8>, io::Error>> {
    let (keys, typed) = mpsc::sync_channel(64);
    thread::spawn(move || {
        for line in io::stdin().lines() {
            let line: Typed = line;
            let failed = line.is_err();
            if keys.send(line.map(|text| (text + "\n").into_bytes())).is_err() || failed {
                return;
            }
        }
    });
    typed
}

async fn talk(server: &TcpStream) -> io::Result<()> {
    let typed = keyboard();
    loop {
        let line = ready(|| match typed.try_recv() {
            Ok(line) => line.map(Some),
            Err(TryRecvError::Empty) => Err(ErrorKind::WouldBlock.into()),
            Err(TryRecvError::Disconnected) => Ok(None),
        });
        let Some(line) = line.await? else { return Ok(()) };
        let mut rest = &line[..];
        while !rest.is_empty() {
            let count = ready(|| (&*server).write(rest)).await?;
            rest = &rest[count..];
        }
        if line == b"886\n" {
            return Ok(());
        }
    }
}

async fn listen(server: &TcpStream) -> io::Error {
    let mut piece = [0; 13];
    loop {
        match ready(|| (&*server).read(&mut piece)).await {
            Ok(0) => return io::Error::new(ErrorKind::UnexpectedEof, "the server hung up"),
            Ok(_) => {}
            Err(err) => return err,
        }
    }
}

async fn run(addr: SocketAddr) -> io::Result<()> {
    let server = TcpStream::connect(addr)?;
    server.set_nonblocking(true)?;
    let mut talk = pin!(talk(&server));
    let mut listen = pin!(listen(&server));
    poll_fn(|context| {
        if let Poll::Ready(end) = talk.as_mut().poll(context) {
            return Poll::Ready(end);
        }
        listen.as_mut().poll(context).map(Err)
    })
    .await
}

fn main() -> ExitCode {
    let mut args = env::args().skip(1);
    let (Some(Ok(addr)), None) = (args.next().map(|text| text.parse::<SocketAddr>()), args.next()) else {
        eprintln!("usage: client ADDR");
        return ExitCode::from(2);
    };
    let Err(err) = block_on(run(addr)) else { return ExitCode::SUCCESS };
    eprintln!("client, to {addr}: {err}");
    ExitCode::FAILURE
}
