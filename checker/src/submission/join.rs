//! Whose each submission is, by the roster, and which of two counts.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::draft::{Draft, Drafts, Unrecognised};
use super::fault::Fault;
use super::found::{Found, Held, Joined, TimeFrom};
use super::order::Order;
use super::request::Intake;
use super::roster::{Member, Roster};
use super::whose::{Whom, Whose};
use crate::gradebook::record::Student;

/// Gives each draft, as it was `found`, its student, and keeps one for each student.
pub(super) fn join(drafts: Drafts, found: Vec<Found>, roster: Option<&Roster>, order: &Arc<Order>) -> Intake {
    let Drafts { drafts, mut unrecognised } = drafts;
    let whom = Whom::new(&drafts, roster);
    let mut by_student: BTreeMap<usize, Vec<(Found, Option<String>)>> = BTreeMap::new();
    let mut numbers: HashMap<Whose, usize> = HashMap::new();
    let mut used = HashSet::new();
    for (at, (draft, mut found)) in drafts.iter().zip(found).enumerate() {
        let (whose, joined) = whom.whose(at, draft);
        found.joined = joined;
        found.student = match whose {
            Whose::Member(member) => {
                used.insert(member);
                whom.member(member)
                    .map_or_else(Student::default, |member| of_member(member, draft, &mut found))
            }
            _ => of_draft(draft),
        };
        found.notes.extend(whom.note(draft, joined));
        let next = numbers.len();
        let number = *numbers.entry(whose).or_insert(next);
        by_student.entry(number).or_default().push((found, draft.told.attempt.clone()));
    }
    let mut found: Vec<Found> =
        by_student.into_values().filter_map(|all| newest(all, &mut unrecognised)).collect();
    let members = roster.map(|roster| &roster.members[..]).unwrap_or_default();
    let absent = members.iter().enumerate().filter(|(number, _)| !used.contains(number));
    found.extend(absent.map(|(_, member)| missing(member, order)));
    make_keys_unique(&mut found);
    Intake { found, unrecognised }
}

/// The newest by its own time, then by its attempt, then by its place on the command line. The others are told.
fn newest(mut all: Vec<(Found, Option<String>)>, unrecognised: &mut Vec<Unrecognised>) -> Option<Found> {
    // Numbers of attempts by their length first: 10 comes after 9. The sort keeps the order of equals.
    all.sort_by_cached_key(|(found, attempt)| {
        let attempt = attempt.clone().unwrap_or_default();
        (found.submitted_at, attempt.len(), attempt)
    });
    let (mut best, _) = all.pop()?;
    for (older, _) in all {
        let why = format!(
            "a second submission of {}: the newest counts, which is {}",
            best.student.key.escape_debug(),
            best.source.escape_debug()
        );
        best.notes.push(format!("an older submission does not count: {}", older.source.escape_debug()));
        unrecognised.push(Unrecognised { path: older.source, why });
    }
    Some(best)
}

/// The student as the roster has them; what it does not say comes from the submission.
fn of_member(member: &Member, draft: &Draft, found: &mut Found) -> Student {
    if let Some(time) = member.submitted_at {
        (found.submitted_at, found.time_from) = (Some(time), TimeFrom::Roster);
    }
    let mut student = member.student.clone();
    let told = &draft.told;
    student.id = student.id.or_else(|| told.id.clone());
    student.name = student.name.or_else(|| told.name.clone());
    student.email = student.email.or_else(|| told.email.clone());
    student
}

fn of_draft(draft: &Draft) -> Student {
    let told = &draft.told;
    let first = [&told.key, &told.id, &told.email, &told.name].into_iter().flatten().next();
    let key = first.cloned().unwrap_or_else(|| draft.label.clone());
    let name = told.name.clone().or_else(|| first.is_none().then(|| draft.label.clone()));
    Student { key, id: told.id.clone(), name, email: told.email.clone(), more: BTreeMap::new() }
}

fn missing(member: &Member, order: &Arc<Order>) -> Found {
    let held = |(name, _): &(String, Vec<String>)| Held {
        name: name.clone(),
        folder: String::new(),
        files: 0,
        reference: false,
        trouble: None,
    };
    Found {
        student: member.student.clone(),
        source: String::new(),
        submitted_at: None,
        time_from: TimeFrom::Nothing,
        late_mark: false,
        trouble: Some(Fault::Missing.trouble("on the roster, and nothing was handed in")),
        exercises: order.exercises.iter().map(held).collect(),
        joined: Joined::ByKey,
        notes: Vec::new(),
        roots: Vec::new(),
        order: Arc::clone(order),
    }
}

/// Two students of one name are two: the second gets a number behind the key.
fn make_keys_unique(found: &mut [Found]) {
    let mut taken: HashSet<String> = found.iter().map(|found| found.student.key.clone()).collect();
    let mut seen = HashSet::new();
    for found in found {
        if !seen.insert(found.student.key.clone()) {
            let free =
                (2_u32..).map(|n| format!("{}-{n}", found.student.key)).find(|key| !taken.contains(key));
            found.student.key = free.unwrap_or_default();
            taken.insert(found.student.key.clone());
            seen.insert(found.student.key.clone());
        }
    }
}
