//! `course.toml`: the title, the exercises' names in order, the limits.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf, absolute};

use super::error::CourseError;
use super::field::Field;
use super::fields::Fields;
use super::limits::Limits;
use super::nearest::quoted;
use super::source::{Report, Source};

/// The name of the file that makes a folder a course.
const FILE: &str = "course.toml";

/// A course: its `course.toml`, read. The exercises themselves are read one at a time.
#[derive(Debug, Clone)]
pub struct Course {
    /// The folder with `course.toml`, absolute.
    pub root: PathBuf,
    /// One line.
    pub title: String,
    /// The folders' names, in the order in which they are worked through. Unique, at least one.
    pub exercises: Vec<String>,
    /// What holds where an exercise says nothing else.
    pub limits: Limits,
    /// To point into when a named exercise is not there.
    pub(super) source: Source,
    /// Where each of `exercises` stands in `source`.
    pub(super) entries: Vec<Range<usize>>,
}

impl Course {
    /// The course to which the folder `start` belongs: the nearest `course.toml` from there upwards.
    ///
    /// # Errors
    /// There is none, or it has faults.
    pub fn find(start: &Path) -> Result<Course, CourseError> {
        let from = absolute(start).unwrap_or_else(|_| start.to_owned());
        match from.ancestors().find(|folder| folder.join(FILE).is_file()) {
            Some(root) => Self::open(root),
            None => Err(CourseError::NotFound { start: from, upwards: true }),
        }
    }

    /// The course in the folder `root`.
    ///
    /// # Errors
    /// There is no `course.toml` in it, or that has faults.
    pub fn open(root: &Path) -> Result<Course, CourseError> {
        let root = absolute(root).unwrap_or_else(|_| root.to_owned());
        if !root.join(FILE).is_file() {
            return Err(CourseError::NotFound { start: root, upwards: false });
        }
        let source = Source::read(&root, FILE.into()).map_err(|problem| super::Problems(vec![problem]))?;
        let (title, names, limits) = {
            let tree = source.parse().map_err(|problem| super::Problems(vec![problem]))?;
            let report = Report::new(&source);
            let read = read(&Fields::new(&report, "the course", 0..0, tree.get_ref()));
            report.into_problems().or(read)?
        };
        let (exercises, entries) = names.into_iter().unzip();
        Ok(Course { root, title, exercises, limits, source, entries })
    }
}

fn read(fields: &Fields<'_>) -> (String, Vec<(String, Range<usize>)>, Limits) {
    fields.only(&["title", "exercises", "limits"]);
    let title = fields.need("title", "add `title = \"…\"` at the top").and_then(|field| field.sentence());
    let names = fields.need("exercises", "add `exercises = [\"01_…\"]`, the folders' names in order");
    let limits = fields.get("limits").and_then(|field| field.fields("`limits`"));
    let limits = limits.map(|fields| Limits::read(&fields)).unwrap_or_default();
    (title.unwrap_or_default(), names.map(|field| exercises(&field)).unwrap_or_default(), limits)
}

/// The names and their places; each must be a folder's name as `04_multi_client`, and stand there once.
fn exercises(field: &Field<'_>) -> Vec<(String, Range<usize>)> {
    let elements = field.elements("names");
    if elements.is_empty() && field.node.get_ref().is_array() {
        field.fault("`exercises` is empty", "name the exercises' folders in order".to_owned());
    }
    let mut names = Vec::new();
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for element in elements {
        let Some(name) = element.string() else { continue };
        let Some((number, package)) = split(&name) else {
            let cure = "two digits, `_`, lower-case letters: `04_multi_client`".to_owned();
            element.fault(format!("{} is not an exercise's name", quoted(&name)), cure);
            continue;
        };
        for key in [number.to_string(), package.to_owned()] {
            if let Some(other) = seen.insert(key.clone(), name.clone()) {
                let message = format!("`{name}` cannot stand beside `{other}`: both are {}", quoted(&key));
                element.fault(message, "names and numbers must differ".to_owned());
            }
        }
        names.push((name, element.span()));
    }
    names
}

/// Number and package of an exercise's folder: `04_multi_client` is 4 and `multi_client`.
pub(super) fn split(name: &str) -> Option<(u32, &str)> {
    let (digits, package) = name.split_once('_')?;
    let number = digits.len() >= 2 && digits.bytes().all(|b| b.is_ascii_digit());
    (number && is_program_name(package)).then_some(())?;
    Some((digits.parse().ok()?, package))
}

/// Lower-case letters, digits and `_`, beginning with a letter: what a package or program may be called.
pub(super) fn is_program_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}
