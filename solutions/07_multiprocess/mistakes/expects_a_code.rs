//! Mistake: the exit code of a child is unwrapped. Who is ended by a signal has none, and the thread that waits panics.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, ExitCode};
use std::{env, process, thread};

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let done = match args.as_slice() {
        [addr] if addr.parse::<SocketAddr>().is_ok() => run(addr),
        [flag, name, addr] if flag == "--as" => child(name, addr),
        _ => {
            eprintln!("usage: multiprocess ADDR");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("{e}");
            ExitCode::FAILURE
        }
    }
}

fn run(addr: &str) -> io::Result<()> {
    let (far_end, lifeline) = io::pipe()?;
    let waiting = [("coding", start("coding", addr, &far_end)?), ("music", start("music", addr, &far_end)?)]
        .map(|(name, child)| thread::spawn(move || wait_for(name, child)));
    let talked = talk("main", addr);
    if talked.is_err() {
        drop(lifeline);
        for thread in waiting {
            let _ = thread.join();
        }
        return talked;
    }
    let ends = waiting.map(|thread| thread.join().unwrap_or(Err(io::Error::other("not waited for"))));
    drop(lifeline);
    match ends {
        [Err(err), _] | [_, Err(err)] => Err(err),
        _ => {
            println!("main done");
            Ok(())
        }
    }
}

fn start(name: &str, addr: &str, far_end: &io::PipeReader) -> io::Result<Child> {
    Command::new(env::current_exe()?).args(["--as", name, addr]).stdin(far_end.try_clone()?).spawn()
}

fn wait_for(name: &str, mut child: Child) -> io::Result<()> {
    let status = child.wait()?;
    if status.code().unwrap() != 0 {
        return Err(io::Error::other(format!("{name}: {status}")));
    }
    println!("{name} exited 0");
    Ok(())
}

fn child(name: &str, addr: &str) -> io::Result<()> {
    thread::spawn(|| {
        let _ = io::copy(&mut io::stdin(), &mut io::sink());
        process::exit(1);
    });
    talk(name, addr)
}

fn talk(name: &str, addr: &str) -> io::Result<()> {
    let stream = TcpStream::connect(addr)?;
    let mut answers = BufReader::new(&stream);
    say(&stream, &mut answers, &format!("{name} {}", process::id()))?;
    for n in 0..10 {
        say(&stream, &mut answers, &format!("{name} {n}"))?;
    }
    Ok(())
}

fn say(mut stream: &TcpStream, answers: &mut impl BufRead, line: &str) -> io::Result<()> {
    stream.write_all(format!("{line}\n").as_bytes())?;
    let mut answer = Vec::new();
    answers.read_until(b'\n', &mut answer)?;
    match answer.as_slice() {
        b"ok\n" | b"ok\r\n" => Ok(()),
        other => {
            Err(io::Error::other(format!("{line:?} was answered with {:?}", String::from_utf8_lossy(other))))
        }
    }
}
