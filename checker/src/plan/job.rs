//! Plans, the jobs in them, and whose programs those are.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::course::{Exercise, Mistake, Program};

/// Whose program it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    Student,
    /// One of a class's, by whose it is; its folder is called as the exercise is, and holds nothing else.
    Submission(String),
    Solution,
    Starter,
    /// A right program that is nothing like the reference, by the name of its folder.
    Variant(String),
    Mistake(Mistake),
    /// The solution with one change, by the change's name.
    Mutant {
        name: String,
        /// Known to behave like the solution.
        equivalent: bool,
    },
}

/// One crate to be built and driven through scenarios of one exercise.
#[derive(Debug, Clone)]
pub struct Job {
    pub exercise: Arc<Exercise>,
    pub subject: Subject,
    /// The crate's folder; its `src` is what is compiled.
    pub folder: PathBuf,
    /// Which scenarios, as indices into the exercise's, ascending.
    pub scenarios: Vec<usize>,
}

/// How far a job goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// To its end.
    Whole,
    /// To its first scenario, in the exercise's order, that does not pass: nothing is told of those behind it.
    FirstFailure,
    /// Until any scenario has not passed; which ones have been run by then is left open.
    AnyFailure,
}

/// Jobs, and what holds for all of them.
#[derive(Debug, Clone)]
pub struct Plan {
    pub jobs: Vec<Job>,
    pub extent: Extent,
    /// Every random value of the run is made from it.
    pub seed: u64,
}

impl Job {
    fn all(exercise: &Arc<Exercise>, subject: Subject, folder: PathBuf) -> Self {
        let scenarios = (0..exercise.scenarios.len()).collect();
        Job { exercise: Arc::clone(exercise), subject, folder, scenarios }
    }

    /// The student's own work.
    pub fn student(exercise: &Arc<Exercise>) -> Self {
        Self::all(exercise, Subject::Student, exercise.dir.clone())
    }

    /// A submission, taken to `folder`.
    pub fn submission(exercise: &Arc<Exercise>, whose: &str, folder: PathBuf) -> Self {
        Self::all(exercise, Subject::Submission(whose.to_owned()), folder)
    }

    /// The reference solution in `solutions/NN_name`.
    pub fn solution(exercise: &Arc<Exercise>, solution: &Path) -> Self {
        Self::all(exercise, Subject::Solution, solution.to_owned())
    }

    /// A right program in another style, in `solutions/NN_name/variants/NAME`.
    pub fn variant(exercise: &Arc<Exercise>, folder: &Path) -> Self {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Self::all(exercise, Subject::Variant(name), folder.to_owned())
    }

    /// The solution with one change, in `folder`.
    pub fn mutant(exercise: &Arc<Exercise>, name: &str, equivalent: bool, folder: PathBuf) -> Self {
        Self::all(exercise, Subject::Mutant { name: name.to_owned(), equivalent }, folder)
    }

    /// The starter as the course hands it out.
    pub fn starter(exercise: &Arc<Exercise>, folder: PathBuf) -> Self {
        Self::all(exercise, Subject::Starter, folder)
    }

    /// A program with a mistake, in the scenario that must catch it. `folder` holds the solution's
    /// sources with the mistake in its place.
    pub fn mistake(exercise: &Arc<Exercise>, mistake: &Mistake, folder: PathBuf) -> Self {
        let scenarios = exercise.scenarios.iter().position(|s| s.name == mistake.scenario);
        Job {
            exercise: Arc::clone(exercise),
            subject: Subject::Mistake(mistake.clone()),
            folder,
            scenarios: scenarios.into_iter().collect(),
        }
    }

    /// From where the paths of its sources are shown: the course's root, or what tells nothing of whose
    /// submission it is.
    pub fn root<'a>(&'a self, course: &'a Path) -> &'a Path {
        match (&self.subject, self.folder.parent()) {
            (Subject::Submission(_), Some(parent)) => parent,
            _ => course,
        }
    }

    /// Only these scenarios, by number from 1.
    ///
    /// # Errors
    /// A number that the exercise does not have.
    pub fn only(mut self, numbers: &[usize]) -> Result<Self, String> {
        if let Some(wrong) = numbers.iter().find(|&&n| n == 0 || n > self.exercise.scenarios.len()) {
            let (name, last) = (&self.exercise.name, self.exercise.scenarios.len());
            return Err(format!("{name} has no scenario {wrong}; they are numbered from 1 to {last}"));
        }
        self.scenarios.retain(|index| numbers.contains(&(index + 1)));
        Ok(self)
    }

    /// The scenario that must have passed before this one is begun, if it is part of the job.
    pub fn waits_for(&self, scenario: usize) -> Option<usize> {
        // One after another: where a scenario catches it, the others need not wait for their deadlines.
        if let Subject::Mutant { .. } = self.subject {
            let at = self.scenarios.iter().position(|&index| index == scenario)?;
            return self.scenarios[..at].last().copied();
        }
        self.exercise.scenarios[scenario].after.filter(|after| self.scenarios.contains(after))
    }

    /// The scenarios that begin when this one has passed.
    pub fn waiting_for(&self, scenario: usize) -> Vec<usize> {
        self.scenarios.iter().copied().filter(|&later| self.waits_for(later) == Some(scenario)).collect()
    }

    /// Those, and those that wait for them.
    pub fn all_waiting_for(&self, scenario: usize) -> Vec<usize> {
        let mut all = self.waiting_for(scenario);
        let mut at = 0;
        while let Some(&next) = all.get(at) {
            all.extend(self.waiting_for(next));
            at += 1;
        }
        all
    }

    /// The programs that the job's scenarios start.
    pub fn programs(&self) -> impl Iterator<Item = &Program> {
        self.exercise.programs.iter().filter(|program| {
            self.scenarios.iter().any(|&index| self.exercise.scenarios[index].starts(&program.name))
        })
    }
}

impl Plan {
    /// Every job of `jobs`, to its end.
    pub fn new(jobs: Vec<Job>, seed: Option<u64>) -> Self {
        // Short enough to be typed again, and from the system's own entropy: a program can't guess it.
        let seed = seed.unwrap_or_else(|| fastrand::u64(1..1_000_000_000));
        Plan { jobs, extent: Extent::Whole, seed }
    }

    /// For each job a number that it shares with those whose programs are the same person's, and with no others.
    /// What nobody has written by themselves, as a variant or a mistake, is each for itself.
    pub fn owners(&self) -> Vec<usize> {
        owners(self.jobs.iter().map(|job| &job.subject))
    }
}

fn owners<'s>(subjects: impl Iterator<Item = &'s Subject>) -> Vec<usize> {
    let mut first: HashMap<Option<&str>, usize> = HashMap::new();
    let owner = |(number, subject): (usize, &'s Subject)| match subject {
        Subject::Submission(whose) => *first.entry(Some(whose)).or_insert(number),
        Subject::Student => *first.entry(None).or_insert(number),
        _ => number,
    };
    subjects.enumerate().map(owner).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_persons_programs_have_one_owner_and_nobody_elses_have_that() {
        let of = |whose: &str| Subject::Submission(whose.to_owned());
        let subjects =
            [of("ann"), of("bob"), of("ann"), Subject::Student, of(""), Subject::Student, of("bob")];
        assert_eq!(owners(subjects.iter()), [0, 1, 0, 3, 4, 3, 1]);
        let variant = || Subject::Variant("same".to_owned());
        let course = [variant(), Subject::Solution, variant(), Subject::Solution, Subject::Starter];
        assert_eq!(owners(course.iter()), [0, 1, 2, 3, 4]);
    }
}
