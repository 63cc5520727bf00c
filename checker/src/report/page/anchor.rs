//! What a student's page is called behind the `#`.

use std::collections::HashSet;

use sha2::{Digest as _, Sha256};

/// Longer keys are cut.
const LETTERS: usize = 40;

/// Gives each student a name of `a-z 0-9 _ -` that no other has, and the same one the next time.
#[derive(Debug, Default)]
pub(super) struct Anchors(HashSet<String>);

impl Anchors {
    /// `student-` and the key, where that can be; a key with anything else in it is told apart by a few
    /// digits of its hash. A key that came before gets a number behind it.
    pub fn of(&mut self, key: &str) -> String {
        let first = anchor(key);
        let mut name = first.clone();
        let mut number = 2;
        while !self.0.insert(name.clone()) {
            name = format!("{first}-{number}");
            number += 1;
        }
        name
    }
}

fn anchor(key: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c.to_ascii_lowercase() } else { '-' };
    let slug: String = key.chars().take(LETTERS).map(plain).collect();
    if slug == key && !key.is_empty() {
        return format!("student-{slug}");
    }
    let hash: String =
        Sha256::digest(key.as_bytes()).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    match slug.trim_matches('-') {
        "" => format!("student-{hash}"),
        slug => format!("student-{slug}-{hash}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_key_is_its_own_anchor_and_any_other_gets_a_hash() {
        let mut anchors = Anchors::default();
        assert_eq!(anchors.of("ann_42"), "student-ann_42");
        assert_eq!(anchors.of("ann_42"), "student-ann_42-2");
        assert_eq!(anchors.of("ann_42-2"), "student-ann_42-2-2");
        for key in ["Ann", "", "\"><script>", "王小明", &"a".repeat(5000)] {
            let anchor = anchors.of(key);
            assert!(anchor.len() < 64 && anchor.starts_with("student-"), "{anchor}");
            assert!(anchor.chars().all(|c| matches!(c, 'a'..='z' | '0'..='9' | '_' | '-')), "{anchor}");
        }
    }
}
