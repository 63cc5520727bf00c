//! What every command needs: the course, the look of the output, and the means to run.

use std::env;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::thread;
use std::time::Duration;

use super::args::{Color, Global};
use super::exit::Stop;
use crate::build::builder::{Builder, CompilerWords};
use crate::course::Course;
use crate::drive::client::Keeper;
use crate::progress::record::Store;
use crate::report::terminal::Look;
use crate::run::means::Means;
use crate::run::over::Over;
use crate::sandbox::Rung;
use crate::sandbox::known::Known;

#[derive(Debug)]
pub struct Context {
    pub course: Course,
    pub look: Look,
    pub store: Store,
    isolation: Option<u8>,
    boxed: bool,
}

impl Context {
    pub fn open(global: &Global) -> Result<Self, Stop> {
        let course = match &global.course {
            Some(folder) => Course::open(folder),
            None => Course::find(&env::current_dir().map_err(Stop::fault)?),
        };
        let course = course.map_err(Stop::usage)?;
        let store = Store::of(&course.root);
        Ok(Context {
            course,
            look: look(global.color),
            store,
            isolation: global.isolation,
            boxed: global.boxed,
        })
    }

    /// A builder that keeps its work in the course's `target/checker`, or below `CHECKER_TARGET_DIR`.
    pub fn builder(&self) -> Result<Builder, Stop> {
        self.builder_in(&self.target())
    }

    /// A builder that keeps its work in `folder`.
    pub fn builder_in(&self, folder: &Path) -> Result<Builder, Stop> {
        let words = CompilerWords { color: self.look.color, width: self.look.width };
        let budget = Duration::from_secs(self.course.limits.compile_s.into());
        let builder = Builder::new(folder, words, budget).map_err(Stop::fault)?;
        Ok(if self.boxed { builder.boxed() } else { builder })
    }

    /// The isolation rung that was asked for.
    pub fn isolation(&self) -> Option<u8> {
        self.isolation
    }

    fn target(&self) -> PathBuf {
        env::var_os("CHECKER_TARGET_DIR")
            .map_or_else(|| self.course.root.join("target/checker"), PathBuf::from)
    }

    /// The isolation rung that was asked for, if there is such a one.
    pub fn asked_rung(&self) -> Result<Option<Rung>, Stop> {
        let unknown = |number| {
            Stop::usage(format!(
                "there is no isolation rung {number}; there are 3, 2, 1 and 0, see `checker doctor`"
            ))
        };
        self.isolation.map(|number| Rung::from_number(number).ok_or_else(|| unknown(number))).transpose()
    }

    /// What a run needs. Chooses the isolation rung by trying, unless one was asked for.
    pub fn means<'a>(&'a self, builder: &'a Builder) -> Result<Means<'a>, Stop> {
        Ok(Means {
            course: &self.course,
            builder,
            nursery: Keeper::default(),
            over: Over::default(),
            asked: self.asked_rung()?,
            found: OnceLock::new(),
            known: Known::at(self.target().join("isolation")),
            scratch: env::temp_dir(),
            processors: processors(),
        })
    }

    /// The folder name of the exercise that was typed.
    pub fn resolve(&self, asked: &str) -> Result<String, Stop> {
        self.course.resolve(asked).map(str::to_owned).map_err(Stop::usage)
    }
}

/// How many things are done at a time.
pub fn processors() -> usize {
    thread::available_parallelism().map_or(2, usize::from)
}

/// As wide as the terminal; 100 columns into a pipe.
pub fn look(color: Color) -> Look {
    let terminal = io::stdout().is_terminal();
    let width = terminal_size::terminal_size().filter(|_| terminal).map_or(100, |(width, _)| width.0.into());
    let plain = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
        || env::var_os("TERM").is_some_and(|term| term == "dumb");
    let color = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => terminal && !plain,
    };
    Look { width, color }
}
