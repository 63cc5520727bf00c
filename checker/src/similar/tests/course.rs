//! Found and not found, over the course's own programs. The thresholds come from here.
//!
//! What k and w make of it, with the starter alone subtracted and no idioms. Honest: the 192 pairs of an
//! exercise's solution and variants, written for one course in one style, and so more alike than strangers'
//! programs. Copies: 187 programs, each against itself in every disguise at once (dead statements, swapped `let`s,
//! renamed, reformatted, reordered, commented, other literals).
//!
//! | k | w | honest: share, median | 95th percentile | greatest | most tokens | copies: least share | median | least tokens |
//! |---|---|---|---|---|---|---|---|---|
//! | 8 | 4 | 12 % | 26 % | 37 % | 207 | 79 % | 92 % | 78 |
//! | 10 | 4 | 6 % | 20 % | 31 % | 189 | 73 % | 91 % | 78 |
//! | 12 | 5 | 0 % | 14 % | 28 % | 145 | 60 % | 89 % | 65 |
//! | 14 | 5 | 0 % | 12 % | 22 % | 127 | 49 % | 84 % | 71 |
//! | 16 | 5 | 0 % | 11 % | 21 % | 121 | 27 % | 83 % | 40 |
//! | 20 | 6 | 0 % | 8 % | 21 % | 110 | 27 % | 79 % | 40 |
//!
//! At 8 and 10 the gap is as wide, but the honest side of it is higher; from 14 on the short programs get lost. With
//! k = 12, 35 % lies a quarter above the most alike honest pair, and lets a half-copied program be seen.

use std::collections::BTreeMap;

use super::super::{Options, Pair, Report, Submission, compare};
use super::disguise::{ALL, Disguise, copied};
use super::programs::{EXERCISES, mistakes, solution, starter, starters, variants};

/// The solution and its variants: honest programs for the same task.
fn honest(exercise: &str) -> Vec<Submission> {
    let mut all = variants(exercise);
    all.push(solution(exercise, "the solution"));
    all
}

/// As small a class as can be: nothing is an idiom.
fn without_idioms() -> Options {
    Options { common_least: usize::MAX, ..Options::default() }
}

fn keys(report: &Report) -> Vec<(&str, &str)> {
    report.pairs.iter().map(|pair| (pair.left.key.as_str(), pair.right.key.as_str())).collect()
}

fn only(left: &Submission, right: &Submission) -> Option<Pair> {
    compare(&[left.clone(), right.clone()], &starters(), &Options::default()).pairs.pop()
}

#[test]
fn independent_programs_are_not_reported() {
    let all: Vec<Submission> = EXERCISES.iter().flat_map(|exercise| honest(exercise)).collect();
    for options in [without_idioms(), Options::default()] {
        let report = compare(&all, &starters(), &options);
        assert_eq!(keys(&report), []);
    }
    // Nor is it a close thing.
    let lower = Options { least_share: 0.3, ..without_idioms() };
    assert_eq!(keys(&compare(&all, &starters(), &lower)), []);
}

#[test]
fn no_disguise_hides_a_copy() {
    let every: Vec<Disguise> = ALL.iter().rev().map(|(_, disguise)| *disguise).collect();
    let mut sets: Vec<(&str, &[Disguise])> =
        ALL.iter().map(|(name, disguise)| (*name, std::slice::from_ref(disguise))).collect();
    sets.push(("all of them", &every));
    for exercise in EXERCISES {
        for original in honest(exercise).into_iter().chain(mistakes(exercise)) {
            for (name, disguises) in &sets {
                let pair = only(&original, &copied(&original, "a copy", disguises));
                let share = pair.map_or(0.0, |pair| pair.share());
                assert!(share > 0.5, "{exercise} {} {name}: {share}", original.key);
            }
        }
    }
}

#[test]
fn of_a_class_the_copy_alone_is_reported() {
    let every: Vec<Disguise> = ALL.iter().map(|(_, disguise)| *disguise).collect();
    for exercise in EXERCISES {
        let mut class = honest(exercise);
        let copy = copied(&class[1], "a copy", &every);
        let original = class[1].key.clone();
        class.push(copy);
        let report = compare(&class, &starters(), &without_idioms());
        assert_eq!(keys(&report), [("a copy", original.as_str())], "{exercise}");
        assert!(
            report.pairs[0].places.iter().map(|place| place.tokens).sum::<usize>() == report.pairs[0].tokens
        );
    }
}

