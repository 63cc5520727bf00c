//! Reading records back.

use super::class::class;
use crate::report::grades::FormatError;
use crate::report::grades::jsonl::{Records, Tail, line};

fn read(bytes: &[u8]) -> (usize, Option<FormatError>, Tail) {
    let mut records = Records::new(bytes, "out/grades.jsonl".as_ref());
    let (mut count, mut error) = (0, None);
    for record in records.by_ref() {
        match record {
            Ok(_) => count += 1,
            Err(fault) => error = Some(fault),
        }
    }
    assert!(records.next().is_none(), "an error ends it");
    (count, error, records.tail())
}

fn two() -> String {
    class()[..2].iter().map(|record| line(record).unwrap()).collect()
}

#[test]
fn a_half_last_line_is_left_out_wherever_it_ends() {
    let text = two();
    let first = text.find('\n').unwrap() + 1;
    for end in first + 1..text.len() - 1 {
        let tail = Tail::Half { line: 2, at: first as u64 };
        assert_eq!(read(&text.as_bytes()[..end]), (1, None, tail), "cut at {end}");
    }
    assert_eq!(read(text.as_bytes()), (2, None, Tail::Whole));
    assert_eq!(read(text.trim_end().as_bytes()), (2, None, Tail::NoLineEnd));
    assert_eq!(read(b""), (0, None, Tail::Whole));
    assert_eq!(read(b"\n\n"), (0, None, Tail::Whole));
}

#[test]
fn zeros_that_a_power_cut_left_are_a_half_line() {
    let mut text = two().into_bytes();
    let at = text.len() as u64;
    text.extend([0; 100]);
    assert_eq!(read(&text), (2, None, Tail::Half { line: 3, at }));
}

#[test]
fn what_is_no_record_is_told_with_its_place() {
    let text = two().replacen("checker-grade/1", "checker-grade/2", 2);
    let (count, error, _) = read(text.as_bytes());
    let error = error.unwrap().to_string();
    assert_eq!(count, 0);
    assert!(error.starts_with("out/grades.jsonl:1: the record's schema is `checker-grade/2`, and this checker reads `checker-grade/1`"), "{error}");

    let (count, error, _) = read(format!("{}\n{{\"schema\":\"checker-grade/9\"}}\n", two()).as_bytes());
    assert!(
        error
            .unwrap()
            .to_string()
            .starts_with("out/grades.jsonl:4: the record's schema is `checker-grade/9`")
    );
    assert_eq!(count, 2);

    for broken in ["{}\n", "nonsense\n", "[1]\n", "{\"schema\":\"checker-grade/1\"}\n", "\u{0}\n"] {
        let (count, error, _) = read(format!("{}{broken}{}", two(), two()).as_bytes());
        let error = error.unwrap().to_string();
        assert!(error.starts_with("out/grades.jsonl:3: not a record: "), "{error}");
        assert!(
            error.ends_with("delete the line: its submission is graded again by the next run"),
            "{error}"
        );
        assert_eq!(count, 2);
    }
    let (_, error, _) = read(b"\xff\xfe\n");
    assert!(error.is_some());
}

#[test]
fn points_that_are_no_numbers_are_not_written() {
    let mut record = class().remove(0);
    record.penalty = f64::NAN;
    assert!(line(&record).unwrap_err().to_string().starts_with("the points of student-001 are no numbers"));
}
