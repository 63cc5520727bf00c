//! Compiles and drives at the same time: as many compilers as there are processors, and some more
//! scenarios, which mostly wait.

use std::path::PathBuf;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, PoisonError, RwLock};
use std::thread;
use std::time::{Duration, Instant};

use super::later::Later;
use super::means::Means;
use super::places::{self, Places};
use super::queue::Queue;
use super::recipes::recipes;
use super::turns::Turns;
use super::unrun::{not_built, skip};
use super::{cancel, drivers, order};
use crate::build::builder::{BuildRecipe, Builder};
use crate::build::outcome::BuildOutcome;
use crate::drive::client::Place;
use crate::drive::job::{Job as DriveJob, Limits};
use crate::drive::nursery::Setting;
use crate::event::{BuildVerdict, Event, JobResult};
use crate::plan::{Job, Plan, Subject};
use crate::record::observation::Observation;
use crate::verdict::judge::judge;
use crate::verdict::outcome::{Fault, Judged, Verdict};

/// Binaries of one job by program, and its scenario.
struct Task {
    job: usize,
    scenario: usize,
    binaries: Vec<Binary>,
    /// A deadline passed on a busy machine the first time, which proves little.
    again: bool,
}

/// What is known of a job so far.
struct Standing {
    result: JobResult,
    left: usize,
    /// None until the first of its scenarios has its turn: those of other jobs may be before it.
    driving_since: Option<Instant>,
}

/// What somebody has to do with a job, or knows of it, before it is built and driven. Jobs are named by their
/// place in the plan.
pub trait Beforehand: Sync {
    /// Called for each job, in the order of the plan but for variants and mistakes, by the thread that builds
    /// it, before anything of it is read: it may put the sources there, and wait until there is room for them.
    /// `Err` is our own or the machine's trouble with that job.
    fn ready(&self, _job: usize) -> Result<(), String> {
        Ok(())
    }

    /// The verdict on a scenario, by index, that need not be run: it passed with just these binaries before.
    /// Called for each scenario of a job that was built.
    fn passed(&self, _job: usize, _scenario: usize, _binaries: &[Binary]) -> Option<Judged> {
        None
    }
}

/// A program's name, and where its binary is: the file is named after all that it was made from.
pub type Binary = (String, PathBuf);

struct Run<'a> {
    means: &'a Means<'a>,
    beforehand: &'a dyn Beforehand,
    plan: &'a Plan,
    standings: Vec<Mutex<Option<Standing>>>,
    tasks: Queue<Task>,
    places: Places,
    /// At places that are made ready ahead: the compilers are to have the other processors.
    readying: Turns,
    turns: Turns,
    /// What is tried again when hardly anything else is under way: a scenario for each processor at most.
    later: Later<Task>,
    /// For what is tried again: a few side by side are no load.
    again: Turns,
    /// Held shared by every scenario, and alone by one for which the machine was too busy even then.
    quiet: RwLock<()>,
}

/// Runs the plan; `tell` gets each event in the caller's thread. Stops early when it is cancelled.
pub fn execute(means: &Means, plan: &Plan, beforehand: &dyn Beforehand, mut tell: impl FnMut(Event)) {
    let builders = means.processors.clamp(1, plan.jobs.len().max(1));
    let scenarios: usize = plan.jobs.iter().map(|job| job.scenarios.len()).sum();
    let drivers = drivers::count(means.processors, means.course.limits.memory_mib, scenarios);
    let jobs: Queue<usize> = Queue::new(0);
    order::of_jobs(plan).into_iter().for_each(|job| jobs.push(job));
    let run = Run {
        means,
        beforehand,
        plan,
        standings: plan.jobs.iter().map(|_| Mutex::new(None)).collect(),
        tasks: Queue::new(plan.jobs.len()),
        places: Places::new(plan),
        readying: Turns::new(means.processors.saturating_sub(1).max(1)),
        turns: Turns::new(means.processors * 2),
        later: Later::new(means.processors),
        again: Turns::new(means.processors),
        quiet: RwLock::new(()),
    };
    let (events, told) = channel();
    thread::scope(|scope| {
        for _ in 0..builders {
            let (events, run, jobs) = (events.clone(), &run, &jobs);
            scope.spawn(move || {
                let _begun = Begun(run.means.builder);
                while let Some(job) = jobs.pop().filter(|_| cancel::cancelled().is_none()) {
                    run.build(job, &events);
                }
            });
        }
        // What readies itself beside the first compiler is not to keep it from its start.
        means.builder.await_compiler();
        means.nursery.start();
        for _ in 0..drivers {
            let (events, run) = (events.clone(), &run);
            scope.spawn(move || {
                // While the compilers are at work.
                run.place_ahead();
                while let Some(task) = run.tasks.pop().filter(|_| cancel::cancelled().is_none()) {
                    run.bustle(1, || run.drive(task, &events));
                    run.place_ahead();
                }
            });
        }
        drop(events);
        told.iter().for_each(&mut tell);
    });
}

