//! Snapshots of whole outputs, without what differs from run to run.

use insta::Settings;
use regex::Regex;

use super::checked::Printed;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/snapshots");

/// What differs, and what stands in its place.
const FILTERS: [(&str, &str); 14] = [
    // The course's folder.
    (r"(/[^\s:]+)*/mini-[A-Za-z0-9]{6}", "[COURSE]"),
    (r"/[^\s:]*/checker-verify-[A-Za-z0-9]{6}", "[STAGING]"),
    // In a conversation: seconds since its beginning.
    (r"(?m)^( *)\d+\.\d{3}( |$)", "${1}T.TTT${2}"),
    // At the end of a scenario's line, and where a wait is told.
    (r"(?m) +[\d.]+ m?s$", " N s"),
    (r"\b(within|after) [\d.]+ m?s\b", "$1 N s"),
    // How busy the machine is belongs to the day, not to the program.
    (r"(?m)^  The machine was busy and .*\n\n", ""),
    // How far a program came before it was stopped.
    (r"\d+ MiB of resident memory", "N MiB of resident memory"),
    (r#"(?m)[a-z]*…" [\d,]{5,} B$"#, "…\" N B"),
    (r"\bpid \d+", "pid N"),
    (r"thread '([^']*)' \(\d+\)", "thread '$1' (N)"),
    // Ports that the kernel chose: 32768 to 60999.
    (r":(3[3-9]\d{3}|32[89]\d\d|327[7-9]\d|3276[89]|[45]\d{4}|60\d{3})\b", ":EPHEM"),
    (r#""(build_ms|drive_ms|took_ms|waited_ms)": \d+"#, r#""$1": 0"#),
    // A binary is compiled once, by whichever test comes first.
    (r#""known": (true|false)"#, r#""known": false"#),
    (r"rustc \d+\.\d+\.\d+[^\n.]*(\.|\n)", "rustc [VERSION]$1"),
];

/// Compares stdout, and stderr if there is any, with a file below `tests/snapshots`.
#[track_caller]
pub fn compare(name: &str, printed: &Printed) {
    let mut text = printed.stdout.clone();
    if !printed.stderr.is_empty() {
        text.push_str("---- stderr ----\n");
        text.push_str(&printed.stderr);
    }
    compare_text(name, &text);
}

/// A failure at once catches the program in mid-step: whether it runs or sleeps at that moment is chance.
const MOMENT: [(&str, &str); 2] = [
    (r"(?m)^  seen      the program (is busy|has read everything and sleeps).*\n {12}(\S)", "  seen      $2"),
    (r"(?m)^(  seen    |          )  the program (is busy|has read everything and sleeps).*\n", ""),
];

/// The same for a failure that came at once.
#[track_caller]
pub fn compare_moment(name: &str, printed: &Printed) {
    let mut settings = Settings::clone_current();
    for (pattern, replacement) in MOMENT {
        settings.add_filter(pattern, replacement);
    }
    settings.bind(|| compare(name, printed));
}

/// What was printed, without colours and without what differs from run to run.
pub fn strip(printed: &Printed) -> String {
    let colors = Regex::new("\u{1b}\\[[0-9;]*m").unwrap();
    let mut text = colors.replace_all(&printed.stdout, "").into_owned();
    for (pattern, replacement) in FILTERS.iter().chain(&MOMENT) {
        text = Regex::new(pattern).unwrap().replace_all(&text, *replacement).into_owned();
    }
    text
}

/// Compares any text with a file below `tests/snapshots`.
#[track_caller]
pub fn compare_text(name: &str, text: &str) {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path(FOLDER);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for (pattern, replacement) in FILTERS {
        settings.add_filter(pattern, replacement);
    }
    settings.bind(|| insta::assert_snapshot!(name, text));
}
