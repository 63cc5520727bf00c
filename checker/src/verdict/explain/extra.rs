//! Something came where nothing, or the end, was to come; and what had come once already.

use super::case::{Case, Told};
use super::channel::{Channel, Kind, meaning};
use super::difference::{NULS, are_nuls};
use super::stream::Came;
use crate::record::fact::End;
use crate::record::transcript::Happening;

/// `expected` was wanted, an end (or none) of the kind `wanted`.
pub(super) fn instead(case: &Case, expected: &str, came: &Came, wanted: End) -> Told {
    let channel = came.channel;
    if !came.got.is_empty() {
        let told = Told::new(expected, case.line(&channel.lead(case), came.got, true));
        return Told { advice: about(case, came), ..told };
    }
    let got = match (came.end, channel.is_output()) {
        (End::Open, _) => channel.outcome(case, "nothing", End::Open),
        (End::Eof, true) => format!("the end of {}", channel.name()),
        (End::Eof, false) => "the end of the stream".into(),
        (End::Reset, _) => "a reset".into(),
    };
    let told = Told::new(expected, got);
    let advice = match (wanted, came.end) {
        (End::Eof, End::Open) => staying_open(channel),
        (_, end) => meaning(end, channel),
    };
    Told { advice, ..told }
}

fn staying_open(channel: Channel) -> Option<String> {
    Some(match channel.kind {
        Kind::Connection | Kind::Up | Kind::Down => {
            "A connection ends when its TcpStream, and every clone of it, is dropped or shut down.".into()
        }
        Kind::Stdout | Kind::Stderr => {
            format!("{} ends when the program, and all that it started, has ended.", channel.name())
        }
    })
}

fn about(case: &Case, came: &Came) -> Option<String> {
    let bytes = &came.got.window[..];
    if are_nuls(bytes, 1) && bytes != b"\n" {
        return Some(NULS.into());
    }
    if came.got.is_whole() && matches!(bytes, b"\n" | b"\r\n") {
        return Some("A line end too many: is there one in the text already when another is added?".into());
    }
    repeated(case, came)
}

/// Whether the line that came is the one that had come just before.
pub(super) fn repeated(case: &Case, came: &Came) -> Option<String> {
    let mut all = Vec::new();
    for entry in case.entries().iter().filter(|entry| entry.part == came.channel.part) {
        let preview = match (&entry.what, came.channel.kind) {
            (Happening::Received(preview), Kind::Connection)
            | (Happening::Stdout(preview), Kind::Stdout)
            | (Happening::Stderr(preview), Kind::Stderr)
            | (Happening::Up(preview), Kind::Up)
            | (Happening::Down(preview), Kind::Down) => preview,
            _ => continue,
        };
        if preview.len > preview.head.len() as u64 {
            return None;
        }
        all.extend_from_slice(&preview.head);
    }
    let before = came.got.is_whole().then(|| all.strip_suffix(&came.got.window[..]))??;
    let line = came.got.window.split_inclusive(|&byte| byte == b'\n').next()?;
    let telling = line.trim_ascii().len() > 1;
    (telling && before.ends_with(line)).then(|| "It is what came just before, a second time.".into())
}
