//! What is compared.

/// One student's work on one exercise.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Submission {
    pub exercise: String,
    /// Whose it is. Two submissions with the same key are never compared with each other.
    pub key: String,
    /// Path in the submission, and text. What is not UTF-8 is replaced before (`String::from_utf8_lossy`).
    pub files: Vec<(String, String)>,
}
