//! `multiprocess` as a process of its own, and a real server for its three talks.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Output};
use std::thread;

fn run(arg: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_multiprocess")).arg(arg).output().unwrap()
}

/// Answers each line as `answer` says, until it says nothing; hands out all lines.
fn serve(stream: TcpStream, answer: fn(&str) -> Option<&'static str>) -> Vec<String> {
    let mut lines = Vec::new();
    for line in BufReader::new(&stream).lines().map_while(Result::ok) {
        let answer = answer(&line);
        lines.push(line);
        match answer {
            Some(answer) if (&stream).write_all(answer.as_bytes()).is_ok() => {}
            _ => break,
        }
    }
    lines
}

/// How it ends with a server that answers so, and what came on each of the three connections.
fn served(answer: fn(&str) -> Option<&'static str>) -> (Output, Vec<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap().to_string();
    let serving = thread::spawn(move || {
        let talks: Vec<_> = (0..3)
            .map(|_| {
                let (stream, _) = listener.accept().unwrap();
                thread::spawn(move || serve(stream, answer))
            })
            .collect();
        talks.into_iter().map(|talk| talk.join().unwrap()).collect()
    });
    (run(&addr), serving.join().unwrap())
}

#[test]
fn three_talk_and_main_tells_of_their_ends() {
    let (output, talks) = served(|_| Some("ok\n"));
    assert_eq!(output.status.code(), Some(0));
    let stdout = String::from_utf8(output.stdout).unwrap();
    let mut lines: Vec<&str> = stdout.lines().collect();
    assert_eq!(lines.pop(), Some("main done"));
    lines.sort_unstable();
    assert_eq!(lines, ["coding exited 0", "music exited 0"]);

    let mut names = Vec::new();
    let mut pids = Vec::new();
    for talk in &talks {
        let (name, pid) = talk[0].split_once(' ').unwrap();
        assert_eq!(talk[1..], (0..10).map(|n| format!("{name} {n}")).collect::<Vec<_>>());
        names.push(name);
        pids.push(pid);
    }
    names.sort_unstable();
    pids.sort_unstable();
    pids.dedup();
    assert_eq!(names, ["coding", "main", "music"]);
    assert_eq!(pids.len(), 3, "each is a process of its own");
}

#[test]
fn an_answer_with_a_carriage_return_is_ok() {
    assert_eq!(served(|_| Some("ok\r\n")).0.status.code(), Some(0));
}

#[test]
fn a_child_that_fails_is_named() {
    let (output, talks) = served(|line| (line != "music 4").then_some("ok\n"));
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(output.stdout, b"coding exited 0\n");
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.lines().last().unwrap().contains("music"), "{stderr}");
    assert_eq!(talks.iter().filter(|talk| talk.len() == 11).count(), 2, "the others go on to their end");
}

#[test]
fn main_takes_its_children_along() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap().to_string();
    // Not waited for: a child may be ended before it has connected.
    thread::spawn(move || {
        for stream in listener.incoming() {
            thread::spawn(|| serve(stream.unwrap(), |line| line.ends_with(" 0").then_some("ok\n")));
        }
    });
    let output = run(&addr);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty() && !output.stderr.is_empty());
}

#[test]
fn nobody_listens_is_exit_1_and_a_bad_address_2() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    for (arg, code) in [(free.as_str(), 1), ("127.0.0.1", 2), ("", 2)] {
        assert_eq!(run(arg).status.code(), Some(code), "{arg}");
    }
}
