//! What people do to a program that is not theirs. The results need not compile.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Submission;
use super::super::lexer::{Kind, Lexeme, Lexer};

/// A way to change a text.
pub type Disguise = fn(&str) -> String;

pub const ALL: [(&str, Disguise); 7] = [
    ("renamed", rename),
    ("reformatted", reformat),
    ("reordered", reorder),
    ("commented", comment),
    ("other literals", literals),
    ("dead statements", pad),
    ("lets swapped", swap_lets),
];

/// `from` as somebody else hands it in, under other names of files.
pub fn copied(from: &Submission, key: &str, disguises: &[Disguise]) -> Submission {
    let change = |text: &str| disguises.iter().fold(text.to_owned(), |text, disguise| disguise(&text));
    let files = from.files.iter().enumerate();
    let files = files.map(|(n, (_, text))| (format!("src/other{}.rs", 9 - n), change(text))).collect();
    Submission { exercise: from.exercise.clone(), key: key.to_owned(), files }
}

fn lexemes(text: &str) -> Vec<Lexeme> {
    Lexer::new(text).collect()
}

/// Every lexeme as `change` has it; what is between them stays.
fn changed(text: &str, mut change: impl FnMut(usize, &Lexeme) -> String) -> String {
    let mut out = String::new();
    let mut at = 0;
    for (n, lexeme) in lexemes(text).iter().enumerate() {
        out += &text[at..lexeme.start as usize];
        out += &change(n, lexeme);
        at = lexeme.end as usize;
    }
    out + &text[at..]
}

/// Whatever the text declares gets another name, and so does whatever happens to be called the same.
pub fn rename(text: &str) -> String {
    let all = lexemes(text);
    let word = |at: usize| all.get(at).map_or("", |lexeme| lexeme.of(text));
    let is_name = |at: usize| {
        all[at].kind == Kind::Word && !["self", "mut", "_", "Some", "Ok", "Err", "ref"].contains(&word(at))
    };
    let mut declared = BTreeSet::new();
    for at in 1..all.len().saturating_sub(1) {
        let binds = ["fn", "let", "mut", "struct", "enum", "const", "static", "type", "trait", "|", "for"];
        let parameter = word(at + 1) == ":";
        if is_name(at) && (binds.contains(&word(at - 1)) || parameter) && word(at) != "main" {
            declared.insert(word(at));
        }
    }
    let numbers: BTreeMap<&str, usize> = declared.into_iter().zip(1..).collect();
    changed(text, |_, lexeme| {
        numbers.get(lexeme.of(text)).map_or(lexeme.of(text).to_owned(), |number| format!("thing_{number}"))
    })
}

/// Other lines, other blanks, no comments.
fn reformat(text: &str) -> String {
    let between = |n: usize| if n.is_multiple_of(5) { "\n      " } else { " " };
    lexemes(text).iter().enumerate().map(|(n, lexeme)| lexeme.of(text).to_owned() + between(n)).collect()
}

/// The items of the file from the last to the first.
fn reorder(text: &str) -> String {
    let mut items = vec![String::new()];
    let mut depth = 0_i32;
    let mut braces = false;
    for lexeme in lexemes(text) {
        let word = lexeme.of(text);
        if let Some(item) = items.last_mut() {
            *item += word;
            *item += " ";
        }
        depth += i32::from(["{", "(", "["].contains(&word)) - i32::from(["}", ")", "]"].contains(&word));
        braces |= word == "{";
        if depth == 0 && (word == ";" || (word == "}" && braces)) {
            items.push("\n".to_owned());
            braces = false;
        }
    }
    items.reverse();
    items.concat()
}

fn comment(text: &str) -> String {
    changed(text, |n, lexeme| {
        let more = if n.is_multiple_of(7) { " /* very { important \" */ " } else { "" };
        lexeme.of(text).to_owned() + more
    })
}

fn literals(text: &str) -> String {
    changed(text, |n, lexeme| match lexeme.kind {
        Kind::Integer => (n + 1).to_string(),
        Kind::Text => format!("\"text {n}\""),
        Kind::Char => "'z'".to_owned(),
        _ => lexeme.of(text).to_owned(),
    })
}

/// A statement that does nothing, behind each tenth semicolon.
fn pad(text: &str) -> String {
    let mut semicolons = 0;
    changed(text, |_, lexeme| {
        semicolons += usize::from(lexeme.of(text) == ";");
        let pads = lexeme.of(text) == ";" && semicolons % 10 == 0;
        lexeme.of(text).to_owned() + if pads { " let nothing = 0; drop(nothing);" } else { "" }
    })
}

/// Of two lines that are a `let` each, the second one first.
fn swap_lets(text: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let is_let = |line: &str| line.trim_start().starts_with("let ") && line.ends_with(';');
    let mut at = 1;
    while at < lines.len() {
        if is_let(lines[at - 1]) && is_let(lines[at]) {
            lines.swap(at - 1, at);
            at += 1;
        }
        at += 1;
    }
    lines.join("\n")
}
