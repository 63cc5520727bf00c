//! The roster: who is in the class, from a CSV file of the instructor's or exported from a learning platform.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use super::error::IntakeError;
use super::roster_file::{RosterFile, Row};
use super::time;
use crate::gradebook::record::Student;

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Column {
    Name,
    Id,
    Email,
    Key,
    /// When the submission was handed in.
    Submitted,
    /// Kept as it is, under its own name.
    More(&'static str),
    /// Of a grade book: marks, and what belongs to them.
    Ignored,
}

/// The columns that are a name together, where no other column has it.
const NAMES: [&str; 2] = ["First name", "Last name"];

/// Headers that are known, in lower case. Everything else in a roster is a mistake.
const KNOWN: [(&str, Column); 21] = [
    ("name", Column::Name),
    ("full name", Column::Name),
    ("student", Column::Name),
    ("id", Column::Id),
    ("identifier", Column::Id),
    ("email", Column::Email),
    ("email address", Column::Email),
    ("key", Column::Key),
    ("submitted", Column::Submitted),
    ("submitted_at", Column::Submitted),
    ("sis user id", Column::More("SIS User ID")),
    ("sis login id", Column::More("SIS Login ID")),
    ("integration id", Column::More("Integration ID")),
    ("section", Column::More("Section")),
    ("id number", Column::More("ID number")),
    ("username", Column::More("Username")),
    ("department", Column::More("Department")),
    ("institution", Column::More("Institution")),
    ("group", Column::More("Group")),
    ("first name", Column::More(NAMES[0])),
    ("last name", Column::More(NAMES[1])),
];

/// The class.
#[derive(Debug, Default)]
pub(super) struct Roster {
    pub members: Vec<Member>,
}

/// One student of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Member {
    pub student: Student,
    /// Seconds since 1970 (UTC), where the roster tells it.
    pub submitted_at: Option<i64>,
    /// From 1.
    line: u64,
}

