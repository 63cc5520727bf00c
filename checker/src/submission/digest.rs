//! One number for what was handed in: equal for equal sources, whatever they came in.

use sha2::{Digest as _, Sha256};

/// SHA-256 over paths and contents, each behind its length, so that nothing can be moved from one to the next.
#[derive(Default)]
pub(super) struct Digest(Sha256);

impl Digest {
    /// The next file, in the order of the paths.
    pub fn file(&mut self, path: &str, content: &[u8]) {
        self.piece(path.as_bytes());
        self.piece(content);
    }

    fn piece(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    /// In hex.
    pub fn finish(self) -> String {
        self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The digest of a whole submission from `(name, digest)` of its exercises.
pub(super) fn of_exercises<'a>(exercises: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut digest = Digest::default();
    for (name, one) in exercises {
        digest.file(name, one.as_bytes());
    }
    digest.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_moves_from_one_file_to_the_next() {
        let of = |files: &[(&str, &[u8])]| {
            let mut digest = Digest::default();
            files.iter().for_each(|(path, content)| digest.file(path, content));
            digest.finish()
        };
        let one = of(&[("src/a.rs", b"x"), ("src/b.rs", b"")]);
        assert_eq!(one.len(), 64);
        assert_ne!(one, of(&[("src/a.rs", b""), ("src/b.rs", b"x")]));
        assert_ne!(one, of(&[("src/a.rsx", b""), ("src/b.rs", b"")]));
        assert_ne!(of(&[("a", b"b"), ("c", b"d")]), of(&[("a", b"bcd")]));
        assert_ne!(of(&[]), of(&[("", b"")]));
    }
}
