//! Which part a name stands for at this step.

use std::collections::HashMap;

/// Names of parts. In a `repeat` a name is bound anew each round; in a `for` the group's name stands
/// for one member.
#[derive(Debug, Default)]
pub struct Names {
    single: HashMap<String, usize>,
    groups: HashMap<String, Vec<usize>>,
    /// Members that stand for their groups, innermost last.
    members: Vec<(String, usize)>,
    /// What named groups of `first` and `matches` caught, by part and group.
    caught: HashMap<(usize, String), Vec<u8>>,
}

impl Names {
    pub fn bind(&mut self, name: &str, slot: usize) {
        self.groups.remove(name);
        self.single.insert(name.to_owned(), slot);
    }

    pub fn bind_group(&mut self, name: &str, slots: Vec<usize>) {
        self.single.remove(name);
        self.groups.insert(name.to_owned(), slots);
    }

    pub fn enter_member(&mut self, group: &str, slot: usize) {
        self.members.push((group.to_owned(), slot));
    }

    pub fn leave_member(&mut self) {
        self.members.pop();
    }

    /// The one part that a name stands for.
    pub fn find(&self, name: &str) -> Option<usize> {
        let member = self.members.iter().rev().find(|(group, _)| group == name).map(|(_, slot)| *slot);
        member.or_else(|| self.single.get(name).copied())
    }

    /// All parts that a name stands for: one, or a group's members.
    pub fn all(&self, name: &str) -> Vec<usize> {
        match self.find(name) {
            Some(slot) => vec![slot],
            None => self.groups.get(name).cloned().unwrap_or_default(),
        }
    }

    pub fn catch(&mut self, slot: usize, group: &str, bytes: Vec<u8>) {
        self.caught.insert((slot, group.to_owned()), bytes);
    }

    pub fn group(&self, part: &str, group: &str) -> Option<Vec<u8>> {
        self.caught.get(&(self.find(part)?, group.to_owned())).cloned()
    }
}
