//! Sorts what lies in one source into submissions.
//!
//! By the instructor's pattern, if there is one; by the names of a bulk download; as the one submission that it
//! is, if exercises lie at its top; else each folder and archive in it is a student's. A single folder around
//! everything is looked through.

use std::collections::BTreeMap;
use std::path::Path;

use super::draft::{Draft, Drafts, source};
use super::fault::Fault;
use super::names::{Ending, ending, join};
use super::order::Order;
use super::pattern::{Pattern, Told};
use super::place::{Child, Kind, Place};
use super::spelling::{named_file, same_name};
use super::tree::Root;

/// How many folders deep a pattern is tried.
const DEEPEST: usize = 4;
/// How many folders around everything are looked through.
const WRAPPERS: usize = 3;

/// Submissions of one student under way: by where they lie, whose they are, and which attempt.
type Groups = BTreeMap<(String, [Option<String>; 5]), Draft>;

/// One source, being sorted.
pub(super) struct Shelf<'r> {
    order: &'r Order,
    path: &'r Path,
    is_archive: bool,
    pub found: Drafts,
}

impl<'r> Shelf<'r> {
    pub fn new(order: &'r Order, path: &'r Path, is_archive: bool) -> Self {
        Shelf { order, path, is_archive, found: Drafts::default() }
    }

    /// Sorts what is at the top of the source, which is called `label`.
    pub fn sort(&mut self, top: &Place, label: &str) {
        let (mut place, mut inside, label) = (top.clone(), String::new(), label.to_owned());
        for depth in 0..=WRAPPERS {
            let Some(children) = self.children(&place, &inside) else { return };
            if let Some(pattern) = self.pattern(&children) {
                return self.by_pattern(&pattern, children, &inside);
            }
            if self.is_one(&children) {
                let root = Root { place, is_folder: true, at: String::new(), size: 0, time: None };
                let source = self.source(&inside);
                return self.found.drafts.push(Draft {
                    label,
                    roots: vec![root],
                    source,
                    ..Draft::default()
                });
            }
            match self.wrapped(&children, &inside) {
                Some(inner) if depth < WRAPPERS => {
                    inside = join(&inside, &inner.name);
                    place = inner.place.clone();
                }
                _ => return self.each(children, &inside),
            }
        }
    }

    fn children(&mut self, place: &Place, inside: &str) -> Option<Vec<Child>> {
        let most = self.order.limits.bulk_entries as usize;
        match place.children(most) {
            Ok(children) if children.len() > most => {
                let why = format!("it holds more than {most} files and folders");
                self.found.pass_over(self.source(inside), why);
                None
            }
            Ok(children) => Some(self.without_grades(place, children, inside)),
            Err(error) => {
                self.found.pass_over(self.source(inside), format!("it cannot be read: {error}"));
                None
            }
        }
    }

    /// Passes over what the checker wrote.
    fn without_grades(&mut self, place: &Place, mut children: Vec<Child>, inside: &str) -> Vec<Child> {
        let in_grades = self.order.is_of_grades(place);
        children.retain(|child| match self.order.written_here(child, in_grades) {
            Some(why) => {
                self.found.pass_over(self.source(&join(inside, &child.name)), why);
                false
            }
            None => true,
        });
        children
    }

    fn source(&self, inside: &str) -> String {
        source(self.path, self.is_archive, inside)
    }

    fn pattern(&self, children: &[Child]) -> Option<Pattern> {
        if let Some(pattern) = &self.order.pattern {
            return Some(pattern.clone());
        }
        let names: Vec<&str> = children.iter().map(|child| child.name.as_str()).collect();
        Pattern::guess(&names)
    }

    /// Whether `children` are those of one student's submission.
    fn is_one(&self, children: &[Child]) -> bool {
        let wanted = &self.order.exercises;
        let is_exercise = |child: &Child| {
            wanted.iter().any(|one| same_name(&child.name, &one.0) || named_file(&child.name, one).is_some())
        };
        let is_crate = |child: &Child| match child.kind {
            Kind::Folder => child.name == "src",
            _ => child.name == "Cargo.toml" || child.name == "main.rs",
        };
        children.iter().any(|child| {
            let is_folder = child.kind == Kind::Folder;
            let holds = is_folder && child.name == "exercises" && self.holds(child, is_exercise);
            is_exercise(child) || is_crate(child) || holds
        })
    }

    fn holds(&self, child: &Child, what: impl Fn(&Child) -> bool) -> bool {
        let most = self.order.limits.entries as usize;
        child.place.children(most).is_ok_and(|children| children.iter().any(what))
    }

