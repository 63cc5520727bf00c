//! Late to start, full of talk on stderr in all three; a piped stdin for each child, and a child asks for its
//! parent's number as well. Main talks in a thread of its own, after the children, and ends from deep inside.

use std::io::{Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::os::unix::process::parent_id;
use std::process::{Child, ChildStdin, Command, Stdio, exit, id};
use std::sync::Mutex;
use std::sync::mpsc::{Sender, channel};
use std::thread::{sleep, spawn};
use std::time::Duration;
use std::{env, io};

static LIFELINES: Mutex<Vec<ChildStdin>> = Mutex::new(Vec::new());

fn main() {
    for n in 0..1500 {
        eprintln!("{}: {n} of 1500 preparations", id());
    }
    sleep(Duration::from_millis(300));
    let mut args = env::args().skip(1);
    let addr = args.next().unwrap_or_else(|| usage("no argument"));
    if let Err(err) = addr.to_socket_addrs() {
        usage(&err.to_string());
    }
    match (args.next().as_deref(), args.next().as_deref(), args.next()) {
        (None, None, None) => be_main(&addr),
        (Some("please be"), Some(name), None) => be_child(name, &addr),
        _ => usage("too many arguments"),
    }
}

fn usage(problem: &str) -> ! {
    eprintln!("{problem}\nusage: multiprocess ADDR");
    exit(2)
}

fn be_child(name: &str, addr: &str) -> ! {
    let parent = parent_id();
    spawn(|| {
        let _ = io::stdin().read(&mut [0]);
        eprintln!("{}: the line is dead", id());
        exit(4)
    });
    spawn(move || {
        while parent_id() == parent {
            sleep(Duration::from_millis(100));
            eprintln!("{}: {parent} is still there", id());
        }
        exit(5)
    });
    match talk(name, addr) {
        Ok(()) => exit(0),
        Err(err) => {
            eprintln!("{name}: {err}");
            exit(1)
        }
    }
}

fn be_main(addr: &str) -> ! {
    let (tell, ends) = channel();
    let mut expected = 1;
    for name in ["music", "coding"] {
        match start(name, addr) {
            Ok(child) => {
                let tell = tell.clone();
                spawn(move || wait(name, child, &tell));
                expected += 1;
            }
            Err(err) => {
                eprintln!("{name}: {err}");
                let _ = tell.send((name, false));
                expected += 1;
                hang_up();
            }
        }
        sleep(Duration::from_millis(100));
    }
    let own = addr.to_owned();
    spawn(move || {
        let result = talk("main", &own);
        if let Err(err) = &result {
            eprintln!("main: {err}");
            hang_up();
        }
        let _ = tell.send(("main", result.is_ok()));
    });
    let mut failed = Vec::new();
    for (name, good) in ends.iter().take(expected) {
        match (name, good) {
            (_, false) => failed.push(name),
            ("main", true) => {}
            (_, true) => println!("{name} exited 0"),
        }
    }
    if failed.is_empty() {
        println!("main done");
        exit(0)
    }
    for n in 0..500 {
        eprintln!("main: {n} of 500 laments");
    }
    eprintln!("these failed: {}", failed.join(" "));
    exit(1)
}

fn hang_up() {
    if let Ok(mut lines) = LIFELINES.lock() {
        lines.clear();
    }
}

fn start(name: &str, addr: &str) -> io::Result<Child> {
    let mut child = Command::new(env::current_exe()?)
        .args([addr, "please be", name])
        .stdin(Stdio::piped())
        .stdout(Stdio::inherit())
        .spawn()?;
    // Taken out, since `wait` would close it.
    if let (Some(line), Ok(mut lines)) = (child.stdin.take(), LIFELINES.lock()) {
        lines.push(line);
    }
    Ok(child)
}

fn wait(name: &'static str, mut child: Child, tell: &Sender<(&'static str, bool)>) {
    let good = child.wait().is_ok_and(|status| status.success());
    let _ = tell.send((name, good));
}

fn talk(name: &str, addr: &str) -> io::Result<()> {
    let mut stream = TcpStream::connect(addr)?;
    stream.set_nodelay(true)?;
    stream.set_ttl(60)?;
    let words = (0..11).map(|n| if n == 0 { id() } else { n - 1 });
    for word in words {
        eprintln!("{name}: {word} is next");
        write!(stream, "{name}")?;
        write!(stream, " ")?;
        sleep(Duration::from_millis(15));
        writeln!(stream, "{word}")?;
        let mut answer = Vec::new();
        while !answer.ends_with(b"\n") {
            let mut byte = [0];
            if answer.len() > 4 || stream.read(&mut byte)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            answer.push(byte[0]);
        }
        if answer != b"ok\n" && answer != b"ok\r\n" {
            return Err(io::ErrorKind::InvalidData.into());
        }
    }
    Ok(())
}
