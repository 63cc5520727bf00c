//! Verdicts kept with all that they depend on: while nothing of that changes, they need not be found
//! again.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::record::Store;
use crate::event::JobResult;
use crate::verdict::outcome::{Judged, Verdict};

/// The verdict on one exercise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// A digest of all that the verdict depends on.
    pub basis: String,
    pub seed: u64,
    /// The isolation rung that it was found under.
    pub rung: u8,
    pub result: JobResult,
    /// Of what each scenario's verdict depends on, a digest, by the scenario's number. It is less than what the
    /// whole depends on: of the programs, only those that the scenario starts.
    #[serde(default)]
    pub scenarios: BTreeMap<usize, String>,
    /// Scenarios that passed in an earlier run and are not in this one's result, with that digest.
    #[serde(default)]
    pub earlier: Vec<(String, Judged)>,
}

impl Kept {
    /// The scenarios that have passed, with the digest of what that depends on. Not those that did so only
    /// when they were tried again.
    pub fn passes(&self) -> impl Iterator<Item = (&str, &Judged)> {
        let own = self.result.scenarios.iter().filter_map(|judged| {
            let basis = self.scenarios.get(&judged.number)?;
            (judged.verdict == Verdict::Passed && !judged.flaky).then_some((basis.as_str(), judged))
        });
        own.chain(self.earlier.iter().map(|(basis, judged)| (basis.as_str(), judged)))
    }

    /// Takes over what has passed before: of each scenario the last pass, unless just that was tried anew and
    /// did not pass.
    pub fn remember(&mut self, before: &Kept) {
        let is_open = |(basis, judged): &(&str, &Judged)| {
            let own = self.result.scenarios.iter().find(|own| own.number == judged.number);
            let anew = self.scenarios.get(&judged.number).is_some_and(|own| own == basis);
            own.is_none_or(|own| own.verdict != Verdict::Passed && !anew)
        };
        let earlier = before.passes().filter(is_open);
        self.earlier = earlier.map(|(basis, judged)| (basis.to_owned(), judged.clone())).collect();
    }
}

impl Store {
    /// The verdict that was found last, for whatever basis. Anything that can't be read is none.
    pub fn verdict(&self, exercise: &str) -> Option<Kept> {
        let text = fs::read(self.verdict_file(exercise)).ok()?;
        serde_json::from_slice(&text).ok()
    }

    /// Keeps a verdict in the place of the one before: whole, or not at all.
    pub fn keep_verdict(&self, exercise: &str, kept: &Kept) -> io::Result<()> {
        let place = self.verdict_file(exercise);
        let folder = self.verdicts();
        fs::create_dir_all(&folder)?;
        let mut file = tempfile::NamedTempFile::new_in(&folder)?;
        file.write_all(&serde_json::to_vec(kept)?)?;
        file.persist(place).map_err(|error| error.error)?;
        Ok(())
    }

    fn verdict_file(&self, exercise: &str) -> PathBuf {
        self.verdicts().join(format!("{exercise}.json"))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::event::BuildVerdict;

    /// Of a run of these scenarios: number, what its verdict depends on, whether it passed.
    fn kept(scenarios: &[(usize, &str, bool)]) -> Kept {
        let build = BuildVerdict::Built { warnings: "w".into(), took: Duration::from_millis(7), known: true };
        let judged = |&(number, _, passed): &(usize, &str, bool)| Judged {
            number,
            name: format!("scenario {number}"),
            points: 1,
            verdict: if passed { Verdict::Passed } else { Verdict::Skipped("one".into()) },
            observation: None,
            flaky: false,
            known: false,
        };
        let judged = scenarios.iter().map(judged).collect();
        let result = JobResult { build, scenarios: judged, drove_for: Duration::ZERO };
        let bases = scenarios.iter().map(|&(number, basis, _)| (number, basis.to_owned())).collect();
        Kept { basis: "b".into(), seed: 1, rung: 3, result, scenarios: bases, earlier: Vec::new() }
    }

    fn passes(kept: &Kept) -> Vec<(usize, &str)> {
        kept.passes().map(|(basis, judged)| (judged.number, basis)).collect()
    }

    #[test]
    fn a_verdict_is_kept_for_each_exercise() {
        let root = tempfile::tempdir().unwrap();
        let store = Store::of(root.path());
        let kept = kept(&[(1, "x", true)]);
        assert_eq!(store.verdict("01_a"), None);
        store.keep_verdict("01_a", &kept).unwrap();
        assert_eq!((store.verdict("01_a"), store.verdict("02_b")), (Some(kept), None));
        fs::write(store.verdict_file("01_a"), "{ half").unwrap();
        assert_eq!(store.verdict("01_a"), None);
    }

    #[test]
    fn a_pass_outlives_runs_that_say_nothing_of_it() {
        let first = kept(&[(1, "x", true), (2, "y", true), (3, "z", false)]);
        assert_eq!(passes(&first), [(1, "x"), (2, "y")]);
        // It did not compile.
        let mut second = kept(&[]);
        second.remember(&first);
        assert_eq!(passes(&second), [(1, "x"), (2, "y")]);
        // Of the first another program fails, and the second passes with another.
        let mut third = kept(&[(1, "not x", false), (2, "not y", true)]);
        third.remember(&second);
        assert_eq!(passes(&third), [(2, "not y"), (1, "x")]);
    }

    #[test]
    fn a_pass_ends_with_a_failure_of_the_same_programs() {
        let first = kept(&[(1, "x", true), (2, "y", true)]);
        let mut second = kept(&[(1, "x", false)]);
        second.remember(&first);
        assert_eq!(passes(&second), [(2, "y")]);
    }

    #[test]
    fn what_passed_only_when_it_was_tried_again_is_no_pass() {
        let mut kept = kept(&[(1, "x", true)]);
        kept.result.scenarios[0].flaky = true;
        assert_eq!(passes(&kept), []);
    }
}
