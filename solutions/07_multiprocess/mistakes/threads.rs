//! Mistake: coding and music are threads of main, not processes; all three tell the same number.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::ExitCode;
use std::{env, process, thread};

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let done = match args.as_slice() {
        [addr] if addr.parse::<SocketAddr>().is_ok() => run(addr),
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
    let waiting = ["coding", "music"].map(|name| {
        let addr = addr.to_owned();
        thread::spawn(move || {
            talk(name, &addr)?;
            println!("{name} exited 0");
            Ok(())
        })
    });
    talk("main", addr)?;
    for thread in waiting {
        thread.join().unwrap_or(Err(io::Error::other("not waited for")))?;
    }
    println!("main done");
    Ok(())
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
    let mut answer = String::new();
    answers.read_line(&mut answer)?;
    match answer.as_str() {
        "ok\n" | "ok\r\n" => Ok(()),
        other => Err(io::Error::other(format!("{other:?} in answer to {line}"))),
    }
}
