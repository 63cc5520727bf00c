//! A student's page, as data.

use serde::Serialize;

use super::class::Entry;
use super::date::utc;
use super::exercise::{Exercise, exercise};
use super::figures::{many, points};
use super::standing::Standing;
use super::texts::Texts;
use super::visible::on_one_line;
use crate::gradebook::record::Record;

#[derive(Debug, Serialize)]
pub(super) struct Student {
    name: String,
    total: Total,
    /// Each with its label.
    facts: Vec<[String; 2]>,
    /// Kind and message, where the submission could not be taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    trouble: Option<[String; 2]>,
    /// One a column; None where the record knows nothing of that exercise.
    exercises: Vec<Option<Exercise>>,
}

/// The points in words: `5.5`, `of 10 points`, what was taken off, what is wrong with the sum.
#[derive(Debug, Default, Serialize)]
struct Total {
    points: String,
    of: String,
    less: String,
    flaw: String,
}

pub(super) fn student(entry: &Entry, texts: &mut Texts) -> Student {
    let troubled = entry.record.trouble.as_ref();
    let mut of = |grade| exercise(grade, troubled.is_some(), texts);
    Student {
        name: on_one_line(&entry.name),
        total: total(entry),
        facts: facts(entry.record),
        trouble: troubled.map(|trouble| [on_one_line(&trouble.kind), on_one_line(&trouble.message)]),
        exercises: entry.exercises.iter().map(|grade| grade.map(&mut of)).collect(),
    }
}

fn total(entry: &Entry) -> Total {
    let record = entry.record;
    match entry.standing {
        Standing::Full(sum) => Total {
            points: points(sum),
            of: format!("of {} points", points(record.points_possible)),
            less: match record.penalty {
                penalty if penalty > 0.0 => {
                    format!("{}, and {} taken off for lateness", points(record.points), points(penalty))
                }
                _ => String::new(),
            },
            flaw: String::new(),
        },
        Standing::Partly { points, possible, missing } => Total {
            points: points.to_string(),
            of: format!("of {possible} points so far"),
            flaw: format!("{} not graded", many(missing, "exercise", "exercises")),
            ..Total::default()
        },
        Standing::Nothing => Total { flaw: "nothing was graded".to_owned(), ..Total::default() },
    }
}

fn facts(record: &Record) -> Vec<[String; 2]> {
    let student = &record.student;
    let late = match record.days_late {
        0 => String::new(),
        days => format!(", late by {}", many(days as usize, "day", "days")),
    };
    let submitted = record.submitted_at.map_or("unknown".to_owned(), utc) + &late;
    let took = record.took_ms as f64 / 1000.0;
    let graded = format!("{}, in {took:.1} s, isolation rung {}", utc(record.graded_at), record.rung);
    let own = [("Key", Some(&student.key)), ("Id", student.id.as_ref()), ("E-mail", student.email.as_ref())];
    let own = own.into_iter().filter_map(|(label, value)| Some((label, value?)));
    let more = student.more.iter().map(|(column, value)| (column.as_str(), value));
    let found = [
        ("Found at", &record.source),
        ("Submitted", &submitted),
        ("Graded", &graded),
        ("SHA-256", &record.digest),
    ];
    own.chain(more).chain(found).map(|(label, value)| [on_one_line(label), on_one_line(value)]).collect()
}
