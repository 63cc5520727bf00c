//! Names of files for students' keys.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

/// Bytes of a name without the digest behind it; every file system takes 255 with what is put behind.
const LONGEST: usize = 80;

/// Names that Windows keeps for devices, whatever follows a dot.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// A name for each of `keys`, in their order: of letters and digits of any script, `-`, `_` and `.`, without
/// a dot at an end, short, and all different, also where case is ignored. A key that is such a name is its
/// own; the others get a part of their digest, so that a student's name does not depend on the others.
pub fn file_names<'a>(keys: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let keys: Vec<&str> = keys.into_iter().collect();
    let mut taken = BTreeSet::new();
    let mut names: Vec<Option<String>> = vec![None; keys.len()];
    // Whoever has a good key keeps it, wherever others with a made-up name stand.
    for (name, key) in names.iter_mut().zip(&keys) {
        if safe(key) == **key && !is_device(key) && taken.insert(folded(key)) {
            *name = Some((*key).to_owned());
        }
    }
    let named =
        names.into_iter().zip(&keys).map(|(name, key)| name.unwrap_or_else(|| made_up(key, &mut taken)));
    named.collect()
}

/// `key` without what is not safe.
fn safe(key: &str) -> String {
    let mut name = String::new();
    for c in key.chars() {
        let kept = if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '_' };
        if name.len() + kept.len_utf8() > LONGEST {
            break;
        }
        name.push(kept);
    }
    // A dash would be read as an option, a dot hides a file.
    let name = name.trim_matches(['.', '-']);
    if name.is_empty() { "_".to_owned() } else { name.to_owned() }
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_lowercase();
    DEVICES.contains(&stem.as_str())
}

/// What disks that ignore case take for the same name.
fn folded(name: &str) -> String {
    name.to_uppercase().to_lowercase()
}

fn made_up(key: &str, taken: &mut BTreeSet<String>) -> String {
    let digest: String = Sha256::digest(key.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let stem = safe(key);
    let name = format!("{}{stem}-{}", if is_device(&stem) { "_" } else { "" }, &digest[..10]);
    let mut unique = name.clone();
    let mut number = 2;
    while !taken.insert(folded(&unique)) {
        unique = format!("{name}-{number}");
        number += 1;
    }
    unique
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_keys_are_their_own_names() {
        let keys = ["student-017", "Ann_Example_12", "学生", "علي"];
        assert_eq!(file_names(keys), keys);
    }

    #[test]
    fn other_keys_get_safe_names_that_differ() {
        let long = "x".repeat(300);
        let keys = [
            "../../etc/passwd",
            "a/b",
            "a\\b",
            "",
            ".",
            "..",
            "-rf",
            "nul",
            "NUL.txt",
            "a\0b",
            "Ann",
            "ann",
            "ANN",
            "ß",
            "SS",
            "e\u{301}",
            "é",
            "é",
            &long,
            "ann",
            "ann-2",
            "\u{202e}md.exe",
            "con.",
            "a b",
        ];
        let names = file_names(keys);
        let folded: BTreeSet<String> = names.iter().map(|name| folded(name)).collect();
        assert_eq!(folded.len(), keys.len(), "{names:?}");
        for name in &names {
            assert!(name.len() <= 110 && !name.starts_with(['.', '-']) && !name.ends_with('.'), "{name}");
            assert!(name.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c)), "{name}");
            assert!(!is_device(name), "{name}");
        }
        assert_eq!((names[10].as_str(), names[20].as_str()), ("Ann", "ann-2"));
        assert!(names[1].starts_with("a_b-"));
    }

    #[test]
    fn a_made_up_name_does_not_depend_on_the_others() {
        assert_eq!(file_names(["a b", "c"])[0], file_names(["d", "a b"])[1]);
    }
}
