//! Waiting for something to happen; or for the certainty that it never will; or for a deadline that a
//! busy machine does not shorten.

use std::collections::HashMap;
use std::io;
use std::time::{Duration, Instant};

use super::kernel::proc;
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

/// The first pause between two questions to the kernel, and the longest.
const FIRST_PAUSE: Duration = Duration::from_micros(20);
const LONGEST_PAUSE: Duration = Duration::from_millis(5);

/// A deadline is stretched by the time for which the program, or the checker, was ready to run and
/// was not given a processor; to this many times itself at most.
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
    /// Delays at the first look, by thread.
    base: Option<HashMap<u32, Duration>>,
    starved: bool,
}

impl Clock {
    /// Most waits end at once: only longer ones look at the processors.
    const SETTLED: Duration = Duration::from_millis(20);

    /// Longer than the checker takes from one look to the next, many times over. After such a gap it was not
    /// there itself: stopped or frozen, and everybody else most likely with it.
    const ABSENT: Duration = Duration::from_millis(200);

    fn new(budget: Duration) -> Self {
        let now = Instant::now();
        let (stretched, absent) = (Duration::ZERO, Duration::ZERO);
        Clock { began: now, budget, stretched, asked: now, absent, base: None, starved: false }
    }

    /// Nothing was asked for since the last time: a long time is nobody's fault.
    fn look_for_gap(&mut self, now: Instant) {
        let gap = now.saturating_duration_since(self.asked);
        self.asked = now;
        if gap >= Self::ABSENT {
            self.absent += gap;
            self.starved |= self.absent > self.budget / 20;
        }
    }

    fn left(&mut self, world: &World) -> Duration {
        let now = Instant::now();
        self.look_for_gap(now);
        let elapsed = now.saturating_duration_since(self.began).saturating_sub(self.absent);
        if self.base.is_none() && elapsed >= Self::SETTLED {
            self.base = Some(delays(world).into_iter().collect());
        }
        let left = (self.budget + self.stretched).saturating_sub(elapsed);
        if left.is_zero() {
            let delayed = self.delayed(world).min(self.budget * (MOST_STRETCH - 1));
            self.starved |= delayed > self.budget / 20;
            if delayed > self.stretched {
                self.stretched = delayed;
                return (self.budget + self.stretched).saturating_sub(elapsed);
            }
        }
        left
    }

    /// The longest that any one thread was kept waiting for a processor since the wait began.
    fn delayed(&self, world: &World) -> Duration {
        let Some(base) = &self.base else { return Duration::ZERO };
        delays(world)
            .into_iter()
            .map(|(tid, delay)| delay.saturating_sub(base.get(&tid).copied().unwrap_or_default()))
            .max()
            .unwrap_or_default()
    }
}

/// The delays of the checker's own thread and of every thread of every program.
fn delays(world: &World) -> Vec<(u32, Duration)> {
    let mut all = proc::run_delays(std::process::id());
    for (_, program) in world.programs() {
        for process in program.process.tree() {
            all.extend(proc::run_delays(process.pid));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

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
