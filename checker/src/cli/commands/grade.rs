//! `checker grade`: from whatever was handed in to a grade book.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use crate::build::builder::Builder;
use crate::cli::class::{course_info, exercises, intake, write};
use crate::cli::context::Context;
use crate::cli::exit::{Exit, Stop};
use crate::cli::feedback;
use crate::cli::instructor::GradeArgs;
use crate::cli::lateness::Lateness;
use crate::cli::live_line::Shared;
use crate::cli::said;
use crate::cli::signals;
use crate::course::Exercise;
use crate::grade::{self, Basis, Batch, Case, Choice, Ledger, Step, Terms, Work};
use crate::gradebook::record::Record;
use crate::report::closing::{Run, closing};
use crate::report::grades::{Format, Options, render};
use crate::report::tally::{Tally, bar};
use crate::report::{dry_run, page};
use crate::run::means::Means;
use crate::sandbox::{Rung, probe};
use crate::submission::Intake;
use crate::verdict::explain::literal::harmless;

/// What every run writes, beside the records, the page and the students' files.
const ALWAYS: [Format; 2] = [Format::Csv, Format::Junit];

pub fn grade(context: &Context, args: &GradeArgs) -> Result<Exit, Stop> {
    let exercises = exercises(context)?;
    let lateness = Lateness::of(args)?;
    let choice = Choice {
        only: args.only.iter().map(|name| context.resolve(name)).collect::<Result<_, Stop>>()?,
        failed: args.failed,
        fresh: args.fresh,
    };
    let live = Shared::on_stderr();
    let intake = intake(&args.sources, &exercises, args.out.as_deref(), &live)?;
    if args.dry_run {
        let text = dry_run::table(&intake.rows(), &passed_over(&intake), context.look);
        io::stdout().lock().write_all(text.as_bytes())?;
        return Ok(Exit::Passed);
    }
    // Clap demands it.
    let out = args.out.as_deref().ok_or_else(|| Stop::usage("--out DIR is missing"))?;
    let rung = rung(context, args.allow_weak_isolation)?;
    if args.sources.roster.is_none()
        && let Some(error) = intake.nothing(&args.sources.submissions)
        && !is_on_record(&intake, out)
    {
        return Err(Stop::usage(error));
    }
    Class { context, exercises, lateness, choice, rung, prune: args.prune, live }.grade(intake, out)
}

/// Whether any of those who were found is known from an earlier run. What can't be read is told when it is opened.
fn is_on_record(intake: &Intake, out: &Path) -> bool {
    let records = grade::read(out).unwrap_or_default();
    records.iter().any(|record| intake.found.iter().any(|found| found.student.key == record.student.key))
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
    lateness: Lateness,
    choice: Choice,
    rung: Rung,
    /// Whether those who are not in this batch are taken off the record.
    prune: bool,
    live: Shared,
}

