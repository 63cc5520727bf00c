//! `exercise.toml`, read as a whole.

use std::path::PathBuf;

use crate::scenario::step::Scenario;

use super::address;
use super::course_file::{Course, is_program_name, split};
use super::exercise::{Exercise, Program};
use super::field::Field;
use super::fields::Fields;
use super::limits::Limits;
use super::nearest::quoted;
use super::problem::Problems;
use super::scenario_file::{self, Frame};
use super::source::{Report, Source};
use super::variables::{self, Variables};

const KEYS: [&str; 6] = ["title", "programs", "addr", "hints", "vars", "scenario"];

/// Reads `exercises/NAME/exercise.toml`.
pub(super) fn load(course: &Course, name: &str) -> Result<Exercise, Problems> {
    let folder = PathBuf::from("exercises").join(name);
    let source = Source::read(&course.root, folder.join("exercise.toml"))
        .map_err(|problem| Problems(vec![problem]))?;
    let mut exercise = read(&source, name, &course.limits)?;
    exercise.dir = course.root.join(folder);
    exercise.text = source.text;
    Ok(exercise)
}

/// All of the file but where it lies; `name` is the folder's.
pub(super) fn read(source: &Source, name: &str, limits: &Limits) -> Result<Exercise, Problems> {
    let tree = source.parse().map_err(|problem| Problems(vec![problem]))?;
    let report = Report::new(source);
    let fields = Fields::new(&report, "the exercise", 0..0, tree.get_ref());
    fields.only(&KEYS);
    let (number, package) = split(name).unwrap_or((0, name));
    let title = fields.need("title", "add `title = \"…\"` at the top").and_then(|field| field.sentence());
    let programs = programs(&fields, package);
    let hints = hints(&fields);
    let vars = fields.get("vars").and_then(|field| field.fields("`vars`"));
    let vars = vars.map(|fields| variables::read(&fields)).unwrap_or_default();
    let addr = fields.get("addr").map(|field| address::read(&field));
    let frame = Frame { programs: &programs, vars: &vars, addr, limits };
    let before = report.count();
    let scenarios = scenario_file::read_all(&fields, &frame);
    // A step that has a fault may be the one that starts it.
    if !scenarios.is_empty() && report.count() == before {
        never_started(&fields, &scenarios);
    }
    if !scenarios.is_empty() {
        unused(&report, &vars);
    }
    let exercise = Exercise {
        name: name.to_owned(),
        number,
        package: package.to_owned(),
        title: title.unwrap_or_default(),
        dir: PathBuf::new(),
        file: source.file.clone(),
        programs,
        hints,
        scenarios,
        text: String::new(),
    };
    report.into_problems().or(exercise)
}

/// A fault of each variable that no scenario has named.
pub(super) fn unused(report: &Report<'_>, vars: &Variables) {
    for (name, variable) in vars.iter().filter(|(_, variable)| !variable.used.get()) {
        let cure = "use it, or take it out".to_owned();
        report.fault_with(&variable.span, format!("the variable {} is never used", quoted(name)), cure);
    }
}

/// A fault of each name in `programs` that no scenario starts.
fn never_started(exercise: &Fields<'_>, scenarios: &[Scenario]) {
    let elements = exercise.get("programs").map(|field| field.elements("names")).unwrap_or_default();
    for element in elements {
        let name = element.node.get_ref().as_str().unwrap_or_default();
        if is_program_name(name) && !scenarios.iter().any(|scenario| scenario.starts(name)) {
            let cure = format!("add a step `{{ start = \"{name}\" }}`, or take the name out");
            element.fault(format!("no scenario starts the program `{name}`"), cure);
        }
    }
}

fn programs(fields: &Fields<'_>, package: &str) -> Vec<Program> {
    let mut names: Vec<String> = Vec::new();
    let Some(field) = fields.get("programs") else { return located(vec![package.to_owned()]) };
    let elements = field.elements("names");
    if elements.is_empty() && field.node.get_ref().is_array() {
        field.fault("`programs` is empty", "leave it out for one program named after the folder".to_owned());
    }
    for element in elements {
        let Some(name) = element.string() else { continue };
        if !is_program_name(&name) {
            let cure = "use lower-case letters, digits and `_`, a letter first".to_owned();
            element.fault(format!("{} cannot be a program's name", quoted(&name)), cure);
        } else if names.contains(&name) {
            element.fault(format!("the program `{name}` is named twice"), "take one out".to_owned());
        } else {
            names.push(name);
        }
    }
    located(names)
}

/// The programs with their sources: `src/main.rs` for an only one.
fn located(names: Vec<String>) -> Vec<Program> {
    let only = names.len() == 1;
    let source = |name: &str| if only { "src/main.rs".into() } else { format!("src/bin/{name}.rs").into() };
    names.into_iter().map(|name| Program { source: source(&name), name }).collect()
}

fn hints(fields: &Fields<'_>) -> Vec<String> {
    let cure = "add `hints = [\"a gentle push\", \"nearly the code\"]`";
    let Some(field) = fields.need("hints", cure) else { return Vec::new() };
    let elements = field.elements("strings");
    if elements.len() < 2 && field.node.get_ref().is_array() {
        let cure = "the first a gentle push, the last nearly the code".to_owned();
        field.fault(format!("at least two hints are needed, not {}", elements.len()), cure);
    }
    elements.iter().filter_map(hint).collect()
}

/// A hint may have several lines; a blank one is a fault.
fn hint(field: &Field<'_>) -> Option<String> {
    let text = field.string()?;
    if text.trim().is_empty() {
        field.fault("the hint is empty", "write it, or take it out".to_owned());
        return None;
    }
    Some(text)
}
