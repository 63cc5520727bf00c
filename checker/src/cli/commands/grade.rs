//! `checker grade`: from whatever was handed in to a grade book.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use crate::build::builder::Builder;
use crate::cli::class::{course_info, exercises, intake, write};
use crate::cli::context::Context;
use crate::cli::exit::{Exit, Stop};
use crate::cli::instructor::GradeArgs;
use crate::course::Exercise;
use crate::grade::{self, Basis, Batch, Case, Choice, Late, Ledger, LedgerError, Step, Terms, Work};
use crate::gradebook::record::Record;
use crate::report::closing::{Run, closing};
use crate::report::grades::{Format, Options, render};
use crate::report::live::Live;
use crate::report::tally::{Tally, bar};
use crate::report::{dry_run, page};
use crate::run::executor::Means;
use crate::sandbox::{Rung, probe};
use crate::submission::{Intake, parse_time};
use crate::verdict::explain::literal::harmless;

/// What every run writes, beside the records and the page.
const ALWAYS: [Format; 3] = [Format::Csv, Format::Feedback, Format::Junit];

pub fn grade(context: &Context, args: &GradeArgs) -> Result<Exit, Stop> {
    let exercises = exercises(context)?;
    let late = late(args)?;
    let choice = Choice {
        only: args.only.iter().map(|name| context.resolve(name)).collect::<Result<_, Stop>>()?,
        failed: args.failed,
        fresh: args.fresh,
    };
    let intake = intake(&args.sources, &exercises, args.out.as_deref())?;
    if args.dry_run {
        let text = dry_run::table(&intake.rows(), &passed_over(&intake), context.look);
        io::stdout().lock().write_all(text.as_bytes())?;
        return Ok(Exit::Passed);
    }
    // Clap demands it.
    let out = args.out.as_deref().ok_or_else(|| Stop::usage("--out DIR is missing"))?;
    let rung = rung(context, args.allow_weak_isolation)?;
    Class { context, exercises, late, choice, rung }.grade(intake, out)
}

fn late(args: &GradeArgs) -> Result<Late, Stop> {
    let deadline = args.deadline.as_deref().map(|text| {
        parse_time(text).ok_or_else(|| {
            Stop::usage(format!(
                "--deadline: `{text}` is no time; write it as `2026-11-20T23:59:59+01:00`, with the zone"
            ))
        })
    });
    let policy = args.late_policy.as_deref().map(str::parse).transpose().map_err(Stop::usage)?;
    Ok(Late { deadline: deadline.transpose()?, policy: policy.unwrap_or_default() })
}

/// The isolation: strangers' programs are run in the best there is, and not in a weak one unasked.
fn rung(context: &Context, allow_weak: bool) -> Result<Rung, Stop> {
    let rung = context.asked_rung()?.unwrap_or_else(probe::best);
    if rung < Rung::Three && !allow_weak {
        return Err(Stop::usage(format!(
            "strangers' programs would run on isolation rung {rung}, where they can read and change what you \
             can; see `checker doctor` for what rung 3 needs, or say --allow-weak-isolation"
        )));
    }
    Ok(rung)
}

/// The builder for strangers' sources: the one place where it is made. What it makes goes with `work`. Where
/// programs are shut in only weakly, by permission, so is the compiler.
fn builder(context: &Context, work: &Work, rung: Rung) -> Result<Builder, Stop> {
    let builder = context.builder_in(&work.build())?;
    Ok(if rung < Rung::Three { builder } else { builder.boxed() })
}

fn passed_over(intake: &Intake) -> Vec<(String, String)> {
    intake.unrecognised.iter().map(|one| (one.path.clone(), one.why.clone())).collect()
}

/// A class about to be graded.
struct Class<'a> {
    context: &'a Context,
    exercises: Vec<Arc<Exercise>>,
    late: Late,
    choice: Choice,
    rung: Rung,
}

