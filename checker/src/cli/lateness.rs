//! When a class was due, and what it costs to be late: as it was asked for, else as it is on record.

use std::fs;
use std::io;
use std::path::Path;

use super::class::write;
use super::exit::Stop;
use super::instructor::GradeArgs;
use crate::grade::{LATE_FILE, Late, Ledger, LedgerError};
use crate::submission::parse_time;

/// What holds for this run, and what held in the last one.
#[derive(Debug, Clone, Copy)]
pub struct Lateness {
    pub late: Late,
    /// None: nothing is on record.
    before: Option<Late>,
    /// Whether anything was asked for.
    asked: bool,
}

impl Lateness {
    /// # Errors
    /// What was asked for, or is on record, can't be read; or there is a policy and no deadline.
    pub fn of(args: &GradeArgs) -> Result<Self, Stop> {
        let deadline = args.deadline.as_deref().map(time).transpose()?;
        let policy = args.late_policy.as_deref().map(str::parse).transpose().map_err(Stop::usage)?;
        let before = args.out.as_deref().map(read).transpose()?.flatten();
        let asked = args.no_deadline || deadline.is_some() || policy.is_some();
        if args.no_deadline {
            return Ok(Lateness { late: Late::default(), before, asked });
        }
        let kept = before.unwrap_or_default();
        let late = Late { deadline: deadline.or(kept.deadline), policy: policy.unwrap_or(kept.policy) };
        if policy.is_some() && late.deadline.is_none() {
            return Err(Stop::usage("--late-policy: no deadline is on record; name it with --deadline"));
        }
        Ok(Lateness { late, before, asked })
    }

    /// A line for the instructor, where something is kept from the last run, or is now otherwise.
    pub fn note(&self) -> Option<String> {
        let before = self.before?;
        match (before == self.late, self.asked) {
            (true, false) if before.deadline.is_some() => {
                Some(format!("{before}: as in the last run; --no-deadline takes it away"))
            }
            (true, _) => None,
            (false, _) => Some(format!("{}; in the last run it was: {before}", self.late)),
        }
    }

    /// Puts what holds on record in `out`, and all records under it: those of students who are not in this
    /// batch, too.
    ///
    /// # Errors
    /// There are late days on record and nothing tells by which deadline; or the records can't be written.
    pub fn settle(&self, out: &Path, ledger: &mut Ledger) -> Result<(), Stop> {
        let nothing_is_known = self.before.is_none() && !self.asked;
        if nothing_is_known && ledger.records().any(|record| record.days_late > 0) {
            return Err(Stop::usage(format!(
                "{}: late days are on record there, and by which deadline is not; say it with --deadline and \
                 --late-policy, or say --no-deadline",
                out.display()
            )));
        }
        if self.late != self.before.unwrap_or_default() {
            // First: whatever ends this run in between, the next one does the same.
            write(&out.join(LATE_FILE), self.late.to_json().as_bytes())?;
        }
        ledger.revise(|record| self.late.charge(record)).map_err(LedgerError::into)
    }
}

fn time(text: &str) -> Result<i64, Stop> {
    parse_time(text).ok_or_else(|| {
        Stop::usage(format!(
            "--deadline: `{text}` is no time; write it as `2026-11-20T23:59:59+01:00`, with the zone, or as the ten digits \
             of seconds since 1970"
        ))
    })
}

/// What is on record in `out`.
fn read(out: &Path) -> Result<Option<Late>, Stop> {
    let path = out.join(LATE_FILE);
    let text = match fs::read_to_string(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            let cure = "name a folder, which is made where there is none";
            return Err(Stop::usage(format!("--out {}: it is no folder; {cure}", out.display())));
        }
        text => text.map_err(|error| error.to_string()),
    };
    let cure = "mend it, or remove it and say --deadline again";
    let late = text.and_then(|text| Late::from_json(&text));
    late.map(Some).map_err(|error| Stop::usage(format!("{}: {error}; {cure}", path.display())))
}
