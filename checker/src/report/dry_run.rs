//! What a dry run shows: who was recognised, what each handed in, and what was passed over.

use super::terminal::{Look, Paint, cut, pad, wrap};
use crate::submission::DryRow;
use crate::verdict::explain::literal::harmless;
use crate::verdict::explain::words::count;

/// Columns of a student's key.
const KEY: usize = 28;

/// A block for each student, then what was passed over (what, and why), then how many.
pub fn table(rows: &[DryRow], passed_over: &[(String, String)], look: Look) -> String {
    let mut out = String::new();
    for row in rows {
        out += &student(row, look);
    }
    for (source, reason) in passed_over {
        out += &format!("{} {}\n", look.paint(Paint::Note, "passed over"), plain(source));
        out += &indented(reason, look);
    }
    let whole = rows.iter().filter(|row| row.exercises.iter().any(|held| held.files > 0)).count();
    out += &format!(
        "\n{}, {} with something to grade, {} passed over. Nothing was graded.\n",
        count(rows.len() as u64, "student", "students"),
        whole,
        passed_over.len(),
    );
    out
}

fn student(row: &DryRow, look: Look) -> String {
    let key = pad(&cut(&plain(&row.key), KEY - 1), KEY);
    let held: Vec<&str> =
        row.exercises.iter().filter(|held| held.files > 0).map(|held| short(&held.name)).collect();
    let held = if held.is_empty() { "nothing".to_owned() } else { held.join(" ") };
    let mut out = format!("{}{held}\n", look.paint(Paint::Heading, &key));
    let who = [("name", &row.name), ("id", &row.id), ("email", &row.email)];
    let who: Vec<String> =
        who.iter().filter_map(|(what, value)| Some(format!("{what} {}", plain(value.as_deref()?)))).collect();
    if !who.is_empty() {
        out += &indented(&who.join(", "), look);
    }
    if !row.source.is_empty() {
        out += &indented(&format!("from {}", plain(&row.source)), look);
    }
    if row.late_mark {
        out += &indented("marked as late by the platform", look);
    }
    let troubles = row.trouble.iter().map(|trouble| trouble.message.clone());
    let own = row
        .exercises
        .iter()
        .filter_map(|held| Some(format!("{}: {}", held.name, held.trouble.as_ref()?.message)));
    for line in troubles.chain(own).chain(row.notes.iter().cloned()) {
        out += &indented(&line, look);
    }
    out
}

/// `04` of `04_multi_client`.
fn short(exercise: &str) -> &str {
    exercise.split('_').next().unwrap_or(exercise)
}

fn plain(text: &str) -> String {
    harmless(text.as_bytes())
}

fn indented(text: &str, look: Look) -> String {
    wrap(&plain(text), look.columns() - 4).iter().map(|line| format!("    {line}\n")).collect()
}
