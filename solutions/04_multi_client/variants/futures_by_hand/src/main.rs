//! One thread, an `async fn` for each client, and an executor of thirty lines that polls them all.

mod executor;

use std::future::poll_fn;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;
use std::task::Poll;

use executor::Spawner;

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let (Some(Ok(addr)), None) = (args.next().map(|arg| arg.parse::<SocketAddr>()), args.next()) else {
        eprintln!("usage: multi_client ADDR");
        return ExitCode::from(2);
    };
    let listener = match TcpListener::bind(addr) {
        Ok(listener) => listener,
        Err(error) => {
            eprintln!("multi_client: {addr}: {error}");
            return ExitCode::FAILURE;
        }
    };
    if let Err(error) = listener.set_nonblocking(true) {
        eprintln!("multi_client: {error}");
        return ExitCode::FAILURE;
    }
    let spawner = Spawner::default();
    spawner.spawn(accept(listener, spawner.clone()));
    spawner.run();
    ExitCode::FAILURE
}

async fn ready<T>(mut attempt: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    poll_fn(|_| match attempt() {
        Err(error) if error.kind() == ErrorKind::WouldBlock => Poll::Pending,
        result => Poll::Ready(result),
    })
    .await
}

async fn accept(listener: TcpListener, spawner: Spawner) {
    loop {
        match ready(|| listener.accept()).await {
            Ok((stream, peer)) => spawner.spawn(async move {
                if let Err(error) = client(stream, peer).await {
                    eprintln!("{peer}: {error}");
                }
            }),
            Err(error) => {
                eprintln!("accept: {error}");
                rest().await;
            }
        }
    }
}

/// Lets the others have a turn.
async fn rest() {
    let mut rested = false;
    poll_fn(|_| if std::mem::replace(&mut rested, true) { Poll::Ready(()) } else { Poll::Pending }).await;
}

async fn client(mut stream: TcpStream, peer: SocketAddr) -> io::Result<()> {
    stream.set_nonblocking(true)?;
    let greeting = b"Welcome to study socket!\n";
    let mut said = 0;
    while said < greeting.len() {
        // Nine bytes at most, and then somebody else's turn.
        let most = greeting.len().min(said + 9);
        said += ready(|| stream.write(&greeting[said..most])).await?;
        rest().await;
    }
    let mut line = Vec::new();
    loop {
        let mut piece = [0; 4096];
        let n = ready(|| stream.read(&mut piece)).await?;
        if n == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        match piece[..n].split(|&byte| byte == b'\n').next() {
            Some(end) if end.len() < n => {
                line.extend_from_slice(end);
                break;
            }
            _ => line.extend_from_slice(&piece[..n]),
        }
    }
    line.pop_if(|last| *last == b'\r');
    io::stdout().write_all(&[format!("{peer}: ").as_bytes(), &line, b"\n"].concat())
}
