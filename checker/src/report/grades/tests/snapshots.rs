//! Each format once, as it looks.

use super::class::{class, course, options};
use crate::report::grades::{CourseInfo, ExerciseInfo, Format, render};
use crate::report::terminal::Look;

fn files(format: Format) -> String {
    let files = render(format, &class(), &course(), &options()).unwrap().files;
    let texts = files.into_iter().map(|(path, bytes)| {
        let text = String::from_utf8(bytes).unwrap().replace('\r', "␍");
        format!("=== {}\n{text}", path.display())
    });
    texts.collect()
}

#[test]
fn formats() {
    for format in Format::ALL {
        if !matches!(format, Format::JsonLines | Format::Moodle | Format::Canvas) {
            insta::assert_snapshot!(format.name(), files(format));
        }
    }
}

#[test]
fn a_table_is_no_wider_than_the_terminal() {
    use unicode_width::UnicodeWidthStr;
    for (width, exercises) in [(60, 2), (80, 7), (80, 8), (80, 9), (80, 40), (120, 17), (20, 3), (500, 3)] {
        let exercises = (0..exercises).map(|at| ExerciseInfo {
            name: format!("{at:02}_学习"),
            title: String::new(),
            points: 5,
        });
        let course = CourseInfo { title: "x".into(), exercises: exercises.collect() };
        let mut options = options();
        options.look = Look { width, color: false };
        let files = render(Format::Table, &class(), &course, &options).unwrap().files;
        let text = String::from_utf8(files[0].1.clone()).unwrap();
        for line in text.lines() {
            assert!(line.width() <= width.clamp(60, 120), "{width}: {line}");
        }
    }
}

#[test]
fn colours_change_nothing_else() {
    let mut options = options();
    let plain = render(Format::Table, &class(), &course(), &options).unwrap();
    options.look.color = true;
    let coloured = render(Format::Table, &class(), &course(), &options).unwrap();
    let mut text = String::from_utf8(coloured.files[0].1.clone()).unwrap();
    while let Some(begin) = text.find('\u{1b}') {
        let end = begin + text[begin..].find('m').unwrap();
        text.replace_range(begin..=end, "");
    }
    assert_eq!(text, String::from_utf8(plain.files[0].1.clone()).unwrap());
}
