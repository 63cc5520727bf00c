//! What the names in a bulk download tell of whose they are.

use std::sync::LazyLock;

use regex::{Captures, Regex, RegexBuilder};

use super::error::IntakeError;

/// Groups of a pattern that mean something.
const GROUPS: [&str; 8] = ["name", "id", "email", "key", "late", "attempt", "file", "rest"];
/// One of these has to be there: without it, nobody would know whose it is.
const TELLING: [&str; 4] = ["name", "id", "email", "key"];
/// The memory that a pattern may take when it is compiled, in bytes.
const SIZE: usize = 1 << 20;

const MOODLE: &str =
    r"(?P<name>[^/]*?)(?:_(?P<id>\d+))?_assignsubmission_(?:(?P<typed>onlinetext)|file)(?:_(?P<rest>.*))?";
const CANVAS: &str = r"(?P<name>\w+?)_(?:(?P<late>LATE)_)?(?P<id>\d+)_(?:(?P<att>\d+)_(?P<file>.+)|(?P<typed>(?:text|link)\.html))";
const CANVAS_ANONYMOUS: &str = r"(?:(?P<late>LATE)_)?(?P<id>anon_[0-9A-Za-z]+)_(?:(?P<att>\d+)_(?P<file>.+)|(?P<typed>(?:text|link)\.html))";

/// Compiled once: every archive and folder is held against them.
static MOODLE_PATTERN: LazyLock<Pattern> = LazyLock::new(|| Pattern::built_in(&[MOODLE]));
static CANVAS_PATTERN: LazyLock<Pattern> = LazyLock::new(|| Pattern::built_in(&[CANVAS_ANONYMOUS, CANVAS]));

/// How names in a source are read.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    alternatives: Vec<Regex>,
}

/// What one name told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Told {
    pub name: Option<String>,
    pub id: Option<String>,
    pub email: Option<String>,
    pub key: Option<String>,
    pub attempt: Option<String>,
    pub late: bool,
    /// The file's own name, as far as it is told.
    pub rest: Option<String>,
    /// Text typed in the browser: there are no sources in it.
    pub typed: bool,
}

impl Pattern {
    /// The instructor's own pattern, which has to match whole names.
    ///
    /// # Errors
    /// It is no regular expression, has a group of an unknown name, or none that tells whose it is.
    pub fn custom(text: &str) -> Result<Self, IntakeError> {
        let bad = |message: String, cure: &str| IntakeError::whole("--pattern", message, cure);
        let regex = whole(text).map_err(|error| {
            bad(
                format!("this is no regular expression: {}", first_line(&error.to_string())),
                "groups are written (?P<name>…), and a literal ( as \\(",
            )
        })?;
        let names: Vec<&str> = regex.capture_names().flatten().collect();
        if let Some(unknown) = names.iter().find(|name| !GROUPS.contains(name)) {
            let at = text.find(&format!("<{unknown}>")).map_or(0, |at| text[..at].chars().count() + 1);
            let message = format!("unknown group `{unknown}`");
            return Err(bad(message, &format!("known ones are {}", GROUPS.join(", "))).at(1, at as u64 + 1));
        }
        if !names.iter().any(|name| TELLING.contains(name)) {
            let message = "it does not tell whose a submission is".to_owned();
            return Err(bad(message, &format!("give one of the groups {}", TELLING.join(", "))));
        }
        Ok(Pattern { alternatives: vec![regex] })
    }

    /// The download of Moodle or of Canvas, if the names at the top of a source look like one.
    pub fn guess(names: &[&str]) -> Option<Self> {
        if names.iter().any(|name| MOODLE_PATTERN.told(name).is_some()) {
            return Some(MOODLE_PATTERN.clone());
        }
        let matching = names.iter().filter(|name| CANVAS_PATTERN.told(name).is_some()).count();
        // A folder of somebody's may hold one file of such a name by chance.
        (matching > 0 && matching * 2 > names.len()).then(|| CANVAS_PATTERN.clone())
    }

    fn built_in(texts: &[&str]) -> Self {
        // That they compile, a test shows; without them, nothing is recognised.
        Pattern { alternatives: texts.iter().filter_map(|text| whole(text).ok()).collect() }
    }

    /// What `name`, a path relative to the source, tells; None where it does not match.
    pub fn told(&self, name: &str) -> Option<Told> {
        self.alternatives.iter().find_map(|regex| regex.captures(name)).map(|found| Told::from(&found))
    }
}

impl From<&Captures<'_>> for Told {
    fn from(found: &Captures<'_>) -> Self {
        let group = |name: &str| {
            found.name(name).map(|text| text.as_str().trim().to_owned()).filter(|text| !text.is_empty())
        };
        Told {
            name: group("name"),
            id: group("id"),
            email: group("email"),
            key: group("key"),
            attempt: group("attempt"),
            late: group("late").is_some(),
            rest: group("file").or_else(|| group("rest")).map(|text| text.trim_matches('/').to_owned()),
            typed: group("typed").is_some(),
        }
    }
}

fn whole(text: &str) -> Result<Regex, regex::Error> {
    // Checked alone first: a pattern must not close the parenthesis around it.
    Regex::new(text)?;
    RegexBuilder::new(&format!("^(?:{text})$")).size_limit(SIZE).build()
}

fn first_line(error: &str) -> String {
    error
        .lines()
        .rev()
        .find(|line| !line.trim().is_empty())
        .unwrap_or(error)
        .trim()
        .trim_start_matches("error: ")
        .to_owned()
}
