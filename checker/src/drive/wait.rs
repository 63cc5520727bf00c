//! Waiting for something to happen; or for the certainty that it never will; or for a deadline that a
//! busy machine does not shorten.

use std::collections::HashMap;
use std::io;
use std::thread;
use std::time::{Duration, Instant};

use super::kernel::proc::{self, Turns};
use super::standstill::Watch;
use super::world::World;

/// What a look at the world says about a wish.
#[derive(Debug)]
pub enum Look<T> {
    /// It is met, or it has become certain that it never will be: the value tells.
    Done(T),
    Pending,
    /// It can't be met any more, unless something is still on its way.
    Hopeless,
}

/// How a wait ended.
#[derive(Debug)]
pub enum Waited<T> {
    Done(T),
    /// It can't be met any more.
    Hopeless,
    /// Everything stands still: nothing more comes.
    Standstill,
    Deadline,
    /// A program went over a limit meanwhile.
    OverLimit,
}

/// How a wish is looked at again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// When something comes in.
    Events,
    /// Some moments after that: it is likely to be a crumb of much, and to look at each one would take the
    /// processor from who sends them.
    Gathering,
    /// Also every now and then, because only a question to the kernel tells.
    Asking,
}

/// What ends a wait before its deadline, beside what it waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// Nothing: time itself has to pass, or the kernel may still bring something by a timer of its own.
    Deadline,
    /// A standstill, which is proof enough that nothing came.
    Standstill,
    /// A standstill so long that also what an overloaded host held back would have come: it is taken as a
    /// program's fault.
    LongStandstill,
}

impl Until {
    /// Longer than a processor needs from a packet to the thread that it wakes. The same picture at both
    /// ends of it, and no packet in a queue.
    const STANDSTILL: Duration = Duration::from_millis(1);
    /// Longer than TCP delays an acknowledgement or repeats a segment for the first time (both 200 ms at
    /// most over loopback: `TCP_DELACK_MAX` and `TCP_RTO_MIN` of the kernel's net/tcp.h), and than a
    /// hypervisor keeps a processor to itself.
    const LONG_STANDSTILL: Duration = Duration::from_millis(300);

    fn watch(self) -> Option<Watch> {
        match self {
            Until::Deadline => None,
            Until::Standstill => Some(Watch::lasting(Self::STANDSTILL)),
            Until::LongStandstill => Some(Watch::lasting(Self::LONG_STANDSTILL)),
        }
    }
}

/// A program that writes line by line has written a few dozen by then.
const MOMENTS: Duration = Duration::from_micros(200);

/// The first pause between two questions to the kernel, and the longest.
const FIRST_PAUSE: Duration = Duration::from_micros(20);
const LONGEST_PAUSE: Duration = Duration::from_millis(5);

/// A deadline is stretched by the time for which threads of the programs, or the checker, were ready to run and
/// were not given a processor, unless they have had much of it; to this many times itself at most.
const MOST_STRETCH: u32 = 12;

impl World {
    /// Takes in what happens until `look` is done, nothing can come any more, or `budget` is over; or
    /// sooner, as `until` says.
    /// The flag tells whether the machine was too busy for the deadline to be taken as it stands.
    pub fn wait<T>(
        &mut self,
        budget: Duration,
        until: Until,
        by: By,
        mut look: impl FnMut(&mut World) -> io::Result<Look<T>>,
    ) -> io::Result<(Waited<T>, bool)> {
        let mut clock = Clock::new(budget);
        let mut pause = FIRST_PAUSE;
        let mut watch = until.watch();
        let mut last_chance = false;
        loop {
            match look(self)? {
                Look::Done(value) => return Ok((Waited::Done(value), clock.starved)),
                Look::Hopeless if last_chance => return Ok((Waited::Hopeless, clock.starved)),
                Look::Hopeless => {
                    // Everything that a process did before it ended is in a queue by now: look once more.
                    last_chance = true;
                    self.pump(Duration::ZERO)?;
                    continue;
                }
                Look::Pending => last_chance = false,
            }
            if self.programs().any(|(_, program)| program.limit.is_some()) {
                return Ok((Waited::OverLimit, clock.starved));
            }
            let still = watch.as_mut().is_some_and(|watch| watch.is_over(self));
            let left = clock.left(self);
            if left.is_zero() || still {
                self.pump(Duration::ZERO)?;
                let ended = if still { Waited::Standstill } else { Waited::Deadline };
                return Ok(match look(self)? {
                    Look::Done(value) => (Waited::Done(value), clock.starved),
                    _ => (ended, clock.starved),
                });
            }
            let left = watch.as_ref().map_or(left, |watch| left.min(watch.until_next()));
            match by {
                By::Events => self.pump(left)?,
                By::Gathering => {
                    self.pump(left)?;
                    // Not for an event: each crumb would be one, and who sends them needs the processor.
                    thread::sleep(MOMENTS.min(left));
                    self.pump(Duration::ZERO)?;
                }
                By::Asking => {
                    self.pump(left.min(pause))?;
                    pause = (pause * 2).min(LONGEST_PAUSE);
                }
            }
        }
    }
}

