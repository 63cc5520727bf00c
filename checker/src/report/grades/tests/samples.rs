//! The class in every format, as files, for readers that others wrote.

use std::path::PathBuf;

use super::class::{GRADEBOOK, class, course, given, options};
use crate::report::grades::{Format, render};

/// Writes below the folder that `GRADES_SAMPLES` names.
#[test]
#[ignore = "writes files, for other programs to read"]
fn samples() {
    let root = PathBuf::from(std::env::var_os("GRADES_SAMPLES").expect("GRADES_SAMPLES names a folder"));
    let mut files: Vec<_> = Format::ALL
        .into_iter()
        .flat_map(|format| render(format, &class(), &course(), &options()).unwrap().files)
        .collect();
    let mut filled = options();
    filled.canvas.gradebook = Some(given("book.csv", GRADEBOOK));
    let (_, bytes) = render(Format::Canvas, &class(), &course(), &filled).unwrap().files.remove(0);
    files.push(("canvas-filled.csv".into(), bytes));
    for (path, bytes) in files {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}
