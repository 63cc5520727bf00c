//! The course's real files, spoilt in every way: the reader tells of faults with their places, and no more.

use proptest::prelude::*;
use proptest::sample::Index;

use crate::kept;
use crate::mutations::{Mutation, mutations};
use crate::tried::holds;
use crate::workshop::{Workshop, exercise_file, mistakes_file, text};

fn spoil(workshop: &Workshop, file: &str, name: &str, mutations: &[Mutation]) {
    let spoilt = mutations.iter().fold(text(file).into_bytes(), |text, mutation| mutation.apply(text));
    workshop.spoil(file, name, &spoilt);
}

#[test]
fn a_spoilt_exercise_is_told_with_places() {
    let workshop = Workshop::new();
    let input = (any::<Index>(), mutations());
    let name = "a_spoilt_exercise_is_told_with_places";
    holds(name, kept!("course-exercise"), 1200, input, |(which, mutations)| {
        let exercise = which.get(&workshop.exercises);
        spoil(&workshop, &exercise_file(exercise), exercise, &mutations);
    });
}

#[test]
fn a_spoilt_list_of_mistakes_is_told_with_places() {
    let workshop = Workshop::new();
    let input = (any::<Index>(), mutations());
    let name = "a_spoilt_list_of_mistakes_is_told_with_places";
    holds(name, kept!("course-mistakes"), 600, input, |(which, mutations)| {
        let exercise = which.get(&workshop.exercises);
        spoil(&workshop, &mistakes_file(exercise), exercise, &mutations);
    });
}

#[test]
fn a_spoilt_course_is_told_with_places() {
    let workshop = Workshop::new();
    let input = (any::<Index>(), mutations());
    holds("a_spoilt_course_is_told_with_places", kept!("course-course"), 600, input, |(which, mutations)| {
        let exercise = which.get(&workshop.exercises);
        spoil(&workshop, "course.toml", exercise, &mutations);
    });
}

/// As [`spoil`], but what is spoilt is a small file, so that more of it is wrong at once.
#[test]
fn any_text_is_read_or_told_with_places() {
    let workshop = Workshop::new();
    let words = prop::collection::vec(mutations(), 0..12).prop_map(|all| all.concat());
    let input = (words, crate::hostile::bytes(6));
    holds("any_text_is_read_or_told_with_places", kept!("course-any"), 1500, input, |(mutations, bytes)| {
        let name = &workshop.exercises[3];
        let begun =
            [b"title = 'T'\nhints = ['a', 'b']\n[[scenario]]\nname = 's'\nsteps = [", &bytes[..]].concat();
        let spoilt = mutations.iter().fold(begun, |text, mutation| mutation.apply(text));
        workshop.spoil(&exercise_file(name), name, &spoilt);
    });
}
