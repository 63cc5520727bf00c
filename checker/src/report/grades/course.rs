//! What a report has to know of the course itself.

/// The course, as far as grades tell of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CourseInfo {
    pub title: String,
    /// In the course's order.
    pub exercises: Vec<ExerciseInfo>,
}

/// One exercise of the course.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExerciseInfo {
    /// `01_udp_send`
    pub name: String,
    pub title: String,
    /// The most that it gives.
    pub points: u32,
}

impl CourseInfo {
    /// The most that the whole course gives.
    pub fn points(&self) -> u64 {
        self.exercises.iter().map(|exercise| u64::from(exercise.points)).sum()
    }
}
