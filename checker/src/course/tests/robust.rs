//! No text, however wrong, makes the reader panic or lose a place.

use super::support::{read, with_steps};

const STEPS: &str = r#"{ start = "server", args = ["${addr}", "学习"], on = "listening" },
{ connect = "ann", each = 3 }, { for = "ann", steps = [{ send = "ann", line = "${ann.addr} ${n}", cut = [1] }] },
{ listen = "d" }, { accept = "c", first = '(?P<pid>\d+)' }, { send = "c", line = "${c.pid}" },
{ repeat = 2, steps = [{ expect = "server.stdout", lines = ["a"] }] }, { bind = "p", at = "${front}" },
{ expect = "p", datagram = "${w}" }, { expect_exit = "server", code = 0, reason = "x" }"#;

fn check(text: &str) {
    let Err(problems) = read(text) else { return };
    let shown = problems.to_string();
    assert!(shown.starts_with("error: "), "{shown}");
    for problem in &problems.0 {
        let place = problem.place.as_ref().expect("a place");
        assert_eq!(text.lines().nth(place.line as usize - 1).unwrap_or(""), place.text, "{shown}");
        assert!(place.column as usize <= place.text.chars().count() + 1, "{shown}");
    }
}

#[test]
fn any_character_may_be_missing_or_wrong() {
    let text = with_steps(STEPS);
    assert!(read(&text).is_ok(), "{}", read(&text).unwrap_err());
    let characters: Vec<char> = text.chars().collect();
    for at in 0..characters.len() {
        for wrong in [None, Some('¤'), Some('.'), Some('7'), Some('\''), Some('{'), Some('\n')] {
            let rest = characters[at + 1..].iter().copied();
            check(&characters[..at].iter().copied().chain(wrong).chain(rest).collect::<String>());
        }
    }
}

#[test]
fn any_end_may_be_cut_off() {
    let text = with_steps(STEPS);
    for (at, _) in text.char_indices() {
        check(&text[..at]);
    }
}

#[test]
fn any_value_may_be_of_any_type() {
    let text = with_steps(STEPS);
    let values: Vec<&str> = text.split_inclusive(" = ").collect();
    for at in 1..values.len() {
        for value in ["1", "true", "[]", "{}", "[[{}]]", "{ a = { b = 1 } }", "''", "-9e9", "1979-05-27"] {
            let end = values[at].find([',', '}', '\n']).unwrap_or(0);
            let changed = format!("{value}{}", &values[at][end..]);
            check(&format!("{}{changed}{}", values[..at].concat(), values[at + 1..].concat()));
        }
    }
}
