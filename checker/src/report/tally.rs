//! How many exercises came to what, and how far a class is.

use std::time::Duration;

use super::terminal::cut;
use crate::gradebook::record::ExerciseStatus;

/// Exercises by what they came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
    pub did_not_compile: usize,
    pub missing: usize,
    pub not_graded: usize,
}

impl Tally {
    pub fn add(&mut self, status: ExerciseStatus) {
        let count = match status {
            ExerciseStatus::Passed => &mut self.passed,
            ExerciseStatus::Failed => &mut self.failed,
            ExerciseStatus::DidNotCompile => &mut self.did_not_compile,
            ExerciseStatus::Missing => &mut self.missing,
            ExerciseStatus::NotGraded => &mut self.not_graded,
        };
        *count += 1;
    }

    pub fn total(&self) -> usize {
        self.passed + self.failed + self.did_not_compile + self.missing + self.not_graded
    }

    /// `12 passed, 3 failed, 1 not graded`: without what there is none of.
    pub fn words(&self) -> String {
        let counts = [
            (self.passed, "passed"),
            (self.failed, "failed"),
            (self.did_not_compile, "did not compile"),
            (self.missing, "not handed in"),
            (self.not_graded, "not graded"),
        ];
        let words =
            counts.iter().filter(|(count, _)| *count > 0).map(|(count, name)| format!("{count} {name}"));
        words.collect::<Vec<_>>().join(", ")
    }
}

/// One line that tells how far it is: the bar, the rate, the time left, the outcomes; in at most `columns`.
pub fn bar(tally: &Tally, of: usize, elapsed: Duration, columns: usize) -> String {
    const CELLS: usize = 20;
    let done = tally.total().min(of);
    let full = (done * CELLS).checked_div(of).unwrap_or(CELLS);
    let mut line = format!("[{}{}] {done}/{of}", "#".repeat(full), "-".repeat(CELLS - full));
    let seconds = elapsed.as_secs_f64();
    if done > 0 && seconds > 0.0 {
        let rate = done as f64 / seconds;
        let left = (of - done) as f64 / rate;
        line += &format!("  {rate:.1}/s  {} left", duration(Duration::from_secs_f64(left.min(1e6))));
    }
    let words = tally.words();
    if !words.is_empty() {
        line += &format!("  {words}");
    }
    cut(&line, columns)
}

/// `7 s`, `3 min 05 s`, `2 h 07 min`.
pub fn duration(of: Duration) -> String {
    let seconds = of.as_secs();
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, seconds) => format!("{minutes} min {seconds:02} s"),
        (hours, minutes, _) => format!("{hours} h {minutes:02} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_tells_rate_time_left_and_outcomes() {
        let mut tally = Tally::default();
        let elapsed = Duration::from_secs(30);
        assert_eq!(bar(&tally, 100, Duration::ZERO, 80), "[--------------------] 0/100");
        for _ in 0..24 {
            tally.add(ExerciseStatus::Passed);
        }
        tally.add(ExerciseStatus::Failed);
        let line = bar(&tally, 100, elapsed, 100);
        assert_eq!(line, "[#####---------------] 25/100  0.8/s  1 min 30 s left  24 passed, 1 failed");
        assert_eq!(bar(&tally, 100, elapsed, 40), "[#####---------------] 25/100  0.8/s  1…");
        assert!(bar(&Tally::default(), 0, elapsed, 80).contains("0/0"));
    }

    #[test]
    fn durations() {
        for (seconds, words) in [(0, "0 s"), (59, "59 s"), (185, "3 min 05 s"), (7620, "2 h 07 min")] {
            assert_eq!(duration(Duration::from_secs(seconds)), words);
        }
    }
}