impl Class<'_> {
    fn grade(&self, intake: Intake, out: &Path) -> Result<Exit, Stop> {
        let began = Instant::now();
        let unwritable = |error: io::Error| Stop::fault(format!("{}: {error}", out.display()));
        fs::create_dir_all(out).map_err(unwritable)?;
        // The compiler is run in other folders.
        let whole = out.canonicalize().map_err(unwritable)?;
        let mut ledger = Ledger::open(out).map_err(stop)?;
        let work = Work::new(&whole).map_err(unwritable)?;
        let builder = builder(self.context, &work, self.rung)?;
        let means =
            Means { asked: Some(self.rung), scratch: work.scratch(), ..self.context.means(&builder)? };
        let passed_over = passed_over(&intake);
        let basis = Basis::of(&self.context.course, &builder, self.rung);
        let terms = Terms {
            exercises: &self.exercises,
            basis: &basis,
            choice: &self.choice,
            work: &work,
            threads: means.processors,
        };
        let cases = grade::survey(intake.found, &ledger, &terms);
        let ran = self.run(&means, &work, &cases, &mut ledger)?;
        drop(means);
        let keys: Vec<String> = cases.iter().map(|case| case.found.student.key.clone()).collect();
        let records = ledger.finish(&keys).map_err(stop)?;
        work.remove().map_err(unwritable)?;
        for (source, reason) in passed_over {
            let note = harmless(format!("{source}: {reason}").as_bytes());
            writeln!(io::stderr(), "note: {note}")?;
        }
        let run = Run { submissions: cases.len(), ran, took: began.elapsed() };
        self.tell(&records, &run, out)?;
        Ok(self.exit(&records[..cases.len().min(records.len())]))
    }

    /// Runs what has to be run, while a line on the terminal tells how far it is; how much that was.
    fn run(&self, means: &Means, work: &Work, cases: &[Case], ledger: &mut Ledger) -> Result<usize, Stop> {
        let batch = Batch { means, exercises: &self.exercises, late: self.late, work };
        let of: usize = cases.iter().map(Case::open).sum();
        let width = io::stderr().is_terminal().then_some(self.context.look.width);
        let mut live = Live::new(io::stderr(), width);
        let (mut tally, began) = (Tally::default(), Instant::now());
        let ran = grade::run(&batch, cases, ledger, |step| {
            if let Step::Exercise(exercise) = step {
                tally.add(exercise.status);
                live.say(&bar(&tally, of, began.elapsed(), width.unwrap_or_default()));
            }
        });
        live.clear();
        ran.map_err(stop)?;
        Ok(tally.total())
    }

    /// The table on stdout, and the files that every run writes.
    fn tell(&self, records: &[Record], run: &Run, out: &Path) -> Result<(), Stop> {
        let info = course_info(&self.context.course.title, &self.exercises);
        let options = Options { look: self.context.look, ..Options::default() };
        for format in ALWAYS {
            let rendered = render(format, records, &info, &options).map_err(Stop::fault)?;
            for (path, bytes) in rendered.files {
                write(&out.join(path), &bytes)?;
            }
        }
        write(&out.join("report.html"), page::page(records, &info, &info.title).as_bytes())?;
        let mut stdout = io::stdout().lock();
        for (_, table) in render(Format::Table, records, &info, &options).map_err(Stop::fault)?.files {
            stdout.write_all(&table)?;
        }
        writeln!(stdout)?;
        stdout.write_all(closing(records, run, self.context.look).as_bytes())?;
        writeln!(stdout, "  {}", out.join("report.html").display())?;
        Ok(())
    }

    /// What was left out on purpose is no trouble of ours.
    fn exit(&self, records: &[Record]) -> Exit {
        let mut exercises = records.iter().flat_map(|record| &record.exercises);
        let open = exercises.any(|exercise| self.choice.names(&exercise.name) && grade::is_open(exercise));
        if open { Exit::Fault } else { Exit::Passed }
    }
}

fn stop(error: LedgerError) -> Stop {
    match error {
        LedgerError::Io(..) => Stop::fault(error),
        LedgerError::Busy(_) | LedgerError::Format(_) => Stop::usage(error),
    }
}
