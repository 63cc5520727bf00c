//! What a student sees, whole.

use insta::assert_snapshot;
use unicode_width::UnicodeWidthStr;

use super::samples::*;
use crate::record::bytes::Excerpt;
use crate::record::fact::{End, Fact, Process, Want};
use crate::record::finding::Finding;
use crate::record::observation::Exit;
use crate::record::transcript::{Happening, Preview};
use crate::verdict::outcome::{CompileTrouble, Detail};

const GREETING: &[u8] = b"Welcome to study socket!\n";

fn stream(part: &str, want: &[u8], got: &[u8], end: End) -> Fact {
    let at = want.iter().zip(got).take_while(|(a, b)| a == b).count();
    let differs = (at < want.len() && at < got.len()).then_some(at as u64);
    let [want, got] = [want, got].map(|bytes| Excerpt::around(bytes, at));
    Fact::Stream { part: part.into(), want: Want::Bytes(want), got, differs, end }
}

/// At 80 columns, and never wider.
fn plain(sample: &Sample) -> String {
    let text = sample.show(80, false);
    assert!(text.lines().all(|line| line.width() <= 80), "{text}");
    text
}

fn deadline() -> Sample {
    let mut sample = Sample::fact(Finding::Deadline, stream("bob", GREETING, b"", End::Open));
    sample.add(2, "ann", connected(40001)).add(3, "bob", connected(40002)).add(3, "ann", received(GREETING));
    sample.observation().kernel = vec![state(
        "server",
        "sleeping",
        vec![socket("LISTEN", None, 1), socket("ESTABLISHED", Some("127.0.0.1:40001"), 0)],
    )];
    sample
}

#[test]
fn a_deadline() {
    assert_snapshot!(plain(&deadline()));
}

#[test]
fn the_same_in_colours_and_narrow_and_wide() {
    let sample = deadline();
    assert_snapshot!("colours", sample.show(80, true).replace('\x1b', "ESC"));
    assert_snapshot!("narrow", sample.show(60, false));
    assert!(sample.show(60, false).lines().all(|line| line.width() <= 60));
    assert_eq!(sample.show(10, false), sample.show(60, false));
    assert_snapshot!("wide", sample.show(500, false));
    let plain = anstyle_free(&sample.show(80, true));
    assert_eq!(plain, sample.show(80, false));
}

fn anstyle_free(text: &str) -> String {
    let mut pieces = text.split('\x1b');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |all, piece| all + piece.split_once('m').map_or("", |(_, rest)| rest))
}

#[test]
fn crlf_in_place_of_lf() {
    let got = b"Welcome to study socket!\r\n";
    let mut sample = Sample::fact(Finding::WrongBytes, stream("ann", GREETING, got, End::Open));
    sample.add(2, "ann", connected(40001)).add(3, "ann", received(got));
    sample.observation().took_us = 3100;
    assert_snapshot!(plain(&sample));
}

#[test]
fn cut_at_the_size_of_a_buffer() {
    let want: Vec<u8> = (0..65_507u32).map(|i| b'a' + (i % 26) as u8).collect();
    let fact = Fact::Datagram {
        part: "peer".into(),
        want: Want::Datagram { payload: Excerpt::around(&want, 1024), from: addr(SERVER) },
        got: Some((addr(SERVER), Excerpt::around(&want[..1024], 1024))),
    };
    let mut sample = Sample::fact(Finding::WrongBytes, fact);
    sample.add(3, "peer", Happening::Opened { at: addr("127.0.0.1:40001") });
    sample.add(3, "peer", sent(&want)).add(
        5,
        "peer",
        Happening::ReceivedFrom(addr(SERVER), Preview::of(&want[..1024])),
    );
    sample.add(5, "server", Happening::Stdout(Preview::of(b"#1 from 127.0.0.1:40001: 1024 bytes\n")));
    sample.observation().programs[0].stdout = Excerpt::tail(b"#1 from 127.0.0.1:40001: 1024 bytes\n", 512);
    sample.observation().took_us = 5100;
    sample.step().why = Some("a datagram of 65,507 bytes comes back whole".into());
    assert_snapshot!(plain(&sample));
}

#[test]
fn a_panic() {
    let panic = "called `Result::unwrap()` on an `Err` value: Os { code: 104, kind: ConnectionReset, \
        message: \"Connection reset by peer\" } (src/main.rs:17:42)";
    let crash = Detail::Crash {
        part: "server".into(),
        exit: Some(Exit::Code(101)),
        panic: Some(panic.into()),
        fact: Some(stream("bob", GREETING, b"", End::Eof)),
    };
    let mut sample = Sample::new(Finding::Crashed, crash);
    sample.add(2, "ann", connected(40001)).add(3, "ann", received(GREETING));
    sample.add(4, "ann", Happening::Closed { how: "reset".into() }).add(5, "bob", connected(40002));
    sample.ended(6, Exit::Code(101));
    sample.observation().programs[0].stderr = Excerpt::tail(
        format!("\x1b[31mhello\u{202e}\nthread 'main' (12) panicked at src/main.rs:17:42:\n{panic}\n")
            .as_bytes(),
        512,
    );
    assert_snapshot!(plain(&sample));
}

#[test]
fn extra_bytes() {
    let got = Excerpt::head(b"Welcome to study socket!\n");
    let fact = Fact::Stream {
        part: "ann".into(),
        want: Want::Eof { or_reset: false },
        got,
        differs: None,
        end: End::Eof,
    };
    let mut sample = Sample::fact(Finding::ExtraBytes, fact);
    sample.add(2, "ann", connected(40001)).add(3, "ann", received(GREETING)).add(4, "ann", sent(b"hello\n"));
    sample.add(5, "ann", received(GREETING)).add(5, "ann", Happening::Eof);
    sample.step().why = None;
    sample.observation().took_us = 5200;
    assert_snapshot!(plain(&sample));
}