    /// The one folder around everything else. In a folder of folders, it is rather the only student's.
    fn wrapped<'c>(&self, children: &'c [Child], inside: &str) -> Option<&'c Child> {
        let [child] = children else { return None };
        if child.kind != Kind::Folder {
            return None;
        }
        if self.is_archive && inside.is_empty() {
            return Some(child);
        }
        let inner = child.place.children(self.order.limits.bulk_entries as usize).ok()?;
        let could_be_students = inner.iter().filter(|one| {
            one.kind == Kind::Folder && !self.order.is_of_grades(&one.place)
                || one.kind == Kind::File && ending(&one.name).1 != Ending::No
        });
        let is_class = could_be_students.count() > 1 && !self.is_one(&inner);
        (is_class || self.pattern(&inner).is_some()).then_some(child)
    }

    /// Each of `children` is one submission.
    fn each(&mut self, children: Vec<Child>, inside: &str) {
        for child in children {
            let inside = join(inside, &child.name);
            let source = self.source(&inside);
            let is_source = child.name.ends_with(".rs") && self.order.asks_for_one_source();
            let label = match (child.kind, ending(&child.name)) {
                (Kind::Folder, _) => child.name.clone(),
                (Kind::Refused(refusal), _) => {
                    self.found.pass_over(source, refusal.trouble(&child.name).message);
                    continue;
                }
                (Kind::File, (stem, Ending::Archive | Ending::OtherArchive)) => stem.to_owned(),
                (Kind::File, _) if is_source => child.name.trim_end_matches(".rs").to_owned(),
                (Kind::File, _) => {
                    self.found.pass_over(source, "it is neither a folder nor an archive");
                    continue;
                }
            };
            let at = self.order.mounted(&child.name);
            let roots = vec![root(&child, if child.kind == Kind::Folder { String::new() } else { at })];
            self.found.drafts.push(Draft { label, roots, source, ..Draft::default() });
        }
    }

    fn by_pattern(&mut self, pattern: &Pattern, children: Vec<Child>, inside: &str) {
        let mut groups = Groups::new();
        self.gather(pattern, children, inside, "", &mut groups);
        for draft in groups.into_values() {
            self.found.drafts.push(draft);
        }
    }

    /// Matches `children`, which lie at `matched` of what the pattern sees. Whether any of them was somebody's.
    fn gather(
        &mut self,
        pattern: &Pattern,
        children: Vec<Child>,
        inside: &str,
        matched: &str,
        groups: &mut Groups,
    ) -> bool {
        let before = self.found.unrecognised.len();
        let mut any = false;
        for child in children {
            let (name, inside) = (join(matched, &child.name), join(inside, &child.name));
            let is_folder = child.kind == Kind::Folder;
            if let Some(told) = pattern.told(&name) {
                any = true;
                self.take_up(told, &child, matched, &inside, groups);
            } else if is_folder && name.split('/').count() < DEEPEST {
                let Some(children) = self.children(&child.place, &inside) else { continue };
                any |= self.gather(pattern, children, &inside, &name, groups);
            } else {
                self.found.pass_over(self.source(&inside), "its name does not tell whose it is");
            }
        }
        if !any && !matched.is_empty() {
            // A folder of nobody's is one row, however much there is in it.
            self.found.unrecognised.truncate(before);
            self.found.pass_over(self.source(inside), "no name in it tells whose it is");
        }
        any
    }

    fn take_up(&mut self, told: Told, child: &Child, matched: &str, inside: &str, groups: &mut Groups) {
        if let Kind::Refused(refusal) = child.kind {
            return self.found.pass_over(self.source(inside), refusal.trouble(&child.name).message);
        }
        let whose = [&told.key, &told.id, &told.email, &told.name, &told.attempt].map(Clone::clone);
        let source = self.source(inside);
        let draft = groups.entry((matched.to_owned(), whose)).or_insert_with(|| Draft {
            label: child.name.clone(),
            told: Told { rest: None, ..told.clone() },
            source,
            trouble: Some(
                Fault::Empty.trouble("it holds text typed in the browser, no file; hand in the sources"),
            ),
            ..Draft::default()
        });
        draft.told.late |= told.late;
        if told.typed {
            return;
        }
        draft.trouble = None;
        let own = if child.kind == Kind::Folder { String::new() } else { child.name.clone() };
        draft.roots.push(root(child, told.rest.unwrap_or(own)));
    }
}

fn root(child: &Child, at: String) -> Root {
    let is_folder = child.kind == Kind::Folder;
    Root { place: child.place.clone(), is_folder, at, size: child.size, time: child.time }
}
