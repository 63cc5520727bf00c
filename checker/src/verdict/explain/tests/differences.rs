//! Every way of differing that has words, from a table.

use super::super::difference::tell;
use crate::record::bytes::Excerpt;

fn told(want: &[u8], got: &[u8]) -> String {
    let at = want.iter().zip(got).take_while(|(a, b)| a == b).count();
    tell(&Excerpt::around(want, at), &Excerpt::around(got, at), at as u64).unwrap_or_default()
}

#[test]
fn telling_differences_have_words() {
    let long: Vec<u8> = (0..65_507u32).map(|i| b'a' + (i % 26) as u8).collect();
    let [kilo, kilo_line] = [long[..1024].to_vec(), [&long[..1024], b"\n"].concat()];
    let padded = [&b"hello"[..], &[0; 1019]].concat();
    let table: Vec<(&[u8], &[u8], &str)> = vec![
        (b"Welcome\n", b"Welcome\r\n", "\\r\\n where \\n alone"),
        (b"a\r\nb", b"a\nb", "lost on the way"),
        ("收到\n".as_bytes(), "\u{fffd}\u{fffd}\u{fffd}到\n".as_bytes(), "from_utf8_lossy"),
        (b"a\xffb", "a\u{fffd}b".as_bytes(), "from_utf8_lossy"),
        ("\u{ffff}x".as_bytes(), "\u{fffd}x".as_bytes(), "from_utf8_lossy"),
        (b"hello", &padded, "&buffer[..n]"),
        (b"hello\n", b"hello\0\0\0\n", "&buffer[..n]"),
        ("收到, So\n".as_bytes(), "收到，So\n".as_bytes(), "full-width"),
        (b"ab\n", b"ab", "Only the line end is missing"),
        (b"ab\n", b"abcd\n", "missing or comes later"),
        (b"abcd\n", b"ab\n", "ends too early"),
        (&long, &kilo, "1,024 bytes: just the size of a buffer"),
        (&long, &kilo_line, "1,024 bytes: just the size of a buffer"),
        (b"x: abc\n", b"x: \"abc\"\n", "`{:?}`"),
        (b"abc", b"abcabc", "came twice"),
        (b"Welcome!\n", b"hello\nWelcome!\n", "6 bytes come before it"),
        (b"hello", b"llo", "2 bytes are missing"),
        (b"  hello ", b"hello", "not with trim()"),
        (b"Hello\n", b"hello\nand more\n", "capital and small"),
        (b" hello\n", b"hello\nand more\n", "not with trim()"),
        (b"Welcome", b"welcome", "capital and small"),
        (b"a: b", b"a:b", "Only the blanks"),
        (b"sent 25 bytes to", b"sent 9 bytes to", "are characters counted?"),
        (b"sent 14 bytes to", b"sent 15 bytes to", "Is the line end counted"),
        (b"sent 120 bytes", b"sent 121 bytes", "120 is asked for, 121 came"),
        (b"abc", b"xyz", ""),
        (b"abc", b"", ""),
    ];
    for (want, got, words) in table {
        let said = told(want, got);
        assert!(said.contains(words) && said.is_empty() == words.is_empty(), "{want:?} {got:?}: {said}");
    }
}

#[test]
fn a_difference_outside_of_what_is_known_has_no_words() {
    let (want, got) = (Excerpt::head(&[b'a'; 2000]), Excerpt::head(&[b'a'; 1999]));
    assert_eq!(tell(&want, &got, 1999), None);
}
