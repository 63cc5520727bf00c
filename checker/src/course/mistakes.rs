//! `mistakes/mistakes.toml`: programs that must fail, and where.

use std::fs;
use std::path::{Path, PathBuf};

use crate::record::finding::Finding;

use super::exercise::Exercise;
use super::field::Field;
use super::fields::Fields;
use super::nearest::{meant, quoted};
use super::problem::{Problem, Problems};
use super::solution::Mistake;
use super::source::{Report, Source};

const KEYS: [&str; 5] = ["file", "replaces", "says", "scenario", "finding"];
const LIBRARY: &str = "src/lib.rs";

/// Reads the list in `root`/`folder`, and holds it against the programs that are there.
pub(super) fn load(root: &Path, folder: &Path, exercise: &Exercise) -> Result<Vec<Mistake>, Problems> {
    let list = folder.join("mistakes.toml");
    let programs = programs(&root.join(folder));
    if programs.is_empty() && !root.join(&list).exists() {
        return Ok(Vec::new());
    }
    let source = Source::read(root, list).map_err(|problem| Problems(vec![problem]))?;
    let tree = source.parse().map_err(|problem| Problems(vec![problem]))?;
    let report = Report::new(&source);
    let fields = entries(&Fields::new(&report, "the list", 0..0, tree.get_ref()));
    let mut mistakes = read(&fields, exercise, &programs);
    let mut problems: Vec<Problem> =
        unlisted(&fields, &programs).map(|name| lost(folder.join(name))).collect();
    problems.extend(report.into_problems().0);
    for mistake in &mut mistakes {
        mistake.file = root.join(folder).join(&mistake.file);
    }
    Problems::sorted(problems).or(mistakes)
}

/// The names of the Rust files in `folder`, sorted.
fn programs(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(".rs")).collect();
    names.sort();
    names
}

/// The tables `[[mistake]]`.
fn entries<'t>(list: &Fields<'t>) -> Vec<Fields<'t>> {
    list.only(&["mistake"]);
    let elements = list.get("mistake").map(|field| field.elements("tables, written as `[[mistake]]`"));
    elements.into_iter().flatten().filter_map(|element| element.fields("a mistake")).collect()
}

/// The programs that no entry names.
fn unlisted<'p>(entries: &[Fields<'_>], programs: &'p [String]) -> impl Iterator<Item = &'p String> {
    let files = entries.iter().filter_map(|fields| fields.get("file"));
    let named: Vec<&str> = files.filter_map(|field| field.node.get_ref().as_str()).collect();
    programs.iter().filter(move |name| !named.contains(&name.as_str()))
}

fn lost(file: PathBuf) -> Problem {
    Problem::of_file(
        file,
        "no mistake names this file",
        "add a `[[mistake]]` for it to mistakes.toml beside it",
    )
}

fn read(entries: &[Fields<'_>], exercise: &Exercise, programs: &[String]) -> Vec<Mistake> {
    let mut mistakes: Vec<Mistake> = Vec::new();
    for fields in entries {
        let Some(mistake) = mistake(fields, exercise, programs) else { continue };
        let before = mistakes.iter().find(|other| other.file == mistake.file);
        if let (Some(other), Some(file)) = (before, fields.get("file")) {
            file.fault("the file is listed twice", format!("the first is on line {}", other.line));
        }
        mistakes.push(mistake);
    }
    mistakes
}

/// One mistake, its file still relative; None where a key is missing or wrong, which is then told already.
fn mistake(fields: &Fields<'_>, exercise: &Exercise, programs: &[String]) -> Option<Mistake> {
    fields.only(&KEYS);
    let file = fields.need("file", "name the program beside mistakes.toml").and_then(|f| file(&f, programs));
    let replaces =
        fields.need("replaces", "name the file of the solution that it stands in for: `src/main.rs`");
    let says = fields.need("says", "say in one line what is wrong with the program");
    let scenario = fields.need("scenario", "name the scenario that must fail");
    let finding = fields.need("finding", "name how it must fail, such as `deadline`");
    let replaces = replaces.and_then(|field| replaced(&field, exercise));
    let says = says.and_then(|field| field.sentence());
    let scenario = scenario.and_then(|field| scenario_name(&field, exercise));
    let findings = Finding::ALL.map(|finding| (finding.name(), finding));
    let finding = finding.and_then(|field| field.choice(&findings));
    let line = fields.report.source.line(fields.span.start);
    Some(Mistake {
        file: file?.into(),
        replaces: replaces?,
        says: says?,
        scenario: scenario?,
        finding: finding?,
        line,
    })
}

fn file(field: &Field<'_>, programs: &[String]) -> Option<String> {
    let name = field.string()?;
    if !programs.contains(&name) {
        let cure = meant(&name, programs.iter().map(String::as_str));
        field.fault(format!("there is no program {} beside mistakes.toml", quoted(&name)), cure);
        return None;
    }
    Some(name)
}

fn scenario_name(field: &Field<'_>, exercise: &Exercise) -> Option<String> {
    let name = field.string()?;
    let known = || exercise.scenarios.iter().map(|scenario| scenario.name.as_str());
    if !known().any(|scenario| scenario == name) {
        let message = format!("the exercise has no scenario {}", quoted(&name));
        field.fault(message, meant(&name, known()));
        return None;
    }
    Some(name)
}

fn replaced(field: &Field<'_>, exercise: &Exercise) -> Option<PathBuf> {
    let path = field.string()?;
    let mut sources: Vec<&str> = exercise.programs.iter().filter_map(|p| p.source.to_str()).collect();
    sources.push(LIBRARY);
    if !sources.contains(&path.as_str()) {
        let message = format!("{} is no source of this exercise", quoted(&path));
        field.fault(message, meant(&path, sources.iter().copied()));
        return None;
    }
    Some(path.into())
}
