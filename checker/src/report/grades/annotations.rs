//! Workflow commands for the log of a GitHub action: annotations, and each failure in a group of its own.

use crate::gradebook::record::Record;

use super::clean;
use super::error::FormatError;
use super::roll::{self, Entry, points_of};
use super::standing::{Standing, Why};
use super::told::{Case, Mark, Reader, Told};

/// GitHub shows about so many annotations of a kind; the log has them all.
const SHOWN: usize = 10;

/// Characters of an annotation's text.
const TEXT: usize = 1_000;

/// The whole log. `token` stops GitHub from reading commands in what students wrote, until it is said again.
pub(super) fn render(records: &[Record], token: &str) -> Result<Vec<u8>, FormatError> {
    if token.len() < 16 || !token.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(FormatError::asked(
            "the token that guards the log is not made of 16 letters and digits or more",
            "report this: it is made by the checker itself",
        ));
    }
    let mut log = Log { out: String::new(), token, errors: 0, warnings: 0 };
    for record in records {
        student(&mut log, &Entry::of(record, Reader::Student));
    }
    log.leave_word();
    Ok(log.out.into_bytes())
}

struct Log<'a> {
    out: String,
    token: &'a str,
    errors: usize,
    warnings: usize,
}

impl Log<'_> {
    fn annotate(&mut self, level: &str, title: &str, text: &str) {
        let (title, text) = (property(&clean::cut(title, 200)), data(&clean::cut(text, TEXT)));
        self.out += &format!("::{level} title={title}::{text}\n");
    }

    fn error(&mut self, title: &str, text: &str) {
        self.errors += 1;
        if self.errors <= SHOWN {
            self.annotate("error", title, text);
        }
    }

    fn warning(&mut self, title: &str, text: &str) {
        self.warnings += 1;
        if self.warnings <= SHOWN {
            self.annotate("warning", title, text);
        }
    }

    /// Text in a group, every line behind a bar: none begins like a command, with or without the token.
    fn group(&mut self, title: &str, text: &str) {
        self.out += &format!("::group::{}\n::stop-commands::{}\n", data(title), self.token);
        for line in text.lines() {
            // The old form of commands is found anywhere in a line.
            self.out += &format!("| {}\n", clean::line(line).replace("##[", "## ["));
        }
        self.out += &format!("::{}::\n::endgroup::\n", self.token);
    }

    fn leave_word(&mut self) {
        let hidden = self.errors.saturating_sub(SHOWN) + self.warnings.saturating_sub(SHOWN);
        if hidden > 0 {
            self.annotate("notice", "more", &format!("{hidden} more annotations are left out"));
        }
    }
}

/// As GitHub has it for what is behind the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A").replace("##[", "## [")
}

/// As GitHub has it for what is before it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

fn student(log: &mut Log, entry: &Entry) {
    let name = clean::line(roll::name(&entry.record.student)).into_owned();
    if let Some(trouble) = &entry.record.trouble {
        log.error(&format!("{name}: {}", clean::line(&trouble.kind)), &clean::line(&trouble.message));
    } else if let Standing::NotGraded(why @ Why::Nothing) = &entry.standing {
        log.warning(&format!("{name}: not graded"), &why.text());
    }
    for told in &entry.exercises {
        for case in told.cases.iter().filter(|case| case.mark != Mark::Passed) {
            scenario(log, &name, told, case);
        }
    }
}

fn scenario(log: &mut Log, student: &str, told: &Told, case: &Case) {
    let title = format!("{student}: {}: {}", told.name, case.name);
    let points =
        case.points.map_or_else(String::new, |_| format!(" ({})", points_of(case.points, case.possible)));
    let told = match &case.summary {
        Some(summary) => format!("{}: {summary}{points}", case.mark.words()),
        None => format!("{}{points}", case.mark.words()),
    };
    match case.mark {
        Mark::Failed | Mark::DidNotCompile => log.error(&title, &told),
        Mark::NotTaken | Mark::NotGraded => log.warning(&title, &told),
        Mark::Passed | Mark::Missing | Mark::Skipped => {}
    }
    if let Some(report) = &case.report {
        log.group(&title, report);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_a_command_is_escaped() {
        assert_eq!(data("a%\r\nb::c"), "a%25%0D%0Ab::c");
        assert_eq!(property("a:b,c"), "a%3Ab%2Cc");
    }
}
