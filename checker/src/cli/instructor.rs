//! What an instructor can type: the options of `grade`, `report` and `similar`.

use std::path::PathBuf;

use clap::Args;

/// Where submissions come from, and how they are told apart.
#[derive(Debug, Args)]
pub struct Sources {
    /// Folders, zips and tar.gz of submissions: a folder a student, or what Moodle or Canvas gave
    #[arg(required = true, value_name = "SUBMISSIONS")]
    pub submissions: Vec<PathBuf>,
    /// A regular expression with named groups (name, id, email, key, late, attempt, file, rest) that tells whose
    /// a file or folder is
    #[arg(long, value_name = "REGEX")]
    pub pattern: Option<String>,
    /// A CSV file of the class: names, ids, and times of submission
    #[arg(long, value_name = "CSV")]
    pub roster: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct GradeArgs {
    #[command(flatten)]
    pub sources: Sources,
    /// Where the grades go; what is there already is not graded again
    #[arg(long, value_name = "DIR", required_unless_present = "dry_run")]
    pub out: Option<PathBuf>,
    /// Show what was recognised as whose, and grade nothing
    #[arg(long)]
    pub dry_run: bool,
    /// When submissions were due: `2026-11-20T23:59:59+01:00`
    #[arg(long, value_name = "TIME")]
    pub deadline: Option<String>,
    /// What a begun day costs: `10%/day`, `2 points/day`, `10%/day,max 50%`, `none`. What is not said of deadline
    /// and policy stays as in the last run
    #[arg(long, value_name = "POLICY")]
    pub late_policy: Option<String>,
    /// Nothing is late, whatever held in the last run
    #[arg(long, conflicts_with_all = ["deadline", "late_policy"])]
    pub no_deadline: bool,
    /// Only these exercises; the grades of the others stand
    #[arg(long, value_name = "EXERCISE", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Also those that did not pass, although nothing has changed
    #[arg(long)]
    pub failed: bool,
    /// All of them, whatever is on record
    #[arg(long)]
    pub fresh: bool,
    /// Take students off the record who are neither among these submissions nor on the roster, with their feedback
    #[arg(long)]
    pub prune: bool,
    /// Grade where strangers' programs can be shut in only weakly: they may read and change what you can
    #[arg(long)]
    pub allow_weak_isolation: bool,
}

#[derive(Debug, Args)]
pub struct ReportArgs {
    /// The folder that `grade --out` wrote
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
    /// table, csv, jsonl, html, junit, gradescope, exercism, prairielearn, classroom50, github-annotations,
    /// github-summary, moodle, canvas, feedback
    #[arg(long, value_name = "NAME")]
    pub format: String,
    /// Where to write: a file, or a folder where the format makes several [default: stdout]
    #[arg(short, long, value_name = "FILE|DIR")]
    pub output: Option<PathBuf>,
    /// Of the page [default: the course's]
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Begin the CSV with a byte order mark, for Excel
    #[arg(long)]
    pub bom: bool,
    /// Moodle's grading worksheet, as it was downloaded
    #[arg(long, value_name = "CSV")]
    pub moodle_worksheet: Option<PathBuf>,
    /// What the worksheet's column of participants is called, in another language than English
    #[arg(long, value_name = "COLUMN")]
    pub moodle_id: Option<String>,
    /// The same of the students' names
    #[arg(long, value_name = "COLUMN")]
    pub moodle_name: Option<String>,
    /// The same of their addresses
    #[arg(long, value_name = "COLUMN")]
    pub moodle_email: Option<String>,
    /// The same of the grade
    #[arg(long, value_name = "COLUMN")]
    pub moodle_grade: Option<String>,
    /// The same of the comments
    #[arg(long, value_name = "COLUMN")]
    pub moodle_feedback: Option<String>,
    /// The same of the highest grade
    #[arg(long, value_name = "COLUMN")]
    pub moodle_maximum: Option<String>,
    /// The assignment as in Canvas's gradebook: `Homework 1 (4711)`
    #[arg(long, value_name = "TITLE (ID)")]
    pub canvas_assignment: Option<String>,
    /// Canvas's exported gradebook, to be filled in
    #[arg(long, value_name = "CSV")]
    pub canvas_gradebook: Option<PathBuf>,
    /// The classroom's short name, for classroom50
    #[arg(long, value_name = "NAME")]
    pub classroom: Option<String>,
    /// The assignment's short name, for classroom50
    #[arg(long, value_name = "NAME")]
    pub classroom_assignment: Option<String>,
    /// The roster's column with the GitHub user name, for classroom50
    #[arg(long, value_name = "COLUMN")]
    pub classroom_owner: Option<String>,
}

#[derive(Debug, Args)]
pub struct SimilarArgs {
    #[command(flatten)]
    pub sources: Sources,
    /// Where similar.html and similar.json go
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Print the whole report as JSON
    #[arg(long)]
    pub json: bool,
}
