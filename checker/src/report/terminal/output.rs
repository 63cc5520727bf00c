//! What the programs printed: the last lines, made harmless.

use super::look::{Look, Paint};
use super::text::wrap;
use crate::record::bytes::Excerpt;
use crate::record::observation::{Observation, ProgramRecord};
use crate::verdict::explain::literal::harmless;

/// Lines of each stream that are shown at most.
const MOST: usize = 10;

pub(super) fn lines(observation: &Observation, look: Look) -> Vec<String> {
    let programs = &observation.programs;
    let several = programs.len() > 1;
    let mut lines: Vec<String> = programs.iter().flat_map(|program| of(program, several, look)).collect();
    if lines.is_empty() {
        let who = match programs.len() {
            0 => return Vec::new(),
            1 => "the program",
            _ => "the programs",
        };
        lines.push(format!("  {who} printed nothing"));
    }
    lines
}

fn of(program: &ProgramRecord, several: bool, look: Look) -> Vec<String> {
    let who = if several { &program.part } else { "the program" };
    let stdout = stream(&format!("{who} printed"), &program.stdout, look);
    [stdout, stream(&format!("{who} printed on stderr"), &program.stderr, look)].concat()
}

fn stream(head: &str, printed: &Excerpt, look: Look) -> Vec<String> {
    if printed.is_empty() {
        return Vec::new();
    }
    let text = printed.window.strip_suffix(b"\n").unwrap_or(&printed.window);
    let mut all: Vec<&[u8]> = text.split(|&byte| byte == b'\n').collect();
    // A panic begins with an empty line.
    if all.len() > 1 && all[0].is_empty() {
        all.remove(0);
    }
    let shown: Vec<String> = all[all.len().saturating_sub(MOST)..]
        .iter()
        .flat_map(|line| wrap(&harmless(line.strip_suffix(b"\r").unwrap_or(line)), look.columns() - 4))
        .collect();
    let shown = &shown[shown.len().saturating_sub(2 * MOST)..];
    let end = printed.end() >= printed.len;
    let part = match (printed.start > 0 || all.len() > MOST, end) {
        (_, false) => ", in part",
        (true, true) => ", at last",
        (false, true) => "",
    };
    let mut lines = vec![format!("  {head}{part}:")];
    lines.extend(
        shown.iter().map(|line| format!("  {} {line}", look.paint(Paint::Dim, "│")).trim_end().to_owned()),
    );
    lines
}
