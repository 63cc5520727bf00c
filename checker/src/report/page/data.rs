//! What the page knows of its students, for the script to make their pages from.

use std::collections::BTreeMap;

use serde::Serialize;

use super::class::Class;
use super::html::Html;
use super::student::{Student, student};
use super::texts::Texts;
use super::visible::on_one_line;

/// All of it is text to show, free of what steers, or a number in `lines`.
#[derive(Serialize)]
struct Data<'c> {
    /// The columns of the grid: name and title.
    exercises: Vec<[String; 2]>,
    /// By what stands behind the `#`.
    students: BTreeMap<&'c str, Student>,
    lines: Vec<String>,
}

pub(super) fn data(html: &mut Html, class: &Class, texts: &mut Texts) {
    let students =
        class.students.iter().map(|entry| (entry.anchor.as_str(), student(entry, texts))).collect();
    let exercises = class.columns.iter().map(|one| [on_one_line(one.name), on_one_line(one.title)]).collect();
    html.data("data", &Data { exercises, students, lines: texts.all() });
}
