//! The whole comparison, one exercise at a time.

use std::collections::BTreeMap;

use super::class::Class;
use super::options::Options;
use super::report::Report;
use super::submission::Submission;

/// Compares the submissions of each exercise with each other.
///
/// `given` has, for an exercise's name, the texts that every student may have: the starter, and the solution and
/// its variants where they are published. What stands in one of them is nobody's own.
///
/// The report is the same for the same submissions in any order. Memory and time are bounded by
/// [`Options::most_lexemes`] a submission; an exercise's memory is given back before the next.
pub fn compare(
    submissions: &[Submission],
    given: &BTreeMap<String, Vec<String>>,
    options: &Options,
) -> Report {
    let mut exercises: BTreeMap<&str, Vec<&Submission>> = BTreeMap::new();
    for submission in submissions {
        exercises.entry(&submission.exercise).or_default().push(submission);
    }
    let mut report = Report {
        options: *options,
        exercises: Vec::new(),
        pairs: Vec::new(),
        left_out: 0,
        groups: Vec::new(),
        notes: Vec::new(),
    };
    for (exercise, mut submissions) in exercises {
        submissions.sort();
        let given = given.get(exercise).map_or(&[][..], Vec::as_slice);
        let class = Class::read(&submissions, given, options);
        let scores = class.scores();
        report.notes.extend(class.notes());
        report.exercises.push(class.summary(exercise));
        report.groups.extend(class.groups(exercise, &scores));
        report.left_out += scores.len().saturating_sub(options.most_pairs);
        // Of thousands of pairs, only those that are kept need their places.
        report.pairs.extend(scores.iter().take(options.most_pairs).map(|score| class.pair(exercise, score)));
        most_suspicious(&mut report);
    }
    report
}

/// Puts the pairs in order, and lets go of those that are too many.
fn most_suspicious(report: &mut Report) {
    // Stable: equals stay in the order of exercise and keys.
    report.pairs.sort_by(|a, b| b.suspicion.total_cmp(&a.suspicion));
    report.left_out += report.pairs.len().saturating_sub(report.options.most_pairs);
    report.pairs.truncate(report.options.most_pairs);
}