/// Counts down a wait.
#[derive(Debug)]
struct Clock {
    began: Instant,
    budget: Duration,
    stretched: Duration,
    /// The last time that somebody asked how much is left, and for how long nobody could.
    asked: Instant,
    absent: Duration,
    /// The threads at the first look.
    base: Option<HashMap<u32, Turns>>,
    /// Since then a program may have waited for something that the checker itself has to bring.
    brings: bool,
    starved: bool,
}

impl Clock {
    /// Processor time in which any exercise's work is done many times over: a thread that has had so much in one
    /// wait, or a fifth of a longer budget, is given none in place of what others had.
    const BUSY: Duration = Duration::from_secs(1);
    /// Most waits end at once: only longer ones look at the processors, after so long or a tenth of their budget.
    const SETTLED: Duration = Duration::from_millis(200);

    /// Longer than the checker takes from one look to the next, many times over. After such a gap it was not
    /// there itself: stopped or frozen, and everybody else most likely with it.
    const ABSENT: Duration = Duration::from_millis(200);

    fn new(budget: Duration) -> Self {
        let now = Instant::now();
        let (stretched, absent) = (Duration::ZERO, Duration::ZERO);
        Clock { began: now, budget, stretched, asked: now, absent, base: None, brings: false, starved: false }
    }

    /// Nothing was asked for since the last time: a long time is nobody's fault.
    fn look_for_gap(&mut self, now: Instant) {
        let gap = now.saturating_duration_since(self.asked);
        self.asked = now;
        if gap >= Self::ABSENT {
            self.absent += gap;
            self.starved = true;
        }
    }

    fn left(&mut self, world: &World) -> Duration {
        // Nobody can have been kept waiting in no time: to ask for it would cost more than all else.
        if self.budget.is_zero() {
            return Duration::ZERO;
        }
        let now = Instant::now();
        self.look_for_gap(now);
        let elapsed = now.saturating_duration_since(self.began).saturating_sub(self.absent);
        if self.base.is_none() && elapsed >= Self::SETTLED.min(self.budget / 10) {
            self.base = Some(own().chain(programs(world)).collect());
        }
        self.brings |= self.base.is_some() && world.brings();
        let left = (self.budget + self.stretched).saturating_sub(elapsed);
        if left.is_zero() {
            let (own, programs) = (self.since(own()), self.since(programs(world)));
            let delay = Delay::of(self.budget, own, programs, self.brings);
            let stretch = delay.stretch(self.budget);
            // Not for good: it may have been given its time after all.
            self.starved = self.absent.max(delay.all.saturating_sub(stretch)) > self.budget / 20;
            if stretch > self.stretched {
                // By little at a time: who was kept waiting may soon have had much.
                let little = Self::SETTLED.max(self.budget / 20);
                self.stretched = stretch.min(self.stretched + little);
                return (self.budget + self.stretched).saturating_sub(elapsed);
            }
        }
        left
    }

    /// What threads have had since the wait began.
    fn since(&self, now: impl Iterator<Item = (u32, Turns)>) -> Vec<Turns> {
        let Some(base) = &self.base else { return Vec::new() };
        let since = now.map(|(tid, now)| {
            let then = base.get(&tid).copied().unwrap_or_default();
            let (ran, delayed) = (now.ran.saturating_sub(then.ran), now.delayed.saturating_sub(then.delayed));
            Turns { ran, delayed }
        });
        since.collect()
    }
}

/// For how long threads were kept waiting for a processor, of those that have not had much of one. A thread that
/// computes and computes is not starved, however many others do the same; and the checker's own thread, which has not
/// much to do, says nothing of it then, unless it brings something.
#[derive(Debug, PartialEq, Eq)]
struct Delay {
    /// The longest that any one of them was.
    longest: Duration,
    /// All of them, one after the other: as if each had waited for the one before it.
    all: Duration,
}

