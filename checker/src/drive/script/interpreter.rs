//! Goes through the steps, and tells where and why the script stopped.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use super::binding::Names;
use super::values::Values;
use super::{connect, datagram, exit, expect, files, limits, processes, programs, relay, send, signals};
use crate::drive::job::Job;
use crate::drive::part::Part;
use crate::drive::wait::{By, Look, Until, Waited};
use crate::drive::world::World;
use crate::record::fact::Fact;
use crate::record::observation::{Observation, StepPlace, Stop, Unmet};
use crate::scenario::step::{Action, Order, Scenario, Step};
use crate::scenario::template::Template;

/// Why a script does not go on.
#[derive(Debug)]
pub enum Halt {
    Unmet(Box<Fact>),
    /// Our own or the machine's trouble.
    Fault(String),
}

impl Halt {
    pub fn unmet(fact: Fact) -> Self {
        Halt::Unmet(Box::new(fact))
    }
}

impl From<io::Error> for Halt {
    fn from(error: io::Error) -> Self {
        Halt::Fault(error.to_string())
    }
}

impl From<String> for Halt {
    fn from(message: String) -> Self {
        Halt::Fault(message)
    }
}

/// A scenario that runs.
#[derive(Debug)]
pub struct Script<'a> {
    pub scenario: &'a Scenario,
    pub world: World,
    pub values: Values,
    pub names: Names,
    pub rng: fastrand::Rng,
    /// Files and folders that steps made, below the scenario's folder.
    pub made: Vec<std::path::PathBuf>,
    /// Single processes that steps paused.
    pub paused: Vec<signals::Target>,
    place: StepPlace,
    step_began: Instant,
    /// Whether the machine was too busy for the last deadline to be taken as it stands.
    pub starved: bool,
    /// The isolation rung that it runs under.
    pub rung: u8,
    /// Whether the last wait ended since everything stood still.
    at_rest: bool,
}

/// Runs all steps in `world`.
pub fn drive(job: &Job, rung: u8, world: World, addrs: HashMap<String, SocketAddr>) -> (Observation, World) {
    let dir = world.sandbox.dir_inside().display().to_string();
    let mut script = Script {
        scenario: &job.scenario,
        values: Values::new(&job.scenario, addrs, dir, job.seed),
        world,
        names: Names::default(),
        rng: fastrand::Rng::with_seed(job.seed),
        made: Vec::new(),
        paused: Vec::new(),
        place: StepPlace {
            number: 0,
            total: job.scenario.total(),
            line: job.scenario.line,
            why: None,
            rounds: vec![],
        },
        step_began: Instant::now(),
        starved: false,
        rung,
        at_rest: false,
    };
    let ended = script.steps(&job.scenario.steps, true).and_then(|()| script.after_the_last_step());
    let stop = match ended {
        Ok(()) => Stop::Finished,
        Err(Halt::Fault(message)) => Stop::Fault(message),
        Err(Halt::Unmet(fact)) => {
            let waited_ms = u64::try_from(script.step_began.elapsed().as_millis()).unwrap_or(u64::MAX);
            let (step, at_rest) = (script.place.clone(), script.at_rest);
            Stop::Unmet(Box::new(Unmet { step, fact: *fact, waited_ms, at_rest }))
        }
    };
    script.observe(job, stop)
}

