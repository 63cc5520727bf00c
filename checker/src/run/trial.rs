//! Scenarios as they are run: where, beside how many others, and what is found.

use std::cell::Cell;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{PoisonError, RwLock};

use super::means::Means;
use super::places::{self, Places};
use super::spare::Spares;
use super::turns::{Turn, Turns};
use crate::drive::client::Place;
use crate::drive::job::{Job as DriveJob, Limits};
use crate::drive::nursery::Setting;
use crate::plan::{Job, Plan, Subject};
use crate::record::observation::Observation;
use crate::sandbox::Rung;
use crate::scenario::weight::{self, When};
use crate::verdict::judge::judge;
use crate::verdict::outcome::{Fault, Judged, Verdict};

/// A program's name, and where its binary is: the file is named after all that it was made from.
pub type Binary = (String, PathBuf);

/// Binaries of one job by program, and its scenario.
#[derive(Debug)]
pub struct Task {
    pub job: usize,
    pub scenario: usize,
    pub binaries: Vec<Binary>,
    /// A deadline passed on a busy machine the first time, which proves little.
    pub again: bool,
}

/// What came of running a scenario.
#[derive(Debug)]
pub enum Tried {
    Judged(Box<Judged>),
    /// It is to be tried again later.
    Again,
    /// It was called off before it ended.
    CalledOff,
}

/// The binaries of a job that a scenario starts.
pub fn started(job: &Job, scenario: usize, binaries: &[Binary]) -> Vec<Binary> {
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

fn whens(job: &Job) -> Vec<When> {
    job.exercise.scenarios.iter().map(weight::when).collect()
}

/// Whoever runs the scenarios of a plan.
#[derive(Debug)]
pub struct Trials<'a> {
    means: &'a Means<'a>,
    plan: &'a Plan,
    places: Places,
    spares: Spares<Place>,
    /// By job, as [`Plan::owners`] has it.
    owners: &'a [usize],
    /// How many scenarios of each owner are under way, in a place each.
    under_way: Vec<AtomicUsize>,
    /// By job and scenario; nothing where there is one job.
    when: Vec<Vec<When>>,
    /// At places that are made ready ahead: the compilers are to have the other processors.
    readying: Turns,
    turns: Turns,
    /// For what is tried again: a few side by side are no load.
    again: Turns,
    /// Held shared by every scenario, and alone by one for which the machine was too busy even then.
    quiet: RwLock<()>,
}

impl<'a> Trials<'a> {
    pub fn new(means: &'a Means<'a>, plan: &'a Plan, owners: &'a [usize]) -> Self {
        Trials {
            means,
            plan,
            places: Places::new(plan),
            // Several times as many as there are turns: those that wait come back too.
            spares: Spares::new(means.processors * 8),
            owners,
            under_way: plan.jobs.iter().map(|_| AtomicUsize::new(0)).collect(),
            when: plan.jobs.iter().filter(|_| plan.jobs.len() > 1).map(whens).collect(),
            readying: Turns::new(means.processors.saturating_sub(1).max(1)),
            turns: Turns::new(means.processors * 2),
            again: Turns::new(means.processors),
            quiet: RwLock::new(()),
        }
    }

    /// Makes one more place before there is a task for it, unless there are enough.
    pub fn make_ready(&self, beside_compiler: impl Fn() -> bool) {
        let _turn = self.readying.take();
        if let Some(programs) = self.places.ahead() {
            let mut place = self.place(programs, beside_compiler());
            if let Ok(place) = &mut place {
                place.await_readiness();
            }
            self.places.put(programs, place);
        }
    }

