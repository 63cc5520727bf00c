//! What holds for any text.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::super::lexer::{Kind, Lexer};
use super::super::{Options, Report, Submission, compare, page, table};

const PIECES: [&str; 50] = [
    "fn",
    " f",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    "'a",
    "b'",
    "r#",
    "r#\"",
    "\"#",
    "br##\"",
    "/*",
    "*/",
    "//",
    "\n",
    "\\",
    "#",
    "#!",
    "#[",
    "1",
    "1.",
    "..",
    "0x",
    "1e",
    "e+",
    "::",
    "use ",
    " as ",
    ";",
    ",",
    "mut ",
    "pub",
    "mod ",
    "字",
    "é",
    "\u{202e}",
    "\0",
    "\r\n",
    "self",
    "io",
    "read_line",
    ".",
    "!",
    "<",
    "|",
];

/// Text that is mostly pieces of Rust, whole and broken.
fn any_text() -> impl Strategy<Value = String> {
    let piece =
        prop_oneof![9 => prop::sample::select(&PIECES[..]).prop_map(str::to_owned), 1 => any::<String>()];
    prop::collection::vec(piece, 0..200).prop_map(|pieces| pieces.concat())
}

fn class(texts: &[String]) -> Vec<Submission> {
    let one = |(n, text): (usize, &String)| {
        let half = (0..=text.len() / 2).rfind(|at| text.is_char_boundary(*at)).unwrap();
        let files = vec![("b.rs".to_owned(), text[..half].to_owned()), ("a.rs".to_owned(), text.clone())];
        Submission { exercise: format!("{}", n % 2), key: format!("{}", n / 2), files }
    };
    texts.iter().enumerate().map(one).collect()
}

/// Low enough that there is something to see.
fn eager() -> Options {
    let base = Options { gram: 3, window: 2, least_tokens: 1, least_share: 0.0, ..Options::default() };
    Options { most_lexemes: 300, ..base }
}

fn run(class: &[Submission], given: &str) -> Report {
    let given = BTreeMap::from([("0".to_owned(), vec![given.to_owned()])]);
    compare(class, &given, &eager())
}

proptest! {
    #[test]
    fn lexemes_are_in_order_and_hold_all_but_blanks(text in any_text()) {
        let mut end = 0;
        for lexeme in Lexer::new(&text) {
            prop_assert!(lexeme.start >= end && lexeme.end > lexeme.start);
            let between = &text[end as usize..lexeme.start as usize];
            let hidden = between.contains("//") || between.contains("/*") || between.starts_with("#!");
            prop_assert!(hidden || between.trim().is_empty(), "{between:?}");
            prop_assert!(lexeme.kind != Kind::Word || !lexeme.of(&text).contains(char::is_whitespace));
            end = lexeme.end;
        }
    }

    #[test]
    fn any_texts_are_compared_shown_and_bounded(texts in prop::collection::vec(any_text(), 0..8), given in any_text()) {
        let class = class(&texts);
        let report = run(&class, &given);
        for pair in &report.pairs {
            prop_assert!(pair.left.key < pair.right.key);
            prop_assert!(pair.suspicion.is_finite() && pair.share() <= 1.0 && pair.tokens > 0);
            prop_assert_eq!(pair.places.iter().map(|place| place.tokens).sum::<usize>(), pair.tokens);
            for (member, region) in pair.places.iter().flat_map(|place| [(&pair.left, &place.left), (&pair.right, &place.right)]) {
                let from = class.iter().find(|from| from.key == member.key && from.exercise == pair.exercise).unwrap();
                let (_, text) = from.files.iter().find(|(path, _)| *path == region.file).unwrap();
                prop_assert!(text.get(region.bytes.clone()).is_some());
                prop_assert!(region.shared.iter().all(|shared| text.get(shared.clone()).is_some()));
                prop_assert_eq!(text[..region.bytes.start].matches('\n').count() + 1, region.first_line);
                prop_assert_eq!(region.lines.len(), region.last_line + 1 - region.first_line);
            }
        }
        prop_assert!(page(&report).ends_with("</html>\n") && table(&report, 80).ends_with('\n'));
    }

    #[test]
    fn the_order_of_the_submissions_makes_no_difference(
        texts in prop::collection::vec(any_text(), 0..8),
        seed in any::<prop::sample::Index>(),
    ) {
        let class = class(&texts);
        let mut other = class.clone();
        other.reverse();
        if !other.is_empty() {
            let by = seed.index(other.len());
            other.rotate_left(by);
        }
        for submission in &mut other {
            submission.files.reverse();
        }
        prop_assert_eq!(run(&class, ""), run(&other, ""));
    }

    #[test]
    fn the_two_of_a_pair_may_change_places(one in any_text(), other in any_text()) {
        let named = |keys: [&str; 2]| {
            let mut both = class(&[one.clone(), String::new(), other.clone()]);
            both.remove(1);
            (both[0].key, both[1].key) = (keys[0].into(), keys[1].into());
            run(&both, "").pairs.pop().map(|pair| (pair.tokens, pair.suspicion))
        };
        prop_assert_eq!(named(["a", "b"]), named(["b", "a"]));
    }

    #[test]
    fn a_copy_is_found_whatever_stands_around_it(before in any_text(), after in any_text()) {
        let program = super::programs::solution("02_udp_echo_server", "").files.remove(0).1;
        // The text before may leave a string or a comment open, and the program be in it.
        let texts = [program.clone(), String::new(), format!("{program}\n{after}{before}")];
        prop_assert_eq!(run(&class(&texts), "").pairs.first().map(|pair| pair.share() > 0.99), Some(true));
    }
}

/// Each of these took quadratic time in some lexer: at this length that would be hours.
#[test]
fn a_million_of_anything_is_bounded() {
    let hostile = [
        "\"",
        "\"\\",
        "r#\"",
        "r##\"\"#",
        "/*",
        "'",
        "#[",
        "(",
        "use a as b",
        "b'",
        "{",
        "mod ",
        "1.",
        "x = 1;\n",
        "\"\"",
        "r\"\" ",
    ];
    for text in hostile {
        let all = text.repeat(1_000_000);
        let class = class(&[all.clone(), String::new(), all]);
        let report = compare(&class, &BTreeMap::new(), &Options::default());
        assert!(report.notes.iter().all(|note| note.text.contains("the first 20000 tokens")));
        assert!(page(&report).len() < 10_000_000);
    }
}
