//! `mutants.toml`: changes of the reference solution that change nothing that the contract fixes.

use std::path::Path;

use super::fields::Fields;
use super::problem::Problems;
use super::solution::Equivalent;
use super::source::{Report, Source};

const NAME: &str = "mutants.toml";

/// Reads the list in `root`/`folder`; none where there is no such file.
pub(super) fn load(root: &Path, folder: &Path) -> Result<Vec<Equivalent>, Problems> {
    let list = folder.join(NAME);
    if !root.join(&list).exists() {
        return Ok(Vec::new());
    }
    let source = Source::read(root, list).map_err(|problem| Problems(vec![problem]))?;
    let tree = source.parse().map_err(|problem| Problems(vec![problem]))?;
    let report = Report::new(&source);
    let found = read(&Fields::new(&report, "the list", 0..0, tree.get_ref()));
    report.into_problems().or(found)
}

fn read(list: &Fields<'_>) -> Vec<Equivalent> {
    list.only(&["equivalent"]);
    let entries = list.get("equivalent").map(|field| field.elements("tables, written as `[[equivalent]]`"));
    let mut found: Vec<Equivalent> = Vec::new();
    for entry in entries.into_iter().flatten().filter_map(|element| element.fields("an entry")) {
        entry.only(&["mutants", "reason"]);
        let mutants = entry.need("mutants", "name them as `checker verify --mutants` does");
        let reason = entry.need("reason", "say why nothing can notice the change");
        let reason = reason.and_then(|field| field.sentence()).unwrap_or_default();
        for field in mutants.map(|field| field.elements("strings")).into_iter().flatten() {
            let Some(mutant) = field.sentence() else { continue };
            if let Some(other) = found.iter().find(|other| other.mutant == mutant) {
                field.fault("the mutant is listed twice", format!("the first is on line {}", other.line));
            }
            let line = entry.report.source.line(field.span().start);
            found.push(Equivalent { mutant, reason: reason.clone(), line });
        }
    }
    found
}
