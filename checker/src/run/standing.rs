//! What is known of a job while it is built and driven.

use std::time::{Duration, Instant};

use crate::event::JobResult;
use crate::plan::Extent;
use crate::verdict::outcome::{Judged, Verdict};

/// After the first failure those that are under way are given this long at least: they are likely to be about to end.
const PATIENCE: Duration = Duration::from_secs(1);

#[derive(Debug)]
pub struct Standing {
    pub result: JobResult,
    /// Scenarios without a verdict.
    pub left: usize,
    /// None until the first of its scenarios has its turn: those of other jobs may be before it.
    driving_since: Option<Instant>,
    /// So many scenarios are under way, and since when any are.
    under_way: usize,
    under_way_since: Instant,
    /// For so long some were, before that: not while all of them waited for others' to have their turn.
    drove_for: Duration,
    failed: Option<Failed>,
}

/// That some scenario did not pass.
#[derive(Debug, Clone, Copy)]
struct Failed {
    /// When the first of them was judged.
    at: Instant,
    /// The lowest number of those that were.
    number: usize,
}

impl Standing {
    pub fn new(result: JobResult, left: usize) -> Self {
        let (driving_since, failed, drove_for) = (None, None, Duration::ZERO);
        let under_way_since = Instant::now();
        Standing { result, left, driving_since, under_way: 0, under_way_since, drove_for, failed }
    }

    /// One of its scenarios has its turn. Each that begins [ends](Self::ends).
    pub fn begins(&mut self, now: Instant) {
        self.driving_since.get_or_insert(now);
        if self.under_way == 0 {
            self.under_way_since = now;
        }
        self.under_way += 1;
    }

    /// There is a verdict.
    pub fn takes(&mut self, judged: Judged, now: Instant) {
        if judged.verdict != Verdict::Passed {
            let failed = self.failed.get_or_insert(Failed { at: now, number: judged.number });
            failed.number = failed.number.min(judged.number);
        }
        self.result.scenarios.push(judged);
    }

    /// Whether a verdict on a scenario that was not begun yet is wanted.
    pub fn wants(&self, number: usize, extent: Extent) -> bool {
        match (extent, self.failed) {
            (Extent::Whole, _) | (_, None) => true,
            (Extent::FirstFailure, Some(failed)) => number < failed.number,
            (Extent::AnyFailure, Some(_)) => false,
        }
    }

    /// Whether one that is under way is to go on. Where any failure will do, those beside the first one have a quarter of
    /// the time that it took, so that much the same is told each time.
    pub fn bears(&self, number: usize, extent: Extent, now: Instant) -> bool {
        let (Extent::AnyFailure, Some(Failed { at, .. }), Some(since)) =
            (extent, self.failed, self.driving_since)
        else {
            return self.wants(number, extent);
        };
        now.saturating_duration_since(at) < PATIENCE.max(at.saturating_duration_since(since) / 4)
    }

    /// What it came to, when nothing is left to do.
    pub fn close(self, extent: Extent) -> JobResult {
        let mut result = self.result;
        result.drove_for = self.drove_for;
        result.scenarios.sort_by_key(|one| one.number);
        if let (Extent::FirstFailure, Some(failed)) = (extent, self.failed) {
            result.scenarios.retain(|one| one.number <= failed.number);
        }
        result
    }

    /// One of its scenarios is over, at least for now.
    pub fn ends(&mut self, now: Instant) {
        self.under_way -= 1;
        if self.under_way == 0 {
            self.drove_for += now.saturating_duration_since(self.under_way_since);
        }
    }
}

#[cfg(test)]
mod tests {
    use Extent::{AnyFailure, FirstFailure, Whole};

    use super::*;
    use crate::event::BuildVerdict;
    use crate::verdict::outcome::Fault;

    fn standing() -> Standing {
        let build = BuildVerdict::NotGraded(Fault { message: String::new() });
        Standing::new(JobResult { build, scenarios: Vec::new(), drove_for: Duration::ZERO }, 2)
    }

    /// One whose first scenario begins now, and the moments after that, in milliseconds.
    fn begun() -> (Standing, impl Fn(u64) -> Instant) {
        let (mut standing, began) = (standing(), Instant::now());
        standing.begins(began);
        (standing, move |ms| began + Duration::from_millis(ms))
    }

    fn judged(number: usize, verdict: Verdict) -> Judged {
        let name = String::new();
        Judged { number, name, points: 1, verdict, observation: None, flaky: false, known: false }
    }

    fn failed(number: usize) -> Judged {
        judged(number, Verdict::Skipped(String::new()))
    }

    #[test]
    fn those_beside_a_failure_have_a_quarter_of_its_time() {
        let (mut standing, at) = begun();
        standing.takes(judged(1, Verdict::Passed), at(4000));
        assert!(standing.wants(4, AnyFailure) && standing.bears(4, AnyFailure, at(60_000)));
        standing.takes(failed(3), at(8000));
        standing.takes(failed(2), at(9000));
        assert!(!standing.wants(1, AnyFailure) && standing.bears(4, AnyFailure, at(9_999)));
        assert!(!standing.bears(4, AnyFailure, at(10_000)));
        assert!(standing.wants(4, Whole) && standing.bears(4, Whole, at(60_000)));
    }

    #[test]
    fn those_before_the_first_failure_are_run_and_those_behind_it_are_not_told_of() {
        let (mut standing, at) = begun();
        standing.takes(failed(7), at(10));
        standing.takes(judged(3, Verdict::Passed), at(20));
        assert!(standing.wants(6, FirstFailure) && standing.bears(6, FirstFailure, at(60_000)));
        assert!(!standing.wants(8, FirstFailure) && !standing.bears(8, FirstFailure, at(20)));
        standing.takes(failed(5), at(30));
        assert!(standing.wants(4, FirstFailure) && !standing.bears(6, FirstFailure, at(30)));
        let told = standing.close(FirstFailure);
        let numbers: Vec<usize> = told.scenarios.iter().map(|judged| judged.number).collect();
        assert_eq!(numbers, [3, 5]);
    }

    #[test]
    fn a_quick_failure_does_not_call_off_those_that_are_about_to_end() {
        let (mut standing, at) = begun();
        standing.takes(failed(1), at(20));
        assert!(standing.bears(2, AnyFailure, at(1019)) && !standing.bears(2, AnyFailure, at(1020)));
    }

    #[test]
    fn waiting_for_a_turn_or_a_second_try_is_not_driving() {
        let mut standing = standing();
        let began = Instant::now();
        let at = |s| began + Duration::from_secs(s);
        assert_eq!(standing.drove_for, Duration::ZERO, "nothing has begun");
        standing.begins(at(10));
        standing.begins(at(11));
        standing.ends(at(15));
        standing.ends(at(16));
        assert_eq!(standing.drove_for, Duration::from_secs(6));
        // Two are tried again.
        standing.begins(at(116));
        standing.begins(at(116));
        standing.ends(at(120));
        standing.ends(at(121));
        assert_eq!(standing.drove_for, Duration::from_secs(11));
    }
}
