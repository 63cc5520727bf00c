//! Mistake: main kills its children whenever it fails, but a killed main can do nothing any more, and the
//! children do not notice that it is gone.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, ExitCode};
use std::time::Duration;
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
    let mut children = [("coding", start("coding", addr)?), ("music", start("music", addr)?)];
    let mine = addr.to_owned();
    let mut talking = Some(thread::spawn(move || talk("main", &mine)));
    let (mut running, mut failed) = (children.len(), None);
    let mut told = [false; 2];
    while running > 0 || talking.is_some() {
        thread::sleep(Duration::from_millis(5));
        for ((name, child), told) in children.iter_mut().zip(&mut told) {
            if let (false, Some(status)) = (*told, child.try_wait()?) {
                (*told, running) = (true, running - 1);
                if status.success() {
                    println!("{name} exited 0");
                } else {
                    failed = Some(io::Error::other(format!("{name}: {status}")));
                }
            }
        }
        if let Some(thread) = talking.take_if(|thread| thread.is_finished())
            && let Err(e) = thread.join().unwrap_or(Err(io::Error::other("no talk")))
        {
            for (_, child) in &mut children {
                child.kill()?;
                child.wait()?;
            }
            return Err(e);
        }
    }
    if let Some(e) = failed {
        return Err(e);
    }
    println!("main done");
    Ok(())
}

fn start(name: &str, addr: &str) -> io::Result<Child> {
    Command::new(env::current_exe()?).args(["--as", name, addr]).spawn()
}

fn child(name: &str, addr: &str) -> io::Result<()> {
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
    let mut answer = String::new();
    answers.read_line(&mut answer)?;
    match answer.as_str() {
        "ok\n" | "ok\r\n" => Ok(()),
        other => Err(io::Error::other(format!("{other:?} in answer to {line}"))),
    }
}
