//! From a text to its mutants.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use syn::visit::Visit;

use super::edit::{Edit, Edits, short};
use super::walk::Walk;

/// A program's text with one change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutant {
    /// The file that is changed, as it was named to [`mutants`]: `src/main.rs`.
    pub file: String,
    /// Where the change begins, from 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
    /// ``src/main.rs, run: remove `stdout.flush()?;` ``: what is changed, and in which function. Unique in its file;
    /// it stays the same when other parts of the file change.
    pub name: String,
    /// The lines that the change touches, each as one: before, and after.
    pub diff: (String, String),
    /// The whole text with the change.
    pub source: String,
}

/// Every mutant of `source`, in the order of the text; no two have the same text.
///
/// # Errors
/// The source is not Rust: why not.
pub fn mutants(file: &str, source: &str) -> Result<Vec<Mutant>, String> {
    let tree: syn::File = syn::parse_str(source).map_err(|error| {
        let place = error.span().start();
        format!("{file}:{}:{}: {error}", place.line, place.column + 1)
    })?;
    let mut walk = Walk { edits: Edits::new(source) };
    walk.visit_file(&tree);
    let mut edits = walk.edits.found;
    edits.sort_by_key(|edit| edit.span.start);
    let mut texts = HashSet::from([source.to_owned()]);
    let mut names: HashMap<String, u32> = HashMap::new();
    let made = edits.into_iter().map(|edit| mutant(file, source, &edit));
    let mut made: Vec<Mutant> = made.filter(|mutant| texts.insert(mutant.source.clone())).collect();
    for mutant in &mut made {
        let times = names.entry(mutant.name.clone()).or_default();
        *times += 1;
        if *times > 1 {
            mutant.name.push_str(&format!(" ({times})"));
        }
    }
    Ok(made)
}

fn mutant(file: &str, source: &str, edit: &Edit) -> Mutant {
    let Range { start, end } = edit.span;
    let line_start = source[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = source[end..].find('\n').map_or(source.len(), |at| end + at);
    let after = format!("{}{}{}", &source[line_start..start], edit.with, &source[end..line_end]);
    Mutant {
        file: file.to_owned(),
        line: source[..start].matches('\n').count() as u32 + 1,
        column: source[line_start..start].chars().count() as u32 + 1,
        name: format!("{file}, {}", edit.what),
        diff: (short(&source[line_start..line_end]), short(&after)),
        source: format!("{}{}{}", &source[..start], edit.with, &source[end..]),
    }
}
