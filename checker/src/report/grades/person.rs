//! Who somebody is, by name and address, and whether two lists may mean the same person.

use std::fmt;

use super::clean;

/// What a list tells of somebody; empty where it does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Person {
    name: String,
    email: String,
}

impl Person {
    pub fn new(name: impl Into<String>, email: impl Into<String>) -> Self {
        Person { name: name.into(), email: email.into() }
    }

    /// Whether an equal name or an equal address says so, or there is neither that both tell.
    pub fn may_be(&self, other: &Person) -> bool {
        let names = [letters(&self.name), letters(&other.name)];
        let emails = [address(&self.email), address(&other.email)];
        let told = [names, emails].into_iter().filter(|both| both.iter().all(|text| !text.is_empty()));
        let same: Vec<bool> = told.map(|[one, other]| one == other).collect();
        same.is_empty() || same.contains(&true)
    }
}

/// `Ann Example, ann@example.org`, on one line.
impl fmt::Display for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = [&self.name, &self.email].map(|text| clean::line(text.trim()));
        let told: Vec<&str> = told.iter().map(AsRef::as_ref).filter(|text| !text.is_empty()).collect();
        f.write_str(&told.join(", "))
    }
}

/// A name's letters, without case: platforms leave signs such as `'` out where the name is a folder's.
fn letters(name: &str) -> String {
    let letters = |word: &str| -> String { word.chars().filter(|c| c.is_alphanumeric()).collect() };
    let words: Vec<String> = name.split_whitespace().map(letters).filter(|word| !word.is_empty()).collect();
    words.join(" ").to_lowercase()
}

fn address(email: &str) -> String {
    email.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_equal_name_or_an_equal_address_is_enough() {
        let ann = Person::new("Ann  O'Example", "ann@example.org");
        for (name, email, same) in [
            ("ANN o'example", "other@example.org", true),
            ("ann oexample", "", true),
            ("Somebody Else", "Ann@Example.org ", true),
            ("", "ann@example.org", true),
            ("", "", true),
            ("'", "", true),
            ("Zed Other", "zed@example.org", false),
            ("Zed Other", "", false),
            ("", "zed@example.org", false),
        ] {
            let other = Person::new(name, email);
            assert_eq!((ann.may_be(&other), other.may_be(&ann)), (same, same), "{name} {email}");
        }
    }
}
