//! Files whose faults are marked where they stand.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::course::exercise_file;
use crate::course::source::Source;
use crate::course::{Exercise, Limits, Problems};

/// Stands in a text directly before each fault.
const MARK: char = '¶';

/// `text` read as the `exercise.toml` of `04_multi_client`.
pub fn read(text: &str) -> Result<Exercise, Problems> {
    let source = Source::new("exercise.toml".into(), text.to_owned());
    exercise_file::read(&source, "04_multi_client", &Limits::default())
}

/// An exercise whose only scenario has these steps, between some that use the
/// variables and start the programs.
pub fn with_steps(steps: &str) -> String {
    format!(
        "title = 'T'\n\
         programs = ['server', 'client']\n\
         addr = '127.0.0.1:5556'\n\
         hints = ['a', 'b']\n\
         vars = {{ w = {{ word = 8 }}, big = {{ blob = '1 MiB' }} }}\n\
         [[scenario]]\n\
         name = 's'\n\
         addrs = {{ front = '127.0.0.1:5557' }}\n\
         steps = [\n\
         {{ file = 'w', text = '${{w}}${{front}}' }}, {{ file = 'big', blob = 'big' }},\n\
         {},\n{{ start = 'last', program = 'client' }}, {{ start = 'least', program = 'server' }}\n]\n",
        steps.trim_end_matches(',')
    )
}

/// Line and column of each mark, and the text without them.
fn marks(marked: &str) -> (String, Vec<(u32, u32)>) {
    let mut places = Vec::new();
    let mut text = String::new();
    let (mut line, mut column) = (1, 1);
    for c in marked.chars() {
        match c {
            MARK => {
                places.push((line, column));
                continue;
            }
            '\n' => (line, column) = (line + 1, 1),
            _ => column += 1,
        }
        text.push(c);
    }
    (text, places)
}

/// The faults of `marked` are those at its marks, in order, and no others. Each of `wanted` is a part of the
/// message and a part of the cure.
#[track_caller]
pub fn faults(marked: &str, wanted: &[(&str, &str)]) {
    let (text, places) = marks(marked);
    let problems = match read(&text) {
        Ok(_) => panic!("no fault found in:\n{text}"),
        Err(problems) => problems,
    };
    let found: Vec<(u32, u32)> =
        problems.0.iter().map(|problem| (problem.line(), problem.column())).collect();
    assert_eq!(found, places, "in:\n{marked}\nfound:\n{problems}");
    assert_eq!(problems.0.len(), wanted.len(), "{problems}");
    for (problem, (message, cure)) in problems.0.iter().zip(wanted) {
        let told = problem.cure.clone().unwrap_or_default();
        assert!(problem.message.contains(message), "wanted {message:?} in\n{problem}");
        assert!(told.contains(cure), "wanted the cure {cure:?} in\n{problem}");
        assert_eq!(told.is_empty(), cure.is_empty(), "{problem}");
    }
}

/// Each row is the steps of a scenario with one mark, a part of the message and a part of the cure.
#[track_caller]
pub fn step_faults(rows: &[(&str, &str, &str)]) {
    for (steps, message, cure) in rows {
        faults(&with_steps(steps), &[(message, cure)]);
    }
}

/// Steps that must be right.
#[track_caller]
pub fn right(steps: &str) -> Exercise {
    read(&with_steps(steps)).unwrap_or_else(|problems| panic!("{problems}"))
}

/// A folder with these files.
pub fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    folder
}

pub fn write(root: &Path, path: &str, text: &str) {
    fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
    fs::write(root.join(path), text).unwrap();
}