    /// One scenario will not be run.
    pub fn need_no_place(&self) {
        self.places.next();
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
        };
        self.means.nursery.place(&Setting { rung, scratch_parent, limits, programs, beside_compiler })
    }

    /// Waits for a turn at the processors.
    pub fn turn(&self) -> Turn<'_> {
        self.turns.take()
    }

    /// Waits for the turn that a second try has in place of that.
    pub fn second_turn(&self) -> Turn<'_> {
        self.again.take()
    }

    /// What to run next, the lowest first: scenarios of the owner who has the fewest under way, so that each place which
    /// is made serves many; of those who have a place to spare; and of these as [`weight::when`] says. Of one job all
    /// is begun soon, in the order in which it comes.
    pub fn ranking(&self) -> impl Fn(&Task) -> (usize, bool, When) {
        // Thousands may wait, those of one owner one after the other. What is known of it may be older than a wait for
        // tasks: it is a preference, and no more.
        let last: Cell<Option<(usize, usize, bool)>> = Cell::new(None);
        move |task| {
            let owner = self.owners[task.job];
            let (_, under_way, lacks_place) =
                last.get().filter(|(of, ..)| *of == owner).unwrap_or_else(|| {
                    (owner, self.under_way[owner].load(Ordering::Relaxed), !self.spares.has(owner))
                });
            last.set(Some((owner, under_way, lacks_place)));
            let when = self.when.get(task.job).map_or(When::AsItComes, |when| when[task.scenario]);
            (under_way, lacks_place, when)
        }
    }

    /// Runs a scenario that has its turn, and judges; `begins` is called once, at first, and `of_use` every now and then
    /// while it waits: whether anybody still wants to know.
    pub fn judge(&self, task: &Task, turn: Turn, begins: impl Fn(), of_use: impl Fn() -> bool) -> Tried {
        let job = &self.plan.jobs[task.job];
        let programs = places::programs(self.plan, &job.exercise.scenarios[task.scenario]);
        // Of a second try it holds to the end: it is to be alone with few others also while it waits.
        let (turn, _second) = if task.again { (None, Some(turn)) } else { (Some(turn), None) };
        let mut observed = self.observe_beside_others(task, turn, programs, &begins, &of_use);
        // A deadline that passed on a busy machine proves little. At first it is compilers and dozens of scenarios that
        // keep it busy, later at most a few.
        if is_for_own_work(job) && matches!(&observed, Ok(Some(observation)) if proves_little(observation)) {
            if !task.again {
                return Tried::Again;
            }
            let _alone = self.quiet.write().unwrap_or_else(PoisonError::into_inner);
            observed = self.observe(task, None, || self.place(programs, false), &of_use);
        }
        let scenario = &job.exercise.scenarios[task.scenario];
        let (verdict, observation) = match observed {
            Err(message) => {
                self.means.known.forget();
                (Verdict::NotGraded(Fault { message }), None)
            }
            Ok(Some(observation)) => (judge(&observation), Some(observation)),
            Ok(None) => return Tried::CalledOff,
        };
        let flaky = task.again && verdict == Verdict::Passed;
        Tried::Judged(Box::new(Judged {
            number: task.scenario + 1,
            name: scenario.name.clone(),
            points: scenario.points,
            verdict,
            observation,
            flaky,
            known: false,
        }))
    }

    /// None: it was called off.
    fn observe_beside_others(
        &self,
        task: &Task,
        turn: Option<Turn>,
        programs: u32,
        begins: &dyn Fn(),
        of_use: &dyn Fn() -> bool,
    ) -> Result<Option<Observation>, String> {
        let _shared = self.quiet.read().unwrap_or_else(PoisonError::into_inner);
        let place = || match task.again {
            true => self.place(programs, false),
            false => self.next_place(self.owners[task.job], programs),
        };
        begins();
        self.observe(task, turn, place, of_use)
    }

    /// A place where another of the owner's scenarios was, or one that is ready, or a new one.
    fn next_place(&self, owner: usize, programs: u32) -> Result<Place, String> {
        let spare = self.spares.take(owner, Place::again).map(Ok);
        if spare.is_none()
            && let Some(ready) = self.places.take(programs)
        {
            return ready;
        }
        // It takes the place of one of those that were planned.
        self.places.next();
        spare.unwrap_or_else(|| self.place(programs, false))
    }

    fn observe(
        &self,
        task: &Task,
        mut turn: Option<Turn>,
        place: impl FnOnce() -> Result<Place, String>,
        of_use: &dyn Fn() -> bool,
    ) -> Result<Option<Observation>, String> {
        let job = &self.plan.jobs[task.job];
        let owner = self.owners[task.job];
        let _counted = UnderWay::new(&self.under_way[owner]);
        let mut place = place()?;
        let programs = started(job, task.scenario, &task.binaries);
        let scenario = job.exercise.scenarios[task.scenario].clone();
        let exercise = job.exercise.name.clone();
        let drive = DriveJob { exercise, programs, seed: self.plan.seed, scenario };
        let observed = place.drive(&drive, || turn = None, of_use)?;
        match &observed {
            // Of one job somebody waits for the last verdict; of many it is the processors that count.
            Some(_) if self.plan.jobs.len() == 1 => self.means.over.keep(place, drive.scenario.files_mib),
            // What another of the owner's scenarios finds there is as new, or it is not taken.
            Some(_) if self.means.rung() == Rung::Three => self.spares.keep(owner, place),
            _ => {}
        }
        Ok(observed)
    }
}

/// Counts a scenario as long as this is there.
struct UnderWay<'a>(&'a AtomicUsize);

impl<'a> UnderWay<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        UnderWay(count)
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