impl Script<'_> {
    pub fn deadline(&self) -> Duration {
        Duration::from_secs(self.scenario.deadline_s.into())
    }

    /// Waits with the scenario's deadline. None: it did not come, and will not or not in time.
    pub fn wait<T>(
        &mut self,
        by: By,
        look: impl FnMut(&mut World) -> io::Result<Look<T>>,
    ) -> Result<Option<T>, Halt> {
        self.wait_for(self.deadline(), Until::LongStandstill, by, look)
    }

    pub fn wait_for<T>(
        &mut self,
        budget: Duration,
        until: Until,
        by: By,
        look: impl FnMut(&mut World) -> io::Result<Look<T>>,
    ) -> Result<Option<T>, Halt> {
        let (waited, starved) = self.world.wait(budget, until, by, look)?;
        self.starved = starved;
        self.at_rest = until == Until::LongStandstill && matches!(waited, Waited::Standstill);
        match waited {
            Waited::Done(value) => Ok(Some(value)),
            Waited::Hopeless | Waited::Standstill | Waited::Deadline => Ok(None),
            Waited::OverLimit => Err(match limits::over_limit(&self.world) {
                Some(fact) => Halt::unmet(fact),
                None => Halt::Fault("a limit was passed by nobody".into()),
            }),
        }
    }

    pub fn bytes(&self, template: &Template) -> Result<Vec<u8>, Halt> {
        Ok(self.values.bytes(template, &self.world, &self.names)?)
    }

    pub fn text(&self, template: &Template) -> Result<String, Halt> {
        Ok(self.values.text(template, &self.world, &self.names)?)
    }

    pub fn addr(&self, template: &Template) -> Result<SocketAddr, Halt> {
        Ok(self.values.addr(template, &self.world, &self.names)?)
    }

    /// The part that `name` stands for. The course reader lets no other name through.
    pub fn slot(&self, name: &str) -> Result<usize, Halt> {
        self.names.find(name).ok_or_else(|| Halt::Fault(format!("there is no part `{name}` at this step")))
    }

    /// How a part made at this step is called in the record.
    pub fn label(&self, name: &str) -> String {
        match self.values.rounds.last() {
            Some(round) => format!("{name}#{round}"),
            None => name.to_owned(),
        }
    }

    fn steps(&mut self, steps: &[Step], top: bool) -> Result<(), Halt> {
        for (index, step) in steps.iter().enumerate() {
            if top {
                self.place.number = index + 1;
            }
            self.step(step)?;
        }
        Ok(())
    }

    fn step(&mut self, step: &Step) -> Result<(), Halt> {
        self.step_began = Instant::now();
        self.at_rest = false;
        self.place.line = step.line;
        self.place.why.clone_from(&step.why);
        self.place.rounds.clone_from(&self.values.rounds);
        match &step.action {
            Action::Start { part, program, args, ready, memory_mib } => {
                programs::start(self, part, program, args, ready.as_ref(), *memory_mib)
            }
            Action::Stop { part } => signals::stop(self, part),
            Action::Pause { part } => signals::pause(self, part),
            Action::Resume { part } => signals::resume(self, part),
            Action::Listen { part, at } => connect::listen(self, part, at),
            Action::Accept { part, on, first } => connect::accept(self, part, on, first.as_ref()),
            Action::Connect { part, to, each, or_refused } => {
                connect::connect(self, part, to, *each, *or_refused)
            }
            Action::Bind { part, at, each } => datagram::bind(self, part, at.as_ref(), *each),
            Action::Send { to, data, address, cut, until_read } => {
                send::send(self, to, data, address, cut, *until_read)
            }
            Action::Expect { of, what, or_nothing_ms } => expect::expect(self, of, what, *or_nothing_ms),
            Action::Close { what, how } => send::close(self, what, *how),
            Action::Hold { part } => send::hold(self, part, true),
            Action::Release { part } => send::hold(self, part, false),
            Action::ExpectExit { part, ending, reason, alone } => {
                exit::expect_exit(self, part, ending, reason, *alone)
            }
            Action::ExpectFile { path, content, alone } => files::expect(self, path, content, *alone),
            Action::ExpectProcesses { part, want } => processes::expect(self, part, want),
            Action::Relay { part, at, to, bytewise } => relay::relay(self, part, at, to, *bytewise),
            Action::File { path, content, mode } => files::write(self, path, content, *mode),
            Action::Folder { path, mode } => files::folder(self, path, *mode),
            Action::WaitMs(ms) => self.let_time_pass(Duration::from_millis(*ms)),
            Action::Repeat { times, steps } => self.repeat(*times, steps),
            Action::For { part, order, steps } => self.for_each(part, *order, steps),
        }
    }

    fn repeat(&mut self, times: u32, steps: &[Step]) -> Result<(), Halt> {
        for round in 0..times {
            self.values.rounds.push(round);
            self.steps(steps, false)?;
            self.values.rounds.pop();
        }
        Ok(())
    }

    fn for_each(&mut self, part: &str, order: Order, steps: &[Step]) -> Result<(), Halt> {
        let mut members: Vec<(u32, usize)> = (0..).zip(self.names.all(part)).collect();
        match order {
            Order::Forward => {}
            Order::Reverse => members.reverse(),
            Order::Shuffled => self.rng.shuffle(&mut members),
        }
        for (number, slot) in members {
            self.values.rounds.push(number);
            self.names.enter_member(part, slot);
            self.steps(steps, false)?;
            self.names.leave_member();
            self.values.rounds.pop();
        }
        Ok(())
    }

    fn let_time_pass(&mut self, time: Duration) -> Result<(), Halt> {
        self.wait_for(time, Until::Deadline, By::Events, |_| Ok(Look::<()>::Pending)).map(drop)
    }

    /// What holds for every program in every scenario.
    fn after_the_last_step(&mut self) -> Result<(), Halt> {
        self.world.pump(Duration::ZERO)?;
        self.place.number = 0;
        self.place.why = None;
        self.place.line = self.scenario.line;
        self.place.rounds.clear();
        self.step_began = Instant::now();
        if let Some(fact) = limits::over_limit(&self.world) {
            return Err(Halt::unmet(fact));
        }
        for slot in 0..self.world.slots.len() {
            if let Part::Program(_) = self.world.slots[slot].part {
                exit::after_the_last_step(self, slot)?;
            }
        }
        Ok(())
    }
}
