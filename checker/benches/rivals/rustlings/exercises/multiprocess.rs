// Three processes, each with a connection of its own: main, and its children coding and music.
//
// `cargo run --bin multiprocess -- 127.0.0.1:7777`

use std::env;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{self, Child, Command, Stdio};
use std::thread;

const CHILDREN: [&str; 2] = ["coding", "music"];
const CHILD_FLAG: &str = "--as";
const COUNT: u32 = 10;
const LONGEST_ANSWER: u64 = 64;

fn main() {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args[..] {
        [CHILD_FLAG, name, addr] => {
            address(addr).and_then(|addr| talk(name, addr).map_err(|e| e.to_string()))
        }
        [addr] => address(addr).and_then(|addr| run_main(addr, &|name| command(name, addr), io::stdout())),
        _ => {
            println!("usage: multiprocess ADDR   (HOST:PORT, such as 127.0.0.1:7777)");
            return;
        }
    };
    if let Err(reason) = done {
        eprintln!("multiprocess: {reason}");
        process::exit(1);
    }
}

fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|e| format!("{text:?}: {e}"))
}

/// How to start this very program once more, as a child.
fn command(name: &str, addr: SocketAddr) -> io::Result<Command> {
    let mut command = Command::new(env::current_exe()?);
    command.args([CHILD_FLAG, name, &addr.to_string()]);
    Ok(command)
}

type Start<'a> = &'a dyn Fn(&str) -> io::Result<Command>;

/// Starts the children, has main's own talk meanwhile, and waits for both.
fn run_main(addr: SocketAddr, start: Start, mut out: impl Write) -> Result<(), String> {
    let mut children = Vec::new();
    for name in CHILDREN {
        let child = start(name).and_then(|mut command| command.stdout(Stdio::null()).spawn());
        children.push((name, child.map_err(|e| format!("cannot start {name}: {e}"))?));
    }
    if let Err(e) = talk("main", addr) {
        for (_, child) in &mut children {
            let _ = child.kill();
            let _ = child.wait();
        }
        return Err(format!("main: {e}"));
    }
    let waiting: Vec<_> =
        children.into_iter().map(|(name, child)| thread::spawn(move || wait_for(name, child))).collect();
    for thread in waiting {
        let line = thread.join().map_err(|_| "waiting for a child failed".to_owned())??;
        writeln!(out, "{line}").map_err(|e| e.to_string())?;
    }
    writeln!(out, "main done").map_err(|e| e.to_string())
}

fn wait_for(name: &str, mut child: Child) -> Result<String, String> {
    let status = child.wait().map_err(|e| format!("cannot wait for {name}: {e}"))?;
    if status.success() { Ok(format!("{name} exited 0")) } else { Err(format!("{name} failed ({status})")) }
}

/// Connects, introduces itself, and counts; each line waits for its `ok`.
fn talk(name: &str, addr: SocketAddr) -> io::Result<()> {
    let stream = TcpStream::connect(addr)?;
    let mut answers = BufReader::new(&stream);
    say(&stream, &mut answers, &format!("{name} {}", process::id()))?;
    for n in 0..COUNT {
        say(&stream, &mut answers, &format!("{name} {n}"))?;
    }
    Ok(())
}

fn say(mut stream: &TcpStream, answers: &mut impl BufRead, line: &str) -> io::Result<()> {
    stream.write_all(format!("{line}\n").as_bytes())?;
    let mut answer = Vec::new();
    answers.take(LONGEST_ANSWER).read_until(b'\n', &mut answer)?;
    match answer.as_slice() {
        b"ok\n" | b"ok\r\n" => Ok(()),
        other => Err(io::Error::new(
            io::ErrorKind::InvalidData,
            format!("the server answered {line:?} with {:?}", String::from_utf8_lossy(other)),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;
    use std::thread::JoinHandle;

    /// Says `answer` to so many clients, and hands out all lines of each.
    fn server(clients: usize, answer: &'static str) -> (SocketAddr, JoinHandle<Vec<Vec<String>>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = listener.local_addr().unwrap();
        let serving = thread::spawn(move || {
            let talks: Vec<_> = (0..clients)
                .map(|_| {
                    let (stream, _) = listener.accept().unwrap();
                    thread::spawn(move || serve(stream, answer))
                })
                .collect();
            talks.into_iter().map(|talk| talk.join().unwrap()).collect()
        });
        (addr, serving)
    }

    fn serve(stream: TcpStream, answer: &str) -> Vec<String> {
        let mut lines = Vec::new();
        for line in BufReader::new(&stream).lines().map_while(Result::ok) {
            lines.push(line);
            if (&stream).write_all(answer.as_bytes()).is_err() {
                break;
            }
        }
        lines
    }

    /// A child of a test is the test binary, with one test that only children run.
    fn as_test(name: &str, addr: SocketAddr) -> io::Result<Command> {
        let mut command = Command::new(env::current_exe()?);
        command.args(["--exact", "tests::a_child", "--ignored"]);
        command.env("CHILD_NAME", name).env("CHILD_ADDR", addr.to_string());
        Ok(command)
    }

    #[test]
    #[ignore = "run by the other tests"]
    fn a_child() {
        let (name, addr) = (env::var("CHILD_NAME").unwrap(), env::var("CHILD_ADDR").unwrap());
        talk(&name, addr.parse().unwrap()).unwrap();
    }

    #[test]
    fn three_talk_and_main_tells_of_their_ends() {
        let (addr, serving) = server(3, "ok\n");
        let mut out = Vec::new();
        run_main(addr, &|name| as_test(name, addr), &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "coding exited 0\nmusic exited 0\nmain done\n");
        let mut names: Vec<String> = Vec::new();
        let mut pids: Vec<String> = Vec::new();
        for talk in serving.join().unwrap() {
            let (name, pid) = talk[0].split_once(' ').unwrap();
            assert_eq!(talk[1..], (0..COUNT).map(|n| format!("{name} {n}")).collect::<Vec<_>>());
            names.push(name.to_owned());
            pids.push(pid.to_owned());
        }
        names.sort();
        pids.sort();
        pids.dedup();
        assert_eq!(names, ["coding", "main", "music"]);
        assert_eq!(pids.len(), 3, "each is a process of its own");
    }

    #[test]
    fn a_wrong_answer_is_a_failure() {
        let (addr, serving) = server(1, "no\n");
        assert!(talk("main", addr).is_err());
        assert_eq!(serving.join().unwrap()[0].len(), 1);
    }

    #[test]
    fn a_child_that_fails_is_named() {
        let (addr, serving) = server(1, "ok\n");
        let mut out = Vec::new();
        let failed = run_main(addr, &|_| Ok(Command::new("false")), &mut out).unwrap_err();
        assert!(failed.starts_with("coding failed"), "{failed}");
        assert!(out.is_empty());
        serving.join().unwrap();
    }

    #[test]
    fn nobody_listens() {
        let addr = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        assert!(run_main(addr, &|name| as_test(name, addr), io::sink()).is_err());
    }
}
