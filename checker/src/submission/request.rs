//! What the instructor asks for, and the way from there to everybody's submission.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::draft::{Drafts, Unrecognised};
use super::error::IntakeError;
use super::fault::Fault;
use super::found::Found;
use super::join::join;
use super::limits::Limits;
use super::order::Order;
use super::pattern::Pattern;
use super::roster::Roster;
use super::side_by_side::{Tell, side_by_side};
use super::source;

/// What to do where there are no submissions.
const ANOTHER: &str = "name a folder, a zip or a tar.gz of submissions";

/// What was named on the command line.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Folders, archives and sources, in the order in which they were named.
    pub sources: Vec<PathBuf>,
    /// A regular expression with some of the groups `name`, `id`, `email`, `key`, `late`, `attempt`, `file` and
    /// `rest`. It has to match whole: the name of something at the top of a source, else a path of two
    /// parts, and so on up to four. What it matches is the submission; `file` or `rest` is its own name there.
    pub pattern: Option<String>,
    /// A CSV file of the class.
    pub roster: Option<PathBuf>,
    /// Each exercise's folder, `01_udp_send`, and the sources that it is not whole without, `src/main.rs`.
    pub exercises: Vec<(String, Vec<String>)>,
    pub limits: Limits,
    /// Where archives in archives are unpacked, to files that have no name; the system's folder for such by default.
    pub scratch: Option<PathBuf>,
    /// Where the grades go. That folder, and any other that holds grades, is nobody's submission.
    pub grades: Option<PathBuf>,
    /// How many submissions are looked through at a time.
    pub threads: usize,
}

/// What was found.
#[derive(Debug)]
pub struct Intake {
    /// One for each student, in the order of the sources; then those of the roster who handed in nothing.
    pub found: Vec<Found>,
    /// What was passed over, each with the reason.
    pub unrecognised: Vec<Unrecognised>,
}

impl Request {
    /// Looks through all sources, and tells how far it is. Nothing is written but to files without a name.
    ///
    /// # Errors
    /// The instructor's own mistake: a path that is not there, a bad pattern, a bad roster. Whatever is wrong with a
    /// submission is told with it.
    pub fn discover(&self, tell: Tell) -> Result<Intake, IntakeError> {
        if self.sources.is_empty() {
            return Err(IntakeError::whole("SUBMISSIONS", "there is nothing to look through", ANOTHER));
        }
        let pattern = self.pattern.as_deref().map(Pattern::custom).transpose()?;
        let roster =
            self.roster.as_deref().map(|path| Roster::read(path, self.limits.roster_bytes)).transpose()?;
        let order = Arc::new(Order {
            exercises: self.exercises.clone(),
            limits: self.limits,
            pattern,
            many: self.sources.len() > 1,
            scratch: self.scratch.clone().unwrap_or_else(std::env::temp_dir),
            grades: self.grades.as_deref().and_then(|folder| folder.canonicalize().ok()),
        });
        let mut all = Drafts::default();
        for path in &self.sources {
            let drafts = source::drafts(path, &order)?;
            all.drafts.extend(drafts.drafts);
            all.unrecognised.extend(drafts.unrecognised);
        }
        let found = side_by_side(&all.drafts, self.threads, tell, |draft| Found::look(draft, &order));
        if let [path] = &self.sources[..] {
            holds_something(path, &all, &found)?;
        }
        Ok(join(all, found, roster.as_ref(), &order))
    }
}

impl Intake {
    /// The instructor's mistake, where no exercise is in any of the `sources`: they are no submissions then, unless
    /// something else says whose they are. What is broken or too large may be one.
    pub fn nothing(&self, sources: &[PathBuf]) -> Option<IntakeError> {
        let empty = [Fault::Empty, Fault::WrongLayout].map(Fault::word);
        let mut handed_in = self.found.iter().filter(|found| !found.is_absent());
        let is_nothing =
            |found: &Found| found.trouble.as_ref().is_some_and(|trouble| empty.contains(&&*trouble.kind));
        if !handed_in.clone().all(is_nothing) {
            return None;
        }
        let first =
            handed_in.next().and_then(|found| Some((&found.source, &found.trouble.as_ref()?.message)));
        let (source, why) = first.or_else(|| self.unrecognised.first().map(|one| (&one.path, &one.why)))?;
        let named: Vec<String> = sources.iter().map(|path| path.display().to_string()).collect();
        let message = format!("there is nothing to grade; {source}, for one: {why}");
        Some(IntakeError::whole(named.join(", "), message, ANOTHER))
    }
}

/// Of several things that are named each may be a student's, be it empty or broken. The only one is the class: where
/// there is nothing in it, the instructor has named another file, or it has not come whole.
fn holds_something(path: &Path, all: &Drafts, found: &[Found]) -> Result<(), IntakeError> {
    let path = path.display().to_string();
    let trouble = match (&all.drafts[..], found) {
        ([], _) => {
            let why = all.unrecognised.first().map_or("nothing is in it", |one| one.why.as_str());
            return Err(IntakeError::whole(path, format!("no submission was found there: {why}"), ANOTHER));
        }
        ([draft], [found]) if draft.source == path => found.trouble.as_ref(),
        _ => None,
    };
    match trouble
        .filter(|trouble| [Fault::Empty, Fault::BrokenArchive].map(Fault::word).contains(&&*trouble.kind))
    {
        None => Ok(()),
        Some(trouble) => Err(IntakeError::whole(
            path,
            trouble.message.clone(),
            "see that it has come whole, and that it is what the class handed in",
        )),
    }
}
