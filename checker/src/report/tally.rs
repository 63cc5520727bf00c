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
    pub not_taken: usize,
    pub not_graded: usize,
}

impl Tally {
    pub fn add(&mut self, status: ExerciseStatus) {
        let count = match status {
            ExerciseStatus::Passed => &mut self.passed,
            ExerciseStatus::Failed => &mut self.failed,
            ExerciseStatus::DidNotCompile => &mut self.did_not_compile,
            ExerciseStatus::Missing => &mut self.missing,
            ExerciseStatus::NotTaken => &mut self.not_taken,
            ExerciseStatus::NotGraded => &mut self.not_graded,
        };
        *count += 1;
    }

    pub fn total(&self) -> usize {
        self.counts().iter().map(|(count, ..)| count).sum()
    }

    /// `12 passed, 3 failed, 1 not graded`: without what there is none of.
    pub fn words(&self) -> String {
        let counts = self.counts();
        let words =
            counts.iter().filter(|(count, ..)| *count > 0).map(|(count, name, _)| format!("{count} {name}"));
        words.collect::<Vec<_>>().join(", ")
    }

    /// The same where there is no room: `12p 3f 1n`.
    fn letters(&self) -> String {
        let counts = self.counts();
        let words = counts
            .iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, _, letter)| format!("{count}{letter}"));
        words.collect::<Vec<_>>().join(" ")
    }

    fn counts(&self) -> [(usize, &'static str, char); 6] {
        [
            (self.passed, "passed", 'p'),
            (self.failed, "failed", 'f'),
            (self.did_not_compile, "did not compile", 'c'),
            (self.missing, "not handed in", 'm'),
            (self.not_taken, "not taken", 't'),
            (self.not_graded, "not graded", 'n'),
        ]
    }
}

/// One line that tells how far it is: the bar, the rate, the time left, the outcomes; in at most `columns`.
/// Where they are few, the bar is shorter and the rest abbreviated.
pub fn bar(tally: &Tally, of: usize, elapsed: Duration, columns: usize) -> String {
    const CELLS: usize = 20;
    const FEWEST: usize = 3;
    let done = tally.total().min(of);
    let pace = (done > 0 && !elapsed.is_zero()).then(|| {
        let rate = done as f64 / elapsed.as_secs_f64();
        (rate, Duration::from_secs_f64(((of - done) as f64 / rate).min(1e6)))
    });
    let long = pace.map(|(rate, left)| format!("{rate:.1}/s  {} left", duration(left)));
    let short = pace.map(|(rate, left)| format!("{rate:.1}/s {} left", brief(left)));
    let said = |parts: [Option<String>; 3], gap: &str| {
        parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(gap)
    };
    let counted = || Some(format!("{done}/{of}"));
    let whole = said([counted(), long, Some(tally.words())], "  ");
    let brief = said([counted(), short, Some(tally.letters())], " ");
    // The bar's brackets, and a blank behind it.
    let room = |text: &str| columns.saturating_sub(text.chars().count() + 3).min(CELLS);
    let text = if room(&whole) >= CELLS / 2 { whole } else { brief };
    let cells = room(&text);
    if cells < FEWEST {
        return cut(&text, columns);
    }
    let full = (done * cells).checked_div(of).unwrap_or(cells);
    format!("[{}{}] {text}", "#".repeat(full), "-".repeat(cells - full))
}

/// `7s`, `3m`, `2h`: the largest unit, rounded down.
fn brief(of: Duration) -> String {
    match of.as_secs() {
        seconds @ ..60 => format!("{seconds}s"),
        seconds @ 60..3600 => format!("{}m", seconds / 60),
        seconds => format!("{}h", seconds / 3600),
    }
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
        assert_eq!(bar(&tally, 100, elapsed, 79), line);
        let at_40 = bar(&tally, 100, elapsed, 39);
        assert_eq!(at_40, "[##-------] 25/100 0.8/s 1m left 24p 1f");
        assert_eq!(bar(&tally, 100, elapsed, 30), "25/100 0.8/s 1m left 24p 1f");
        assert_eq!(bar(&tally, 100, elapsed, 20), "25/100 0.8/s 1m lef…");
        assert!(bar(&Tally::default(), 0, elapsed, 80).contains("0/0"));
    }

    #[test]
    fn durations() {
        for (seconds, words) in [(0, "0 s"), (59, "59 s"), (185, "3 min 05 s"), (7620, "2 h 07 min")] {
            assert_eq!(duration(Duration::from_secs(seconds)), words);
        }
    }
}
