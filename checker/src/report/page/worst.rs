//! Which scenarios fail most: a count, of the records alone.

use std::collections::{BTreeMap, HashMap};

use super::class::Class;
use crate::gradebook::record::{ScenarioGrade, ScenarioStatus};

/// One scenario over the whole class.
pub(super) struct Tally<'a> {
    pub column: usize,
    pub scenario: &'a ScenarioGrade,
    /// Of so many programs it was tried with; skipped and not graded ones are not among them.
    pub tried: usize,
    pub failed: usize,
    /// The finding that most failures have, and how many.
    pub usual: Option<(&'a str, usize)>,
    /// The first failure of that kind: a student's number in the class, and the failed scenario.
    pub example: (usize, &'a ScenarioGrade),
}

type Failures<'a> = Vec<(usize, &'a ScenarioGrade)>;

/// Every scenario that failed, the one that failed most first; of equals, in the course's order.
pub(super) fn worst<'a>(class: &Class<'a>) -> Vec<Tally<'a>> {
    let mut seen: BTreeMap<(usize, usize, &str), (usize, Failures)> = BTreeMap::new();
    for (student, entry) in class.students.iter().enumerate() {
        for (column, exercise) in entry.exercises.iter().enumerate() {
            for scenario in exercise.iter().flat_map(|exercise| &exercise.scenarios) {
                let (tried, failures) =
                    seen.entry((column, scenario.number, scenario.name.as_str())).or_default();
                let failed = scenario.status == ScenarioStatus::Failed;
                *tried += usize::from(failed || scenario.status == ScenarioStatus::Passed);
                failures.extend(failed.then_some((student, scenario)));
            }
        }
    }
    let tallies =
        seen.into_iter().filter_map(|((column, ..), (tried, failures))| tally(column, tried, failures));
    let mut tallies: Vec<Tally> = tallies.collect();
    tallies.sort_by_key(|tally| std::cmp::Reverse(tally.failed));
    tallies
}

/// None where nothing failed.
fn tally(column: usize, tried: usize, failures: Failures<'_>) -> Option<Tally<'_>> {
    let mut findings: HashMap<&str, usize> = HashMap::new();
    for finding in failures.iter().filter_map(|(_, scenario)| scenario.finding.as_deref()) {
        *findings.entry(finding).or_default() += 1;
    }
    let usual = findings.into_iter().max_by_key(|&(finding, count)| (count, std::cmp::Reverse(finding)));
    let of_that_kind =
        |one: &&(usize, &ScenarioGrade)| one.1.finding.as_deref() == usual.map(|(name, _)| name);
    let example = *failures.iter().find(of_that_kind).or(failures.first())?;
    Some(Tally { column, scenario: example.1, tried, failed: failures.len(), usual, example })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::page::tests::small;

    #[test]
    fn the_share_is_of_those_that_were_tried_and_the_example_is_of_the_usual_kind() {
        let mut class = small::class();
        class.truncate(2);
        class.push(class[1].clone());
        class.push(class[1].clone());
        class.push(class[0].clone());
        class[4].exercises[0].scenarios[1].status = ScenarioStatus::Skipped;
        // The first by name fails in another way than the two others do.
        class[1].exercises[0].scenarios[1].finding = Some("crash".to_owned());
        class[1].student.name = Some("Aa".to_owned());
        let scenario = &mut class[0].exercises[1].scenarios[0];
        (scenario.status, scenario.finding) = (ScenarioStatus::Failed, Some("deadline".to_owned()));
        let course = small::course();
        let tallies = worst(&Class::of(&class, &course));
        let found: Vec<_> =
            tallies.iter().map(|one| (one.column, one.failed, one.tried, one.usual)).collect();
        assert_eq!(found, [(0, 3, 4, Some(("wrong_peer", 2))), (1, 1, 5, Some(("deadline", 1)))]);
        assert_eq!(tallies[0].example.1.finding.as_deref(), Some("wrong_peer"));
    }
}
