//! `checker report`: the grades of a class in another format, from the records alone.

use std::env;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::cli::args::Global;
use crate::cli::class::write;
use crate::cli::context::look;
use crate::cli::exit::{Exit, Stop};
use crate::cli::instructor::ReportArgs;
use crate::cli::said;
use crate::course::Course;
use crate::grade::{self, LedgerError};
use crate::gradebook::record::Record;
use crate::report::grades::{
    CanvasOptions, ClassroomOptions, CourseInfo, ExerciseInfo, Format, GivenFile, MoodleColumns,
    MoodleOptions, Options, Shape, render,
};
use crate::report::page;

/// The page's name, beside those of the formats.
const PAGE: &str = "html";

pub fn report(global: &Global, args: &ReportArgs) -> Result<Exit, Stop> {
    let format = match args.format.as_str() {
        PAGE => None,
        name => Some(name.parse::<Format>().map_err(|error| Stop::usage(format!("{error}, {PAGE}")))?),
    };
    let options = options(global, args)?;
    let records = grade::read(&args.dir).map_err(|error| match error {
        LedgerError::Io(path, error) => Stop::usage(format!(
            "{}: {error}; name the folder that `checker grade --out` wrote",
            path.display()
        )),
        other => Stop::usage(other),
    })?;
    let info = course_of(global, args, &records);
    let Some(format) = format else {
        let html = page::page(&records, &info, &info.title);
        one(args.output.as_deref(), html.as_bytes())?;
        return Ok(Exit::Passed);
    };
    let rendered = render(format, &records, &info, &options).map_err(Stop::usage)?;
    for note in &rendered.notes {
        said::say("note: ", note)?;
    }
    match (format.shape(), &args.output) {
        (Shape::OneFile, output) => {
            for (_, bytes) in &rendered.files {
                one(output.as_deref(), bytes)?;
            }
        }
        (_, Some(folder)) => {
            for (path, bytes) in &rendered.files {
                write(&folder.join(path), bytes)?;
            }
        }
        (_, None) => {
            return Err(Stop::usage(format!("{format} makes several files; say where with -o DIR")));
        }
    }
    Ok(Exit::Passed)
}

fn one(output: Option<&Path>, bytes: &[u8]) -> Result<(), Stop> {
    match output {
        Some(path) => write(path, bytes),
        None => Ok(io::stdout().lock().write_all(bytes)?),
    }
}

fn options(global: &Global, args: &ReportArgs) -> Result<Options, Stop> {
    let usual = MoodleColumns::default();
    let column = |given: &Option<String>, usual: String| given.clone().unwrap_or(usual);
    Ok(Options {
        look: look(global.color),
        byte_order_mark: args.bom,
        token: std::iter::repeat_with(fastrand::alphanumeric).take(32).collect(),
        classroom: ClassroomOptions {
            classroom: args.classroom.clone(),
            assignment: args.classroom_assignment.clone(),
            owner_column: args.classroom_owner.clone(),
        },
        moodle: MoodleOptions {
            worksheet: given(args.moodle_worksheet.as_ref())?,
            columns: MoodleColumns {
                id: column(&args.moodle_id, usual.id),
                name: column(&args.moodle_name, usual.name),
                email: column(&args.moodle_email, usual.email),
                grade: column(&args.moodle_grade, usual.grade),
                feedback: column(&args.moodle_feedback, usual.feedback),
                maximum: column(&args.moodle_maximum, usual.maximum),
            },
        },
        canvas: CanvasOptions {
            assignment: args.canvas_assignment.as_deref().map(assignment).transpose()?,
            gradebook: given(args.canvas_gradebook.as_ref())?,
        },
    })
}

fn given(path: Option<&PathBuf>) -> Result<Option<GivenFile>, Stop> {
    let read = |path: &PathBuf| match fs::read(path) {
        Ok(bytes) => Ok(GivenFile { path: path.clone(), bytes }),
        Err(error) => Err(Stop::usage(format!("{}: {error}", path.display()))),
    };
    path.map(read).transpose()
}

/// Title and id in `Homework 1 (4711)`.
fn assignment(text: &str) -> Result<(String, String), Stop> {
    let parts = text.trim().strip_suffix(')').and_then(|text| text.rsplit_once(" ("));
    match parts {
        Some((title, id)) if !title.is_empty() && !id.is_empty() => Ok((title.to_owned(), id.to_owned())),
        _ => Err(Stop::usage(format!(
            "{}: `{text}` has no id; write it as in the gradebook's header: `Homework 1 (4711)`",
            CanvasOptions::ASSIGNMENT_OPTION
        ))),
    }
}

/// The course as the records tell of it. Only its title is not in them: that is asked of the course, where
/// there is one here that has these exercises.
fn course_of(global: &Global, args: &ReportArgs, records: &[Record]) -> CourseInfo {
    let exercises: Vec<ExerciseInfo> = records.first().map_or_else(Vec::new, |record| {
        let exercises = record.exercises.iter().map(|exercise| ExerciseInfo {
            name: exercise.name.clone(),
            title: exercise.title.clone(),
            points: exercise.points_possible,
        });
        exercises.collect()
    });
    let course = match &global.course {
        Some(folder) => Course::open(folder).ok(),
        None => env::current_dir().ok().and_then(|here| Course::find(&here).ok()),
    };
    let same = |course: &Course| course.exercises.iter().eq(exercises.iter().map(|exercise| &exercise.name));
    let title = args.title.clone().or_else(|| course.filter(same).map(|course| course.title));
    CourseInfo { title: title.unwrap_or_else(|| "Grades".into()), exercises }
}