impl Class<'_> {
    fn grade(&self, mut intake: Intake, out: &Path) -> Result<Exit, Stop> {
        let began = Instant::now();
        let unwritable = |error: io::Error| Stop::fault(format!("{}: {error}", out.display()));
        fs::create_dir_all(out).map_err(unwritable)?;
        // The compiler is run in other folders.
        let whole = out.canonicalize().map_err(unwritable)?;
        let mut ledger = Ledger::open(out)?;
        self.keeps_all(&ledger, out)?;
        self.lateness.settle(out, &mut ledger)?;
        notes(self.lateness.note())?;
        intake.found.retain(|found| self.prune || !grade::stands(found, &ledger));
        let work = Work::new(&whole).map_err(unwritable)?;
        signals::take_away(work.root().to_owned());
        let builder = builder(self.context, &work, self.rung)?;
        let mut means = self.context.means(&builder)?;
        means.asked = Some(self.rung);
        means.scratch = work.scratch();
        let basis = Basis::of(&self.context.course, &builder, self.rung);
        let terms = Terms {
            exercises: &self.exercises,
            basis: &basis,
            choice: &self.choice,
            threads: means.processors,
        };
        let cases = self.survey(&intake, &ledger, &terms);
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        notes(grade::remarks(&cases, &self.lateness.late, now.try_into().unwrap_or(i64::MAX)))?;
        let ran = self.run(&means, &work, &cases, &mut ledger)?;
        drop(means);
        let keys: Vec<String> = cases.iter().map(|case| case.found.student.key.clone()).collect();
        let others = ledger.others(&keys);
        if self.prune {
            ledger.forget(&others);
        }
        let records = ledger.finish(&keys)?;
        work.remove().map_err(unwritable)?;
        let passed_over =
            passed_over(&intake).into_iter().map(|(source, reason)| format!("{source}: {reason}"));
        notes(passed_over.chain(absent(&others, self.prune)))?;
        let handed_in = cases.iter().filter(|case| !case.found.is_absent()).count();
        let run = Run { submissions: handed_in, ran, took: began.elapsed() };
        self.tell(&records, &run, out)?;
        Ok(self.exit(&records[..cases.len().min(records.len())]))
    }

    /// A record has the exercises of the course alone: grades of any other would go.
    fn keeps_all(&self, ledger: &Ledger, out: &Path) -> Result<(), Stop> {
        let others = ledger.other_exercises(&self.exercises);
        match grade::named(others.iter().copied()) {
            None => Ok(()),
            Some(names) => Err(Stop::usage(format!(
                "{}: on record are grades of {names}, which this course has not, and they would be lost; name another \
                 folder with --out, or that course with --course",
                out.display()
            ))),
        }
    }

    /// What is there and what stands, while a line on the terminal tells how far it is.
    fn survey(&self, intake: &Intake, ledger: &Ledger, terms: &Terms) -> Vec<Case> {
        let looked_up = |done, of| self.live.count("looking up what is on record", done, of);
        let cases = grade::survey(&intake.found, ledger, terms, &looked_up);
        self.live.line().clear();
        cases
    }

    /// Runs what has to be run, while a line on the terminal tells how far it is; how much that was.
    fn run(&self, means: &Means, work: &Work, cases: &[Case], ledger: &mut Ledger) -> Result<usize, Stop> {
        let batch = Batch { means, exercises: &self.exercises, late: self.lateness.late, work };
        let of: usize = cases.iter().map(Case::open).sum();
        let (mut tally, began) = (Tally::default(), Instant::now());
        let show = |tally: &Tally| {
            let mut line = self.live.line();
            let text = bar(tally, of, began.elapsed(), line.columns());
            line.say(&text);
        };
        if of > 0 {
            show(&tally);
        }
        let ran = grade::run(&batch, cases, ledger, |step| {
            if let Step::Exercise(exercise) = step {
                tally.add(exercise.status);
                show(&tally);
            }
        });
        self.live.line().clear();
        ran?;
        Ok(tally.total())
    }

    /// The table on stdout, and the files that every run writes.
    fn tell(&self, records: &[Record], run: &Run, out: &Path) -> Result<(), Stop> {
        let info = course_info(&self.context.course.title, &self.exercises);
        let options = Options { look: self.context.look, ..Options::default() };
        for format in ALWAYS {
            for (path, bytes) in render(format, records, &info, &options).map_err(Stop::fault)?.files {
                write(&out.join(path), &bytes)?;
            }
        }
        let told = render(Format::Feedback, records, &info, &options).map_err(Stop::fault)?;
        notes(feedback::put(out, &told.files)?)?;
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

/// Lines for the instructor, of which a part may be somebody else's text.
fn notes(lines: impl IntoIterator<Item = String>) -> Result<(), Stop> {
    for line in lines {
        said::say("note: ", &harmless(line.as_bytes()))?;
    }
    Ok(())
}

/// Who is on record and not in this batch, in a line.
fn absent(keys: &[String], pruned: bool) -> Option<String> {
    let who = grade::named(keys.iter().map(String::as_str))?;
    Some(match pruned {
        true => format!("taken off the record, since they are not among these submissions: {who}"),
        false => {
            format!("on record, and not among these submissions: {who}; --prune takes them off the record")
        }
    })
}