/// A thread that builds: when it ends, nobody waits for its first compiler any more.
struct Begun<'a>(&'a Builder);

impl Drop for Begun<'_> {
    fn drop(&mut self) {
        self.0.needs_no_compiler();
    }
}

/// Whether this scenario, by index, is one of those.
fn is_among(judged: &[Judged], scenario: usize) -> bool {
    judged.iter().any(|one| one.number == scenario + 1)
}

/// The binaries of a job that a scenario starts.
fn started(job: &Job, scenario: usize, binaries: &[Binary]) -> Vec<Binary> {
    let scenario = &job.exercise.scenarios[scenario];
    binaries.iter().filter(|(program, _)| scenario.starts(program)).cloned().collect()
}

/// Whether a wrong failure would be somebody's loss.
fn is_for_own_work(job: &Job) -> bool {
    matches!(
        job.subject,
        Subject::Student
            | Subject::Submission(_)
            | Subject::Solution
            | Subject::Variant(_)
            | Subject::Mutant { equivalent: true, .. }
    )
}

/// Whether it failed by a deadline on a machine that was too busy.
fn proves_little(observation: &Observation) -> bool {
    observation.starved && judge(observation) != Verdict::Passed
}

/// An event that nobody takes any more is no loss.
fn send(events: &Sender<Event>, event: Event) {
    drop(events.send(event));
}

