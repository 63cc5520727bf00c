//! Verdicts kept with all that they depend on: while nothing of that changes, they need not be found
//! again.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::record::Store;
use crate::event::JobResult;

/// The verdict on one exercise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// A digest of all that the verdict depends on.
    pub basis: String,
    pub seed: u64,
    /// The isolation rung that it was found under.
    pub rung: u8,
    pub result: JobResult,
}

impl Store {
    /// The verdict that was found for just this basis. Anything that can't be read is none.
    pub fn verdict(&self, exercise: &str, basis: &str) -> Option<Kept> {
        let text = fs::read(self.verdict_file(exercise)).ok()?;
        serde_json::from_slice::<Kept>(&text).ok().filter(|kept| kept.basis == basis)
    }

    /// Keeps a verdict in the place of the one before: whole, or not at all.
    pub fn keep_verdict(&self, exercise: &str, kept: &Kept) -> io::Result<()> {
        let place = self.verdict_file(exercise);
        let folder = self.verdicts();
        fs::create_dir_all(&folder)?;
        let mut file = tempfile::NamedTempFile::new_in(&folder)?;
        file.write_all(&serde_json::to_vec(kept)?)?;
        file.persist(place).map_err(|error| error.error)?;
        Ok(())
    }

    fn verdict_file(&self, exercise: &str) -> PathBuf {
        self.verdicts().join(format!("{exercise}.json"))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::event::BuildVerdict;

    #[test]
    fn a_verdict_is_found_by_its_basis_alone() {
        let root = tempfile::tempdir().unwrap();
        let store = Store::of(root.path());
        let build = BuildVerdict::Built { warnings: "w".into(), took: Duration::from_millis(7), known: true };
        let result = JobResult { build, scenarios: vec![], drove_for: Duration::ZERO };
        let kept = Kept { basis: "b".into(), seed: 1, rung: 3, result };
        assert_eq!(store.verdict("01_a", "b"), None);
        store.keep_verdict("01_a", &kept).unwrap();
        assert_eq!(store.verdict("01_a", "b"), Some(kept));
        assert_eq!((store.verdict("01_a", "c"), store.verdict("02_b", "b")), (None, None));
        fs::write(store.verdict_file("01_a"), "{ half").unwrap();
        assert_eq!(store.verdict("01_a", "b"), None);
    }
}
