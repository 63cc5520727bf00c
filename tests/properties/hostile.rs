//! Bytes of the unpleasant kinds, and what may never come out of the reports.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::select;
use regex::Regex;

const PIECES: [&[u8]; 26] = [
    b"\x1b[2J",
    b"\x1b[31m",
    b"\x1b]0;title\x07",
    b"\x1b]8;;http://x\x1b\\",
    b"\x9b31m",
    b"\xc2\x9b31m",
    b"\r\n",
    b"\x08\x08",
    b"\0\0\0",
    b"\xff\xfe",
    b"\xe6\x94",
    b"\xf0\x9f\xa6",
    b"\xed\xa0\x80",
    b"\xc0\xaf",
    "\u{202e}\u{2066}".as_bytes(),
    "\u{200b}\u{feff}\u{2060}".as_bytes(),
    "\u{2028}\u{2029}\u{85}".as_bytes(),
    "收到，".as_bytes(),
    "👍🏽🇨🇳👩‍🚀".as_bytes(),
    "e\u{301}ﷺ".as_bytes(),
    "\u{fffd}\u{3164}\u{2800}".as_bytes(),
    b"\"\\",
    b"hello ",
    b"\n",
    b"thread 'main' (1) panicked at src/main.rs:1:1:\n",
    b"\\u{1b}\\x1B",
];

/// Up to some `pieces` pieces: unpleasant ones, any bytes, any characters, one byte many times.
pub fn bytes(pieces: usize) -> impl Strategy<Value = Vec<u8>> + Clone {
    let piece = prop_oneof![
        4 => select(&PIECES[..]).prop_map(<[u8]>::to_vec),
        2 => prop::collection::vec(any::<u8>(), 0..12),
        1 => any::<char>().prop_map(|c| c.to_string().into_bytes()),
        1 => (any::<u8>(), 1..300usize).prop_map(|(byte, times)| vec![byte; times]),
    ];
    prop::collection::vec(piece, 0..=pieces).prop_map(|pieces| pieces.concat())
}

/// The same as text, as the checker makes it of what a program wrote.
pub fn text(pieces: usize) -> impl Strategy<Value = String> + Clone {
    bytes(pieces).prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// The first character of `text` that could steer a terminal or hide. Says so from the tables of Unicode, and
/// not from those of the code that is tested.
pub fn harm(text: &str) -> Option<&str> {
    static HARM: LazyLock<Regex> = LazyLock::new(|| {
        let classes = r"\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Mn}\p{Me}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}";
        Regex::new(&format!("[{classes}]|[^\\S ]")).unwrap()
    });
    HARM.find(text).map(|found| found.as_str())
}

/// Nothing in `lines` harms, and none of them is two.
#[track_caller]
pub fn assert_harmless<'a>(lines: impl IntoIterator<Item = &'a str>) {
    for line in lines {
        assert_eq!(harm(line), None, "in {line:?}");
    }
}
