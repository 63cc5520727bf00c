//! Compiles and drives at the same time: as many compilers as there are processors, and some more
//! scenarios, which mostly wait.

use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::headstart::Headstart;
use super::later::Later;
use super::means::Means;
use super::queue::Queue;
use super::recipes::recipes;
use super::standing::Standing;
use super::trial::{Binary, Task, Trials, Tried, started};
use super::turns::Turn;
use super::unrun::{not_built, skip};
use super::{cancel, drivers, order};
use crate::build::builder::BuildRecipe;
use crate::build::outcome::BuildOutcome;
use crate::event::{BuildVerdict, Event, JobResult};
use crate::plan::{Job, Plan};
use crate::verdict::outcome::{Fault, Judged, Verdict};

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

struct Run<'a> {
    means: &'a Means<'a>,
    beforehand: &'a dyn Beforehand,
    plan: &'a Plan,
    standings: Vec<Mutex<Option<Standing>>>,
    tasks: Queue<Task>,
    trials: Trials<'a>,
    /// By job, as [`Plan::owners`] has it.
    owners: &'a [usize],
    ahead: Headstart,
    /// What is tried again when hardly anything else is under way: a scenario for each processor at most.
    later: Later<Task>,
}

/// Runs the plan; `tell` gets each event in the caller's thread. Stops early when it is cancelled.
pub fn execute(means: &Means, plan: &Plan, beforehand: &dyn Beforehand, mut tell: impl FnMut(Event)) {
    let builders = means.processors.clamp(1, plan.jobs.len().max(1));
    let scenarios: usize = plan.jobs.iter().map(|job| job.scenarios.len()).sum();
    let drivers = drivers::count(means.processors, means.course.limits.memory_mib, scenarios);
    let jobs: Queue<usize> = Queue::new(0);
    order::of_jobs(plan).into_iter().for_each(|job| jobs.push(job));
    let owners = plan.owners();
    let run = Run {
        means,
        beforehand,
        plan,
        standings: plan.jobs.iter().map(|_| Mutex::new(None)).collect(),
        tasks: Queue::new(plan.jobs.len()),
        trials: Trials::new(means, plan, &owners),
        owners: &owners,
        ahead: Headstart::new(&owners),
        later: Later::new(means.processors),
    };
    let (events, told) = channel();
    thread::scope(|scope| {
        for _ in 0..builders {
            let (events, run, jobs) = (events.clone(), &run, &jobs);
            scope.spawn(move || {
                let _begun = Begun(run);
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
                run.ahead.wait();
                // While the compilers are at work.
                run.place_ahead();
                while let Some((task, turn)) = run.next().filter(|_| cancel::cancelled().is_none()) {
                    run.bustle(1, || run.drive(task, turn, &events));
                    run.place_ahead();
                }
            });
        }
        drop(events);
        told.iter().for_each(&mut tell);
    });
}

/// A thread that builds: when it ends, nobody waits for its first compiler any more, or for programs to drive.
struct Begun<'a>(&'a Run<'a>);

impl Drop for Begun<'_> {
    fn drop(&mut self) {
        self.0.means.builder.needs_no_compiler();
        self.0.ahead.is_over();
    }
}

/// Whether this scenario, by index, is one of those.
fn is_among(judged: &[Judged], scenario: usize) -> bool {
    judged.iter().any(|one| one.number == scenario + 1)
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
        *self.standing(index) = Some(Standing::new(result, job.scenarios.len()));
        send(events, Event::Driving { job: index });
        let open = order::of(job).into_iter().filter(|&scenario| !is_known(scenario));
        for scenario in open.filter(|&scenario| job.waits_for(scenario).is_none_or(is_known)) {
            self.tasks.push(Task { job: index, scenario, binaries: binaries.clone(), again: false });
        }
        for judged in &known {
            // No place need be made for it.
            self.trials.need_no_place();
            send(events, Event::Judged { job: index, judged: Box::new(judged.clone()) });
        }
        self.note(index, known.len(), known.into_iter(), events);
        self.ahead.built(self.owners[index]);
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

    /// Makes ready for one more scenario before it has a task, unless enough is ready.
    fn place_ahead(&self) {
        // Of several jobs one is driven while another is compiled, and both need the processors.
        self.trials.make_ready(|| self.plan.jobs.len() == 1 && self.standing(0).is_none());
    }

    /// Waits for something to run, and for its turn: what comes first is known only then.
    fn next(&self) -> Option<(Task, Turn<'_>)> {
        let turn = self.trials.turn();
        let task = self.tasks.pop_by(self.trials.ranking());
        task.map(|task| (task, turn))
    }

    fn drive<'r>(&'r self, task: Task, mut turn: Turn<'r>, events: &Sender<Event>) {
        let job = &self.plan.jobs[task.job];
        if task.again {
            // Not both at a time: who waits for the one would keep the other from all. Much may be known after it.
            drop(turn);
            turn = self.trials.second_turn();
        }
        let wanted = |standing: &Standing| standing.wants(task.scenario + 1, self.plan.extent);
        // Not held while it is judged.
        let is_wanted = self.standing(task.job).as_ref().is_none_or(wanted);
        let tried = if is_wanted { self.judge(&task, turn) } else { Tried::CalledOff };
        let judged = match tried {
            Tried::Judged(judged) => Some(*judged),
            Tried::CalledOff => None,
            Tried::Again => return self.later.put(Task { again: true, ..task }),
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

    fn judge(&self, task: &Task, turn: Turn) -> Tried {
        let begins = || {
            if let Some(standing) = self.standing(task.job).as_mut() {
                standing.begins(Instant::now());
            }
        };
        let borne = |standing: &Standing| standing.bears(task.scenario + 1, self.plan.extent, Instant::now());
        let of_use = || self.standing(task.job).as_ref().is_none_or(borne);
        let tried = self.trials.judge(task, turn, begins, of_use);
        if let Some(standing) = self.standing(task.job).as_mut() {
            standing.ends(Instant::now());
        }
        tried
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
        let now = Instant::now();
        judged.for_each(|judged| known.takes(judged, now));
        known.left -= scenarios;
        if known.left == 0
            && let Some(done) = standing.take()
        {
            let result = done.close(self.plan.extent);
            send(events, Event::Done { job, result: Box::new(result) });
            self.tasks.finish();
        }
    }
}
