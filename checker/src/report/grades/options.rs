//! What the formats have to be told beyond the records.

use std::path::PathBuf;

use crate::report::terminal::Look;

/// Everything that some format needs; each reads its own part.
#[derive(Debug, Clone)]
pub struct Options {
    /// The terminal's, for the table.
    pub look: Look,
    /// Begins the CSV with a byte order mark, without which Excel misreads letters beyond ASCII.
    pub byte_order_mark: bool,
    /// For GitHub: at least 16 ASCII letters and digits, random, made after the submissions were read. Who
    /// knows it can forge annotations.
    pub token: String,
    pub classroom: ClassroomOptions,
    pub moodle: MoodleOptions,
    pub canvas: CanvasOptions,
}

/// A file of the instructor's, and what it is called in errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenFile {
    pub path: PathBuf,
    pub bytes: Vec<u8>,
}

/// For Classroom 50, which holds both names against those of the student's repository.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClassroomOptions {
    /// The classroom's short name; needed.
    pub classroom: Option<String>,
    /// The assignment's slug; needed.
    pub assignment: Option<String>,
    /// The roster's column with the GitHub user name; the student's key without.
    pub owner_column: Option<String>,
}

/// For Moodle.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MoodleOptions {
    /// The grading worksheet as it was downloaded; needed.
    pub worksheet: Option<GivenFile>,
    pub columns: MoodleColumns,
}

/// What the worksheet's columns are called, which depends on Moodle's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoodleColumns {
    pub id: String,
    /// Held against the record's, where there is one, as the address is: a number alone may be anybody's.
    pub name: String,
    pub email: String,
    pub grade: String,
    /// Filled in where there is one.
    pub feedback: String,
    /// Only read, where there is one: Moodle skips a grade above it without a word.
    pub maximum: String,
}

/// For Canvas.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CanvasOptions {
    /// Title and id of the assignment, as in the gradebook's header `Title (id)`; needed.
    pub assignment: Option<(String, String)>,
    /// The exported gradebook, to be filled in.
    pub gradebook: Option<GivenFile>,
}

impl MoodleColumns {
    /// The options of the command line that set them.
    pub const ID_OPTION: &str = "--moodle-id";
    pub const NAME_OPTION: &str = "--moodle-name";
    pub const EMAIL_OPTION: &str = "--moodle-email";
    pub const GRADE_OPTION: &str = "--moodle-grade";
    pub const FEEDBACK_OPTION: &str = "--moodle-feedback";
    pub const MAXIMUM_OPTION: &str = "--moodle-maximum";
}

impl MoodleOptions {
    /// The option of the command line that names the worksheet.
    pub const WORKSHEET_OPTION: &str = "--moodle-worksheet";
}

impl CanvasOptions {
    /// The options of the command line that set them.
    pub const ASSIGNMENT_OPTION: &str = "--canvas-assignment";
    pub const GRADEBOOK_OPTION: &str = "--canvas-gradebook";
}

impl ClassroomOptions {
    /// The options of the command line that set them.
    pub const CLASSROOM_OPTION: &str = "--classroom";
    pub const ASSIGNMENT_OPTION: &str = "--classroom-assignment";
    pub const OWNER_OPTION: &str = "--classroom-owner";
}

impl Default for MoodleColumns {
    /// As in English.
    fn default() -> Self {
        MoodleColumns {
            id: "Identifier".into(),
            name: "Full name".into(),
            email: "Email address".into(),
            grade: "Grade".into(),
            feedback: "Feedback comments".into(),
            maximum: "Maximum Grade".into(),
        }
    }
}

impl Default for Options {
    /// 80 columns without colours, no token.
    fn default() -> Self {
        Options {
            look: Look { width: 80, color: false },
            byte_order_mark: false,
            token: String::new(),
            classroom: ClassroomOptions::default(),
            moodle: MoodleOptions::default(),
            canvas: CanvasOptions::default(),
        }
    }
}