#[test]
fn a_wrong_exit() {
    let fact = Fact::Exit {
        part: "server".into(),
        want: "exit code 1".into(),
        got: Exit::Code(0),
        reason_missing: false,
        last_line: Some("bind failed: Address already in use (os error 98)".into()),
    };
    let mut sample = Sample::fact(Finding::WrongExit, fact);
    sample.ended(8, Exit::Code(0));
    sample.observation().programs[0].stderr =
        Excerpt::tail(b"bind failed: Address already in use (os error 98)\n", 512);
    sample.step().why = Some("who cannot serve says so, in words and by exit code".into());
    assert_snapshot!(plain(&sample));
}

#[test]
fn processes_left_behind() {
    let processes =
        vec![Process { pid: 14, name: "coding".into() }, Process { pid: 15, name: "mu\x1b[2Jsic".into() }];
    let mut sample = Sample::fact(Finding::LeftProcesses, Fact::Left { part: "server".into(), processes });
    sample.ended(40, Exit::Code(0));
    sample.step().number = 0;
    sample.step().why = None;
    assert_snapshot!(plain(&sample));
}

#[test]
fn a_crowd() {
    let mut sample = Sample::fact(Finding::EndOfStream, stream("crowd#49", GREETING, b"Welco", End::Eof));
    for n in 0..100 {
        sample.add(3 + u64::from(n) / 10, &format!("crowd#{n}"), connected(41_000 + n));
    }
    for n in (0..100).rev() {
        let part = format!("crowd#{n}");
        let at = 120 - n;
        if n > 49 {
            sample.add(at, &part, received(GREETING)).add(at, &part, sent(b"hello\n")).add(
                at,
                &part,
                Happening::Eof,
            );
            let line = format!("127.0.0.1:{}: hello\n", 41_000 + n);
            sample.add(at, "server", Happening::Stdout(Preview::of(line.as_bytes())));
        }
    }
    sample.add(74, "crowd#49", received(b"Welco")).add(74, "crowd#49", Happening::Eof);
    sample.step().rounds = vec![49];
    sample.observation().took_us = 74_000;
    let lines: String = (50..100).rev().map(|n| format!("127.0.0.1:{}: hello\n", 41_000 + n)).collect();
    sample.observation().programs[0].stdout = Excerpt::tail(lines.as_bytes(), 512);
    assert_snapshot!(plain(&sample));
}

#[test]
fn chinese_text_and_a_lossy_reading_of_it() {
    let (want, got) = ("收到, 已开始学习, So Easy!\n", "收到, 已开始\u{fffd}\u{fffd}\u{fffd}习, So Easy!\n");
    let mut sample = Sample::fact(
        Finding::WrongBytes,
        stream("server.stdout", want.as_bytes(), got.as_bytes(), End::Open),
    );
    sample.add(2, "ann", connected(40001)).add(3, "ann", sent(&want.as_bytes()[..18]));
    sample.add(4, "ann", sent(&want.as_bytes()[18..])).add(
        5,
        "server",
        Happening::Stdout(Preview::of(got.as_bytes())),
    );
    sample.observation().programs[0].stdout = Excerpt::tail(got.as_bytes(), 512);
    sample.observation().took_us = 5100;
    sample.judged.name =
        "一行文字分成几段到达，在一个汉字的中间被切开：服务器必须等到换行符为止，然后才能打印这一行".into();
    sample.step().why = Some(
        "网络是字节流：一个汉字在 UTF-8 里是三个字节，可能分两次到达。先收齐一整行，再转换成文字。".into(),
    );
    assert_snapshot!(plain(&sample));
}

#[test]
fn many_parts_stand_one_under_the_other() {
    let mut sample = Sample::fact(Finding::Deadline, stream("frank", GREETING, &GREETING[..5], End::Open));
    for (n, name) in ["ann", "bob", "carol", "dave", "eve", "frank"].into_iter().enumerate() {
        sample.add(3, name, connected(40_000 + n as u16));
    }
    for name in ["ann", "bob", "carol", "dave", "eve", "frank"] {
        sample.add(4, name, received(&GREETING[..5]));
    }
    for n in 0..20 {
        sample.add(10 + n, "ann", sent(format!("{n}\n"))).add(10 + n, "ann", received(format!("{n}\n")));
    }
    sample.observation().kernel[0].sockets.push(socket("ESTABLISHED", Some("127.0.0.1:40001"), 27));
    sample.observation().starved = true;
    assert_snapshot!(plain(&sample));
}

#[test]
fn a_program_that_does_not_compile() {
    let rendered = "\x1b[1m\x1b[91merror[E0308]\x1b[0m\x1b[1m: mismatched types\x1b[0m\n \
        \x1b[94m-->\x1b[0m src/main.rs:4:18\n  |\n\
        4 |     let n: u32 = \"three\";\n  \
        |                  ^^^^^^^ expected `u32`, found `&str`\x1b]0;x\x07\n\n";
    let detail = Detail::Compile { rendered: rendered.into(), why: CompileTrouble::Errors };
    let mut sample = Sample::new(Finding::DidNotCompile, detail);
    sample.judged.observation = None;
    sample.failure().step = None;
    assert_snapshot!(plain(&sample));
    assert!(sample.show(80, true).contains("\x1b[91merror"));
}