impl Delay {
    fn of(budget: Duration, own: Vec<Turns>, programs: Vec<Turns>, brings: bool) -> Self {
        let much = Clock::BUSY.max(budget / 5);
        let computes = programs.iter().any(|turns| turns.ran >= much);
        let own = own.into_iter().filter(|_| brings || !computes);
        let delayed =
            programs.into_iter().chain(own).filter(|turns| turns.ran < much).map(|turns| turns.delayed);
        let none = Delay { longest: Duration::ZERO, all: Duration::ZERO };
        delayed.fold(none, |sum, one| Delay { longest: sum.longest.max(one), all: sum.all + one })
    }

    /// By how much a deadline is put off: by all, so that for the whole of its budget nobody waited for a processor.
    /// That is proof on any machine. Where it would take more than the budget once again, it is by the longest, and
    /// the deadline proves little.
    fn stretch(&self, budget: Duration) -> Duration {
        match self.all <= budget {
            true => self.all,
            false => self.longest.min(budget * (MOST_STRETCH - 1)),
        }
    }
}

/// The checker's own thread.
fn own() -> impl Iterator<Item = (u32, Turns)> {
    proc::turns(std::process::id()).into_iter()
}

/// Every thread of every program.
fn programs(world: &World) -> impl Iterator<Item = (u32, Turns)> {
    let processes = world.programs().flat_map(|(_, program)| program.process.members());
    processes.flat_map(|process| proc::turns(process.pid))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thread(ran: u64, delayed: u64) -> Turns {
        Turns { ran: Duration::from_millis(ran), delayed: Duration::from_millis(delayed) }
    }

    /// By how much a deadline is put off, and what it lacks then to be proof, in ms.
    fn put_off(budget: Duration, own: Vec<Turns>, programs: Vec<Turns>, brings: bool) -> (u128, u128) {
        let delay = Delay::of(budget, own, programs, brings);
        let stretch = delay.stretch(budget);
        (stretch.as_millis(), delay.all.saturating_sub(stretch).as_millis())
    }

    #[test]
    fn a_deadline_is_put_off_for_who_had_no_processor_and_for_nobody_else() {
        let (five, minute) = (Duration::from_secs(5), Duration::from_secs(60));
        let of = |budget, ran, delayed| put_off(budget, Vec::new(), vec![thread(ran, delayed)], false);
        assert_eq!(of(five, 10, 3000), (3000, 0));
        assert_eq!(of(five, 10, 20_000), (20_000, 0), "then it had its five seconds");
        assert_eq!(of(five, 10, 100_000), (55_000, 45_000), "twelve times the budget in all");
        assert_eq!(of(five, 1000, 100_000), (0, 0), "it had a second, and computes on");
        assert_eq!(of(minute, 1000, 3000), (3000, 0), "a long budget is for long work");
        assert_eq!(of(Duration::from_millis(200), 900, 3000), (2200, 800));
        let among_others = vec![thread(4000, 9000), thread(200, 3000)];
        assert_eq!(put_off(five, Vec::new(), among_others, false), (3000, 0), "one of them had little");
    }

    #[test]
    fn a_deadline_is_proof_when_each_could_have_waited_for_the_one_before() {
        let of = |delayed: [u64; 3]| {
            let programs = delayed[1..].iter().map(|delayed| thread(10, *delayed)).collect();
            put_off(Duration::from_secs(5), vec![thread(20, delayed[0])], programs, false)
        };
        assert_eq!(of([1000, 1500, 2500]), (5000, 0));
        assert_eq!(of([1000, 1500, 2501]), (2501, 2500), "another try is sooner done than that");
    }

    #[test]
    fn a_checker_that_only_looks_does_not_speak_for_who_computes() {
        let five = Duration::from_secs(5);
        let of = |program, brings| put_off(five, vec![thread(20, 2000)], vec![program], brings).0;
        assert_eq!(of(thread(900, 0), false), 2000, "a busy machine, by its own delay");
        assert_eq!(of(thread(1000, 6000), false), 0, "the program had a second in spite of it");
        assert_eq!(
            of(thread(1000, 6000), true),
            2000,
            "it may have computed for want of what the checker brings"
        );
    }

    #[test]
    fn time_in_which_the_checker_itself_was_stopped_does_not_count() {
        let mut clock = Clock::new(Duration::from_secs(5));
        let began = clock.began;
        let at = |ms| began + Duration::from_millis(ms);
        for ms in (0..1000).step_by(20) {
            clock.look_for_gap(at(ms));
        }
        assert_eq!((clock.absent, clock.starved), (Duration::ZERO, false));
        clock.look_for_gap(at(61_000));
        assert_eq!((clock.absent.as_millis(), clock.starved), (60_020, true));
        clock.look_for_gap(at(61_020));
        assert_eq!(clock.absent.as_millis(), 60_020);
    }
}
