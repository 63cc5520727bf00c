//! What can be typed behind `cargo bench --bench rivals --`.

use std::path::PathBuf;

use clap::Parser;

/// Measures the checker beside its rivals, in turns. Without a part: from a save to a verdict.
#[derive(Debug, Parser)]
#[command(name = "rivals", max_term_width = 100)]
pub struct Args {
    /// How often each is measured, after one round that does not count [default: 20; 3 of the whole course, 2 of a class]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub rounds: Option<u32>,
    /// Only exercises whose names begin so: `--only 01`, `--only 01,04`
    #[arg(long, value_delimiter = ',', value_name = "NAME")]
    pub only: Vec<String>,
    /// `verify` with nothing known, beside the best plain compilation of the same programs
    #[arg(long)]
    pub whole_course: bool,
    /// `grade` of a made class of so many, beside the best plain compilation of the same programs
    #[arg(long, value_name = "STUDENTS")]
    pub class: Option<u32>,
    /// An upload of 256 MiB and nothing else, beside what 06_file_upload takes
    #[arg(long)]
    pub upload: bool,
    /// Courses of 10, 100 and 1,000 exercises
    #[arg(long)]
    pub growth: bool,
    /// All parts
    #[arg(long)]
    pub all: bool,
    /// Another build of the checker to measure in the same turns: `--checker before=target/before/checker`
    #[arg(long = "checker", value_name = "NAME=FILE", value_parser = named)]
    pub checkers: Vec<(String, PathBuf)>,
    /// Tables as Markdown
    #[arg(long)]
    pub markdown: bool,
    /// Leave out rivals that are not installed, in place of installing them below `target/rivals`
    #[arg(long)]
    pub no_install: bool,
    /// Given by `cargo bench`.
    #[arg(long, hide = true)]
    pub bench: bool,
}

impl Args {
    /// Whether to measure from a save to a verdict.
    pub fn edits(&self) -> bool {
        self.all || !(self.whole_course || self.upload || self.growth || self.class.is_some())
    }

    /// Rounds that count.
    pub fn rounds_or(&self, default: u32) -> usize {
        self.rounds.unwrap_or(default) as usize
    }

    pub fn wants(&self, exercise: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|start| exercise.starts_with(start.as_str()))
    }
}

fn named(text: &str) -> Result<(String, PathBuf), String> {
    match text.split_once('=') {
        Some((name, file)) if !name.is_empty() && !file.is_empty() => Ok((name.to_owned(), file.into())),
        _ => Err("give a name and a file: before=target/before/checker".to_owned()),
    }
}