impl Roster {
    /// Reads the roster `path`.
    ///
    /// # Errors
    /// It cannot be read or is no CSV; an unknown column, none that tells students apart, a student twice.
    pub fn read(path: &Path, most: u64) -> Result<Self, IntakeError> {
        let file = RosterFile::read(path, most)?;
        let columns = columns(&file)?;
        let mut members = Vec::new();
        let mut seen: HashMap<(&'static str, String), u64> = HashMap::new();
        for row in &file.rows {
            let may_be_of_canvas = members.is_empty() && is_gradebook(&file);
            if row.is_blank()
                || is_points_possible(row, &columns)
                || may_be_of_canvas && is_nobodys(row, &columns)
            {
                continue;
            }
            let member = member(&file, row, &columns)?;
            tell_twice(&file, row, &member, &mut seen)?;
            members.push(member);
        }
        Ok(Roster { members })
    }
}

fn columns(file: &RosterFile) -> Result<Vec<Column>, IntakeError> {
    let headers: Vec<String> = file.header.cells.iter().map(|cell| cell.trim().to_lowercase()).collect();
    let has = |name: &str| headers.iter().any(|header| header == name);
    // Exports bring a column for each assignment, under whatever name that has.
    let is_export = has("student") && has("id") || has("identifier") && has("full name");
    let mut columns = Vec::new();
    for (at, header) in headers.iter().enumerate() {
        let known = KNOWN.iter().find(|(name, _)| name == header).map(|(_, column)| column.clone());
        let column = match known {
            Some(column) => {
                if let Some(first) = columns.iter().position(|before| *before == column) {
                    let [first, second] = [first, at].map(|at| file.header.cells[at].trim());
                    let message = format!("the columns `{first}` and `{second}` are for one thing");
                    return Err(file.fault(&file.header, at, &message, "keep one of them"));
                }
                column
            }
            None if is_export || header.is_empty() => Column::Ignored,
            None => return Err(unknown(file, at)),
        };
        columns.push(column);
    }
    let tells = |column: &Column| match column {
        Column::Name | Column::Id | Column::Email | Column::Key => true,
        Column::More(name) => NAMES.contains(name),
        _ => false,
    };
    if !columns.iter().any(tells) {
        let message = "no column tells whose a row is";
        return Err(file.fault(&file.header, 0, message, "name one of them name, id, email or key"));
    }
    Ok(columns)
}

fn unknown(file: &RosterFile, at: usize) -> IntakeError {
    let header = file.header.cells.get(at).map_or("", |cell| cell.trim());
    let known: Vec<&str> = KNOWN.iter().map(|(name, _)| *name).collect();
    let message = format!("unknown column `{}`", header.escape_debug());
    file.fault(
        &file.header,
        at,
        &message,
        &format!("rename or delete it; known ones are {}", known.join(", ")),
    )
}

/// As Canvas exports it.
fn is_gradebook(file: &RosterFile) -> bool {
    let has = |name: &str| file.header.cells.iter().any(|cell| cell.trim().eq_ignore_ascii_case(name));
    has("student") && has("id")
}

/// A row that tells of the columns, and of no student: `Manual Posting` stands below those whose grades are not shown
/// by themselves.
fn is_nobodys(row: &Row, columns: &[Column]) -> bool {
    let mut cells = row.cells.iter().zip(columns).filter(|(_, column)| **column != Column::Ignored);
    cells.all(|(cell, _)| cell.trim().is_empty())
}

/// Canvas puts a row between the headers and the students.
fn is_points_possible(row: &Row, columns: &[Column]) -> bool {
    let name = columns.iter().position(|column| *column == Column::Name);
    name.and_then(|at| row.cells.get(at))
        .is_some_and(|cell| cell.starts_with("    ") && cell.trim().eq_ignore_ascii_case("points possible"))
}

fn member(file: &RosterFile, row: &Row, columns: &[Column]) -> Result<Member, IntakeError> {
    let (mut student, mut submitted_at, mut more) = (Student::default(), None, BTreeMap::new());
    for (at, (cell, column)) in row.cells.iter().zip(columns).enumerate() {
        let cell = cell.trim();
        if cell.is_empty() {
            continue;
        }
        match column {
            Column::Name => student.name = Some(cell.to_owned()),
            Column::Id => student.id = Some(id(cell).to_owned()),
            Column::Email => student.email = Some(cell.to_owned()),
            Column::Key => cell.clone_into(&mut student.key),
            Column::More(name) => {
                more.insert((*name).to_owned(), cell.to_owned());
            }
            Column::Submitted => {
                submitted_at = Some(time::parse(cell).ok_or_else(|| {
                    let cure =
                        "write it like 2026-11-20T10:00:00+08:00, or as the ten digits of seconds since 1970";
                    file.fault(row, at, &format!("`{}` is no time", cell.escape_debug()), cure)
                })?);
            }
            Column::Ignored => {}
        }
    }
    if student.name.is_none() {
        let parts: Vec<&str> = NAMES.iter().filter_map(|name| more.get(*name).map(String::as_str)).collect();
        student.name = Some(parts.join(" ")).filter(|name| !name.is_empty());
    }
    student.more = more;
    let key = [&student.id, &student.email, &student.name].into_iter().flatten().next().cloned();
    if student.key.is_empty() {
        let message = "the row does not say whose it is";
        student.key = key.ok_or_else(|| file.fault(row, 0, message, "fill in a name, an id or an email"))?;
    }
    Ok(Member { student, submitted_at, line: row.line })
}

/// Moodle's worksheet has `Participant 17` for what is 17 in its downloads; the word is in its language.
fn id(cell: &str) -> &str {
    match cell.rsplit_once(' ') {
        Some((word, number))
            if word.chars().all(char::is_alphabetic) && number.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            number
        }
        _ => cell,
    }
}

/// Names may be equal; keys, ids and addresses may not.
fn tell_twice(
    file: &RosterFile,
    row: &Row,
    member: &Member,
    seen: &mut HashMap<(&'static str, String), u64>,
) -> Result<(), IntakeError> {
    let student = &member.student;
    let own_key = Some(&student.key).filter(|key| Some(*key) != student.name.as_ref());
    for (what, value) in [("id", student.id.as_ref()), ("email", student.email.as_ref()), ("key", own_key)] {
        let Some(value) = value else { continue };
        if let Some(line) = seen.insert((what, value.to_lowercase()), member.line) {
            let message = format!("the {what} `{}` is that of line {line} too", value.escape_debug());
            return Err(file.fault(row, 0, &message, "give each student one row, and one of their own"));
        }
    }
    Ok(())
}