#[test]
fn half_a_program_among_another_is_found_too() {
    for exercise in EXERCISES {
        let [one, .., other] = &honest(exercise)[..] else { panic!("two are needed") };
        let mut patched = other.clone();
        for (path, text) in &one.files {
            let lines: Vec<&str> = text.lines().collect();
            patched.files.push((format!("{path}/more.rs"), lines[lines.len() / 2..].join("\n")));
        }
        assert!(only(one, &patched).is_some(), "{exercise}");
    }
}

#[test]
fn small_edits_of_one_program_are_reported_until_it_is_given() {
    let (mut pairs, mut reported) = (0, 0);
    for exercise in EXERCISES {
        let mistakes = mistakes(exercise);
        for (at, left) in mistakes.iter().enumerate() {
            for right in mistakes[at + 1..].iter().filter(|right| right.files[0].0 == left.files[0].0) {
                pairs += 1;
                reported += usize::from(only(left, right).is_some());
                let texts = vec![left.files[0].1.clone()];
                let given = BTreeMap::from([(exercise.to_owned(), texts)]);
                let options = Options::default();
                assert!(compare(&[left.clone(), right.clone()], &given, &options).pairs.is_empty());
            }
        }
    }
    // Some mistakes are another program.
    assert!(pairs > 500 && reported * 100 > pairs * 95, "{reported} of {pairs}");
}

#[test]
fn the_starter_alone_is_nobody_s() {
    for exercise in EXERCISES {
        let class: Vec<Submission> = ["ann", "bob", "eve"].iter().map(|key| starter(exercise, key)).collect();
        let report = compare(&class, &starters(), &without_idioms());
        assert!(report.pairs.is_empty());
        assert_eq!(report.exercises[0].nothing_own, ["ann", "bob", "eve"]);
    }
}

#[test]
fn a_published_solution_is_nobody_s() {
    let exercise = EXERCISES[3];
    let class = ["ann", "bob"].map(|key| solution(exercise, key));
    assert_eq!(compare(&class, &starters(), &Options::default()).pairs.len(), 1);
    let mut given = starters();
    let texts = class[0].files.iter().map(|(_, text)| text.clone());
    given.entry(exercise.to_owned()).or_default().extend(texts);
    let report = compare(&class, &given, &Options::default());
    assert!(report.pairs.is_empty());
    assert_eq!(report.exercises[0].nothing_own, ["ann", "bob"]);
}

#[test]
fn two_submissions_of_one_student_are_no_pair() {
    let class = ["ann", "ann", "bob"].map(|key| solution(EXERCISES[3], key));
    let report = compare(&class, &starters(), &Options::default());
    assert_eq!(keys(&report), [("ann", "bob"); 2]);
}

#[test]
fn what_most_have_is_an_idiom() {
    let class: Vec<Submission> =
        (0..30).map(|n| solution(EXERCISES[1], &format!("student-{n:03}"))).collect();
    let report = compare(&class, &starters(), &Options::default());
    assert!(report.pairs.is_empty());
    assert_eq!(report.exercises[0].nothing_own.len(), 30);
    // Five friends are none.
    let report = compare(&class[..5], &starters(), &Options::default());
    assert_eq!(report.pairs.len(), 10);
}

#[test]
fn a_rare_find_weighs_more_than_a_frequent_one() {
    let exercise = EXERCISES[3];
    let mut class = honest(exercise);
    let ring = class.pop().unwrap();
    let two = class.pop().unwrap();
    class.clear();
    for key in ["ring-1", "ring-2", "ring-3", "ring-4"] {
        class.push(Submission { key: key.into(), ..ring.clone() });
    }
    class.push(Submission { key: "two-1".into(), ..two.clone() });
    class.push(Submission { key: "two-2".into(), ..two });
    let report = compare(&class, &starters(), &Options::default());
    assert_eq!(report.pairs.len(), 7);
    let weight = |pair: &Pair| pair.suspicion / pair.tokens as f64;
    let of = |name: &str| report.pairs.iter().find(|pair| pair.left.key.starts_with(name)).unwrap();
    assert!((weight(of("two")) - 1.0).abs() < 0.01 && (weight(of("ring")) - 0.5).abs() < 0.05);
}
