//! Whatever a program writes, a terminal is never steered by it, nothing panics, and no line is too wide.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::samples::*;
use super::{Look, scenario};
use crate::record::bytes::Excerpt;
use crate::record::fact::{End, Fact, FileFound, Process, Unclaimed, Want};
use crate::record::finding::Finding;
use crate::record::observation::Exit;
use crate::record::transcript::{Happening, Preview};
use crate::verdict::outcome::{CompileTrouble, Detail, Fault, Verdict};

/// Bytes of the unpleasant kinds.
fn nasty(random: &mut fastrand::Rng) -> Vec<u8> {
    const PIECES: [&[u8]; 16] = [
        b"\x1b[2J",
        b"\x1b]0;title\x07",
        b"\r\n",
        b"\x08\x08",
        b"\0\0\0",
        b"\xff\xfe",
        b"\xc2\x9b",
        "\u{202e}".as_bytes(),
        "\u{200b}\u{feff}".as_bytes(),
        "收到".as_bytes(),
        "😀".as_bytes(),
        "e\u{301}".as_bytes(),
        b"\"\\",
        b"hello ",
        b"\n",
        b"\xe6\x94",
    ];
    let pieces = random.usize(0..60);
    (0..pieces).flat_map(|_| PIECES[random.usize(0..PIECES.len())].to_vec()).collect()
}

fn fact(random: &mut fastrand::Rng) -> Fact {
    let (want, got) = (nasty(random), nasty(random));
    let got = if random.bool() { [&want[..random.usize(0..=want.len())], &got[..]].concat() } else { got };
    let at = want.iter().zip(&got).take_while(|(a, b)| a == b).count();
    let text = String::from_utf8_lossy(&got).into_owned();
    let [wanted, came] = match random.bool() {
        true => [Excerpt::around(&want, at), Excerpt::around(&got, at)],
        false => [Excerpt::head(&want), Excerpt::tail(&got, 512)],
    };
    let from = addr("127.0.0.1:9");
    match random.u32(0..9) {
        0..4 => named(random, text, [wanted, came], at),
        4 => Fact::Unwanted { part: "door".into(), connections: vec![Unclaimed { from, said: came }] },
        5 => Fact::Datagram {
            part: "ann".into(),
            want: Want::Datagram { payload: wanted, from },
            got: Some((from, came)),
        },
        6 => Fact::Stream {
            part: "ann".into(),
            want: Want::Eof { or_reset: true },
            got: came,
            differs: None,
            end: End::Eof,
        },
        _ => {
            let differs = random.bool().then_some(at as u64);
            Fact::Stream { part: "ann".into(), want: Want::Bytes(wanted), got: came, differs, end: End::Open }
        }
    }
}

/// A fact with a text of the program's in it.
fn named(random: &mut fastrand::Rng, text: String, [want, got]: [Excerpt; 2], at: usize) -> Fact {
    let part = || "server".to_owned();
    match random.u32(0..4) {
        0 => Fact::Left { part: part(), processes: vec![Process { pid: 1, name: text }] },
        1 => Fact::Exit {
            part: part(),
            want: "exit code 0".into(),
            got: Exit::Code(1),
            reason_missing: random.bool(),
            last_line: Some(text),
        },
        2 => Fact::File {
            path: "a".into(),
            want: "b".into(),
            found: FileFound::Differs { at: at as u64, want, got },
        },
        _ => Fact::File { path: "a".into(), want: "b".into(), found: FileFound::Neighbours(vec![text]) },
    }
}

fn detail(random: &mut fastrand::Rng) -> Detail {
    let text = String::from_utf8_lossy(&nasty(random)).into_owned();
    match random.u32(0..8) {
        0 => Detail::Crash { part: "server".into(), exit: None, panic: Some(text), fact: Some(fact(random)) },
        1 => Detail::NoSource { path: text.clone(), trouble: text },
        2 => Detail::Compile { rendered: text, why: CompileTrouble::Errors },
        _ => Detail::Fact(fact(random)),
    }
}

fn sample(random: &mut fastrand::Rng) -> Sample {
    let mut sample = Sample::new(Finding::WrongBytes, detail(random));
    for _ in 0..random.u32(0..60) {
        let data = Preview::of(&nasty(random));
        let part = ["server", "ann", "bob", "crowd#1", "crowd#2", "crowd#3", "crowd#4"][random.usize(0..7)];
        let what = match random.u32(0..6) {
            0 => Happening::Sent(data),
            1 => Happening::Received(data),
            2 => Happening::Stdout(data),
            3 => Happening::ReceivedFrom(addr("127.0.0.1:9"), data),
            4 => Happening::Note(String::from_utf8_lossy(&data.head).into_owned()),
            _ => Happening::Eof,
        };
        sample.add(1, part, what);
    }
    let printed = nasty(random);
    sample.observation().programs[0].stdout = Excerpt::tail(&printed, 512);
    sample.observation().programs[0].stderr = Excerpt::head(&printed);
    sample
}

fn steers(c: char) -> bool {
    c != '\n' && (c.is_control() || c.width().unwrap_or(0) == 0 || ('\u{202a}'..='\u{202e}').contains(&c))
}

#[test]
fn nothing_that_a_program_wrote_steers_the_terminal() {
    for seed in 0..3000 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut sample = sample(&mut random);
        let width = random.usize(60..=120);
        let text = sample.show(width, false);
        assert!(!text.chars().any(steers), "seed {seed}: {text:?}");
        let compiled = !matches!(sample.failure().detail, Detail::Compile { .. });
        assert!(!compiled || text.lines().all(|line| line.width() <= width), "seed {seed}:\n{text}");
        let message = String::from_utf8_lossy(&nasty(&mut random)).into_owned();
        sample.judged.verdict = Verdict::NotGraded(Fault { message });
        assert!(!scenario(&sample.judged, Look { width, color: false }).chars().any(steers));
    }
}
