//! From records to files.

use std::path::{Path, PathBuf};

use crate::gradebook::record::Record;

use super::course::CourseInfo;
use super::error::FormatError;
use super::file_name::file_names;
use super::format::Format;
use super::options::Options;
use super::{
    annotations, canvas, classroom50, csv, exercism, feedback, gradescope, jsonl, junit, moodle,
    prairielearn, summary, table,
};

/// What a format came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// Relative paths, all different, also on disks that ignore case; those of students are in a folder that
    /// is named after the format.
    pub files: Vec<(PathBuf, Vec<u8>)>,
    /// What the instructor has to know, such as rows of a worksheet without a record: whole lines.
    pub notes: Vec<String>,
}

impl Rendered {
    fn one(name: &str, bytes: Vec<u8>) -> Self {
        Rendered { files: vec![(name.into(), bytes)], notes: Vec::new() }
    }

    fn noted(name: &str, (bytes, notes): (Vec<u8>, Vec<String>)) -> Self {
        Rendered { files: vec![(name.into(), bytes)], notes }
    }
}

/// `records` in `format`. Every record has its row or file, whatever became of it. An error is the
/// instructor's to mend, and names what.
pub fn render(
    format: Format,
    records: &[Record],
    course: &CourseInfo,
    options: &Options,
) -> Result<Rendered, FormatError> {
    let for_each = |file: &str, bytes: &dyn Fn(&Record) -> Result<Vec<u8>, FormatError>| {
        per_student(format, records, file, bytes)
    };
    Ok(match format {
        Format::JsonLines => Rendered::one("grades.jsonl", jsonl::write(records)?),
        Format::Table => Rendered::one("grades.txt", table::render(records, course, options.look)),
        Format::Csv => Rendered::one("grades.csv", csv::render(records, course, options.byte_order_mark)),
        Format::Junit => Rendered::one("junit.xml", junit::render(records, course)?),
        Format::Gradescope => for_each("results.json", &gradescope::render)?,
        Format::PrairieLearn => for_each("results.json", &prairielearn::render)?,
        Format::Classroom50 => {
            classroom50::check(records, &options.classroom)?;
            for_each("result.json", &|record| classroom50::render(record, &options.classroom))?
        }
        Format::Exercism => per_exercise(format, records)?,
        Format::GithubAnnotations => {
            Rendered::one("annotations.txt", annotations::render(records, &options.token)?)
        }
        Format::GithubSummary => Rendered::one("summary.md", summary::render(records, course)),
        Format::Moodle => Rendered::noted("moodle.csv", moodle::render(records, &options.moodle)?),
        Format::Canvas => Rendered::noted("canvas.csv", canvas::render(records, course, &options.canvas)?),
        Format::Feedback => feedbacks(format, records, course),
    })
}

fn student_folders(records: &[Record]) -> Vec<String> {
    file_names(records.iter().map(|record| record.student.key.as_str()))
}

fn per_student(
    format: Format,
    records: &[Record],
    file: &str,
    bytes: &dyn Fn(&Record) -> Result<Vec<u8>, FormatError>,
) -> Result<Rendered, FormatError> {
    let root = Path::new(format.name());
    let students = student_folders(records).into_iter().zip(records);
    let files = students.map(|(folder, record)| Ok((root.join(folder).join(file), bytes(record)?)));
    Ok(Rendered { files: files.collect::<Result<_, FormatError>>()?, notes: Vec::new() })
}

fn per_exercise(format: Format, records: &[Record]) -> Result<Rendered, FormatError> {
    let mut files = Vec::new();
    for (student, record) in student_folders(records).into_iter().zip(records) {
        let root = Path::new(format.name()).join(student);
        let told = exercism::render(record)?;
        let names = file_names(told.iter().map(|(name, _)| name.as_str()));
        files.extend(
            names
                .into_iter()
                .zip(told)
                .map(|(name, (_, bytes))| (root.join(name).join("results.json"), bytes)),
        );
    }
    Ok(Rendered { files, notes: Vec::new() })
}

fn feedbacks(format: Format, records: &[Record], course: &CourseInfo) -> Rendered {
    let root = Path::new(format.name());
    let students = student_folders(records).into_iter().zip(records);
    let files = students
        .map(|(name, record)| (root.join(format!("{name}.md")), feedback::render(record, course)))
        .collect();
    Rendered { files, notes: Vec::new() }
}
