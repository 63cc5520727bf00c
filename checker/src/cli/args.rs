//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::instructor::{GradeArgs, ReportArgs, SimilarArgs};

/// Proves network programs by being the other end of their sockets.
#[derive(Debug, Parser)]
#[command(name = "checker", version, about, after_help = AFTER, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub global: Global,
}

const AFTER: &str = "\
Exit codes: 0 all passed; 1 something did not pass; 2 wrong use or a faulty course;
3 the checker's own or the machine's trouble, which says nothing about your program.";

#[derive(Debug, Clone, Args)]
pub struct Global {
    /// The course's folder [default: the nearest one with a course.toml, from here upwards]
    #[arg(long, global = true, value_name = "DIR")]
    pub course: Option<PathBuf>,
    /// Colours: NO_COLOR and a pipe turn them off
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,
    /// The isolation rung: 3 (namespaces), 2 (bubblewrap), 1 (Landlock) or 0 (limits only) [default: the best there is]
    #[arg(long, global = true, value_name = "RUNG", value_parser = clap::value_parser!(u8))]
    pub isolation: Option<u8>,
    /// Compile on rung 3 too, as strangers' sources are: for the checker's own tests
    #[arg(long, global = true, hide = true)]
    pub boxed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// One document, for programs; described in CONTRIBUTING.md.
    Json,
}

#[derive(Debug, Clone, Copy, Args)]
pub struct Output {
    /// How to report
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    pub format: Format,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Compile and prove the first exercise that is not done
    Next {
        /// Prove it again even if nothing has changed since the last time
        #[arg(long)]
        fresh: bool,
        #[command(flatten)]
        output: Output,
    },
    /// Compile and prove the exercises that you name
    Run {
        /// `4`, `04`, `multi_client` or `04_multi_client`
        #[arg(required = true, value_name = "EXERCISE")]
        exercises: Vec<String>,
        /// Only these scenarios, by number: `--only 3`, `--only 1,4`
        #[arg(long, value_delimiter = ',', value_name = "N")]
        only: Vec<usize>,
        /// Repeat the random values of an earlier run
        #[arg(long, value_name = "SEED")]
        seed: Option<u64>,
        /// Prove them again even if nothing has changed since the last time
        #[arg(long)]
        fresh: bool,
        #[command(flatten)]
        output: Output,
    },
    /// Show all exercises, and what is done
    List {
        #[command(flatten)]
        output: Output,
    },
    /// Show a hint; ask again for a more direct one
    Hint {
        /// [default: the first exercise that is not done]
        #[arg(value_name = "EXERCISE")]
        exercise: Option<String>,
    },
    /// Show the reference solution of an exercise that you have passed
    Solution {
        #[arg(value_name = "EXERCISE")]
        exercise: String,
        /// Put it into the exercise's src (your own is copied aside)
        #[arg(long)]
        apply: bool,
    },
    /// Put the starter back (your own work is copied aside)
    Reset {
        #[arg(value_name = "EXERCISE")]
        exercise: String,
    },
    /// Prove the course itself: solutions pass, starters fail, mistakes are caught
    Verify {
        /// [default: all exercises]
        #[arg(value_name = "EXERCISE")]
        exercises: Vec<String>,
        /// Repeat the random values of an earlier run
        #[arg(long, value_name = "SEED", conflicts_with = "times")]
        seed: Option<u64>,
        /// Do it so often, in random order, and tell what ever came out otherwise
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..), conflicts_with = "format")]
        times: Option<u32>,
        /// Make every small change to the solutions, and tell which of the wrong programs nothing catches
        #[arg(long, conflicts_with = "times")]
        mutants: bool,
        /// With so many processes beside it that keep a processor busy
        #[arg(long, value_name = "M", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=64))]
        load: u32,
        #[command(flatten)]
        output: Output,
    },
    /// Grade a class: folders, archives, the bulk downloads of Moodle and Canvas
    Grade(Box<GradeArgs>),
    /// Write the grades of a class in another format
    Report(Box<ReportArgs>),
    /// Find submissions that share more than the starter explains
    Similar(Box<SimilarArgs>),
    /// Show what is here, what is missing, and the cure
    Doctor,
    /// Print a completion script for a shell
    Completions {
        #[arg(value_enum)]
        shell: Shell,
    },
}