impl Run<'_> {
    /// Does some work, which is the load of so many scenarios. When hardly any is left, what is to be tried again has
    /// its turn.
    fn bustle(&self, load: usize, work: impl FnOnce()) {
        for task in self.later.after(load, work, || self.tasks.is_empty()) {
            self.tasks.push(task);
        }
    }

    fn build(&self, index: usize, events: &Sender<Event>) {
        send(events, Event::Building { job: index });
        // It may wait until others are done.
        let ready = self.beforehand.ready(index);
        // A compiler never waits, and is never a little load.
        let load = self.means.processors + 1;
        self.bustle(load, || self.build_ready(index, ready, events));
    }

    fn build_ready(&self, index: usize, ready: Result<(), String>, events: &Sender<Event>) {
        let job = &self.plan.jobs[index];
        let (build, binaries) = match ready {
            Ok(()) => self.build_programs(job),
            Err(message) => (BuildVerdict::NotGraded(Fault { message }), Vec::new()),
        };
        let mut result = JobResult { build, scenarios: Vec::new(), drove_for: Duration::ZERO };
        if binaries.is_empty() || job.scenarios.is_empty() {
            if let BuildVerdict::Built { .. } = result.build {
                result.build =
                    BuildVerdict::NotGraded(Fault { message: "the plan names no scenario".into() });
            }
            send(events, Event::Done { job: index, result: Box::new(result) });
            self.tasks.finish();
            return;
        }
        let known = self.known(index, &binaries);
        let is_known = |scenario| is_among(&known, scenario);
        *self.standing(index) = Some(Standing { result, left: job.scenarios.len(), driving_since: None });
        send(events, Event::Driving { job: index });
        let open = order::of(job).into_iter().filter(|&scenario| !is_known(scenario));
        for scenario in open.filter(|&scenario| job.waits_for(scenario).is_none_or(is_known)) {
            self.tasks.push(Task { job: index, scenario, binaries: binaries.clone(), again: false });
        }
        for judged in &known {
            // No place need be made for it.
            self.places.next();
            send(events, Event::Judged { job: index, judged: Box::new(judged.clone()) });
        }
        self.note(index, known.len(), known.into_iter(), events);
    }

    /// The scenarios of a job that need not be run. One that waits for another is none of them before that one
    /// is.
    fn known(&self, index: usize, binaries: &[Binary]) -> Vec<Judged> {
        let job = &self.plan.jobs[index];
        let mut known = Vec::new();
        for &scenario in &job.scenarios {
            let passed = self.beforehand.passed(index, scenario, &started(job, scenario, binaries));
            if job.waits_for(scenario).is_none_or(|after| is_among(&known, after)) {
                known.extend(passed.map(|judged| Judged { known: true, ..judged }));
            }
        }
        known
    }

    fn standing(&self, job: usize) -> std::sync::MutexGuard<'_, Option<Standing>> {
        self.standings[job].lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Builds a job's programs side by side; no binaries where one of them does not build.
    fn build_programs(&self, job: &Job) -> (BuildVerdict, Vec<Binary>) {
        let began = Instant::now();
        let outcomes: Vec<_> = thread::scope(|scope| {
            let build = |recipe: BuildRecipe| {
                let program = recipe.program.clone();
                (program, scope.spawn(move || self.means.builder.build(&recipe)))
            };
            let mut recipes = recipes(self.means.course, job);
            let last = recipes.pop();
            let builds: Vec<_> = recipes.into_iter().map(build).collect();
            // In this thread: of one program, as most have, nobody waits for another thread.
            let last = last.map(|recipe| (recipe.program.clone(), self.means.builder.build(&recipe)));
            let joined = builds.into_iter().map(|(name, build)| {
                (name, build.join().unwrap_or_else(|_| Err("building panicked".into())))
            });
            joined.chain(last).collect()
        });
        self.means.builder.needs_no_compiler();
        let (mut warnings, mut known, mut binaries) = (String::new(), true, Vec::new());
        for (name, outcome) in outcomes {
            match outcome {
                Ok(BuildOutcome::Built(built)) => {
                    warnings.push_str(&built.warnings);
                    known &= built.known;
                    binaries.push((name, built.binary));
                }
                Ok(failed) => return (BuildVerdict::Failed(Box::new(not_built(failed))), Vec::new()),
                Err(message) => return (BuildVerdict::NotGraded(Fault { message }), Vec::new()),
            }
        }
        (BuildVerdict::Built { warnings, took: began.elapsed(), known }, binaries)
    }

    /// A runner that readies itself for a scenario that starts so many programs.
    fn place(&self, programs: u32, beside_compiler: bool) -> Result<Place, String> {
        let (rung, scratch_parent) = (self.means.rung().number(), self.means.scratch.clone());
        let limits = &self.means.course.limits;
        let limits = Limits {
            memory_mib: limits.memory_mib,
            processes: limits.processes,
            output_kib: limits.output_kib,
            cpu_s: limits.cpu_s,
            open_files: limits.open_files,
        };
        self.means.nursery.place(&Setting { rung, scratch_parent, limits, programs, beside_compiler })
    }

    /// One more before there is a task for it, unless there are enough.
    fn place_ahead(&self) {
        let _turn = self.readying.take();
        if let Some(programs) = self.places.ahead() {
            // Of several jobs one is driven while another is compiled, and both need the processors.
            let beside_compiler = self.plan.jobs.len() == 1 && self.standing(0).is_none();
            let mut place = self.place(programs, beside_compiler);
            if let Ok(place) = &mut place {
                place.await_readiness();
            }
            self.places.put(programs, place);
        }
    }

    fn drive(&self, task: Task, events: &Sender<Event>) {
        let job = &self.plan.jobs[task.job];
        let skipped = self.plan.fail_fast && {
            let standing = self.standing(task.job);
            let scenarios = standing.as_ref().map(|standing| &standing.result.scenarios);
            scenarios.is_some_and(|judged| judged.iter().any(|one| one.verdict != Verdict::Passed))
        };
        let judged = match skipped {
            true => None,
            false => match self.judge(&task, job) {
                Some(judged) => Some(judged),
                None => return self.later.put(Task { again: true, ..task }),
            },
        };
        if let Some(judged) = &judged {
            send(events, Event::Judged { job: task.job, judged: Box::new(judged.clone()) });
        }
        let passed = judged.as_ref().map(|judged| judged.verdict == Verdict::Passed);
        let skipped = match passed {
            Some(true) => {
                for scenario in job.waiting_for(task.scenario) {
                    let binaries = task.binaries.clone();
                    self.tasks.push(Task { job: task.job, scenario, binaries, again: false });
                }
                Vec::new()
            }
            // Nothing is learned about those that come after it, and after those.
            _ => job.all_waiting_for(task.scenario),
        };
        let told = passed.is_some();
        let skipped: Vec<Judged> = skipped.into_iter().map(|scenario| skip(job, scenario)).collect();
        let left = 1 + skipped.len();
        self.note(task.job, left, judged.into_iter().chain(skipped.into_iter().filter(|_| told)), events);
    }

    /// Takes in verdicts, and tells of the job's end if those were the last of its scenarios.
    fn note(
        &self,
        job: usize,
        scenarios: usize,
        judged: impl Iterator<Item = Judged>,
        events: &Sender<Event>,
    ) {
        let mut standing = self.standing(job);
        let Some(known) = standing.as_mut() else { return };
        known.result.scenarios.extend(judged);
        known.left -= scenarios;
        if known.left == 0
            && let Some(done) = standing.take()
        {
            let mut result = done.result;
            result.drove_for = done.driving_since.map_or(Duration::ZERO, |since| since.elapsed());
            result.scenarios.sort_by_key(|one| one.number);
            send(events, Event::Done { job, result: Box::new(result) });
            self.tasks.finish();
        }
    }

    /// None: it is to be tried again later.
    fn judge(&self, task: &Task, job: &Job) -> Option<Judged> {
        let programs = places::programs(&job.exercise.scenarios[task.scenario]);
        let mut observed = self.observe_beside_others(task, job, programs);
        // A deadline that passed on a busy machine proves little. At first it is compilers and dozens of scenarios that
        // keep it busy, later at most a few.
        if is_for_own_work(job) && observed.as_ref().is_ok_and(proves_little) {
            if !task.again {
                return None;
            }
            let _alone = self.quiet.write().unwrap_or_else(PoisonError::into_inner);
            observed = self.place(programs, false).and_then(|place| self.observe(task, job, place));
        }
        let flaky = task.again && observed.as_ref().is_ok_and(|last| judge(last) == Verdict::Passed);
        let scenario = &job.exercise.scenarios[task.scenario];
        let (verdict, observation) = match observed {
            Err(message) => {
                self.means.known.forget();
                (Verdict::NotGraded(Fault { message }), None)
            }
            Ok(observation) => match judge(&observation) {
                Verdict::Passed => (Verdict::Passed, Some(observation.in_short())),
                other => (other, Some(observation)),
            },
        };
        Some(Judged {
            number: task.scenario + 1,
            name: scenario.name.clone(),
            points: scenario.points,
            verdict,
            observation,
            flaky,
            known: false,
        })
    }

    fn observe_beside_others(&self, task: &Task, job: &Job, programs: u32) -> Result<Observation, String> {
        let _turn = task.again.then(|| self.again.take());
        let _shared = self.quiet.read().unwrap_or_else(PoisonError::into_inner);
        let place = match task.again {
            true => self.place(programs, false),
            false => self.places.take(programs).unwrap_or_else(|| {
                // It takes the place of one of those that were planned.
                self.places.next();
                self.place(programs, false)
            }),
        };
        place.and_then(|place| self.observe(task, job, place))
    }

    fn observe(&self, task: &Task, job: &Job, mut place: Place) -> Result<Observation, String> {
        let mut turn = Some(self.turns.take());
        if let Some(standing) = self.standing(task.job).as_mut() {
            standing.driving_since.get_or_insert_with(Instant::now);
        }
        let programs = started(job, task.scenario, &task.binaries);
        let scenario = job.exercise.scenarios[task.scenario].clone();
        let job = DriveJob { programs, seed: self.plan.seed, scenario };
        let observed = place.drive(&job, || turn = None);
        // Of one job somebody waits for the last verdict; of many it is the processors that count.
        if self.plan.jobs.len() == 1 {
            self.means.over.keep(place, job.scenario.files_mib);
        }
        observed
    }
}
