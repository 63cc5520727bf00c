//! What a grade depends on, in one digest: while nothing of it changes, the grade stands.

use std::path::Path;

use crate::build::builder::Builder;
use crate::build::source::digest_of;
use crate::build::stamp::Stamp;
use crate::course::{Course, Exercise};
use crate::sandbox::Rung;

/// What the grades of a whole batch depend on, beside sources and checks.
#[derive(Debug, Clone)]
pub struct Basis {
    parts: Vec<Vec<u8>>,
}

impl Basis {
    /// The compiler, the checker, the course's limits and the isolation.
    pub fn of(course: &Course, builder: &Builder, rung: Rung) -> Self {
        let checker = Stamp::of(Path::new("/proc/self/exe"));
        let checker = serde_json::to_vec(&checker).unwrap_or_default();
        let limits = serde_json::to_vec(&course.limits).unwrap_or_default();
        let compiler = builder.compiler_version().as_bytes().to_vec();
        Basis { parts: vec![compiler, checker, limits, vec![rung.number()]] }
    }

    /// The digest for sources with the digest `sources`, graded by the checks of `exercise`.
    pub fn digest(&self, exercise: &Exercise, sources: &str) -> String {
        let mut parts: Vec<&[u8]> =
            vec![exercise.name.as_bytes(), exercise.text.as_bytes(), sources.as_bytes()];
        parts.extend(self.parts.iter().map(Vec::as_slice));
        digest_of(&parts)
    }
}
