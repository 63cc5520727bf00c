//! What is known of a job while it is built and driven.

use std::time::{Duration, Instant};

use crate::event::JobResult;
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
    /// For so long some were, before that.
    drove_for: Duration,
    /// When the first of its scenarios did not pass.
    failed: Option<Instant>,
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
            self.failed.get_or_insert(now);
        }
        self.result.scenarios.push(judged);
    }

    pub fn has_failed(&self) -> bool {
        self.failed.is_some()
    }

    /// Whether those that were begun with the one that failed first may go on: for a quarter of the time that it took, so
    /// that much the same is told each time.
    pub fn has_patience(&self, now: Instant) -> bool {
        let (Some(failed), Some(since)) = (self.failed, self.driving_since) else { return true };
        now.saturating_duration_since(failed) < PATIENCE.max(failed.saturating_duration_since(since) / 4)
    }

    /// One of its scenarios is over, at least for now.
    pub fn ends(&mut self, now: Instant) {
        self.under_way -= 1;
        if self.under_way == 0 {
            self.drove_for += now.saturating_duration_since(self.under_way_since);
        }
    }

    /// For how long any of its scenarios were under way, until the last one ended: not while all of them waited for
    /// others' to have their turn.
    pub fn drove_for(&self) -> Duration {
        self.drove_for
    }
}

#[cfg(test)]
mod tests {
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

    fn judged(verdict: Verdict) -> Judged {
        let name = String::new();
        Judged { number: 1, name, points: 1, verdict, observation: None, flaky: false, known: false }
    }

    #[test]
    fn those_beside_a_failure_have_a_quarter_of_its_time() {
        let (mut standing, at) = begun();
        standing.takes(judged(Verdict::Passed), at(4000));
        assert!(!standing.has_failed() && standing.has_patience(at(60_000)));
        standing.takes(judged(Verdict::Skipped(String::new())), at(8000));
        standing.takes(judged(Verdict::Skipped(String::new())), at(9000));
        assert!(standing.has_failed() && standing.has_patience(at(9_999)));
        assert!(!standing.has_patience(at(10_000)));
    }

    #[test]
    fn a_quick_failure_does_not_call_off_those_that_are_about_to_end() {
        let (mut standing, at) = begun();
        standing.takes(judged(Verdict::Skipped(String::new())), at(20));
        assert!(standing.has_patience(at(1019)) && !standing.has_patience(at(1020)));
    }

    #[test]
    fn waiting_for_a_turn_or_a_second_try_is_not_driving() {
        let mut standing = standing();
        let began = Instant::now();
        let at = |s| began + Duration::from_secs(s);
        assert_eq!(standing.drove_for(), Duration::ZERO, "nothing has begun");
        standing.begins(at(10));
        standing.begins(at(11));
        standing.ends(at(15));
        standing.ends(at(16));
        assert_eq!(standing.drove_for(), Duration::from_secs(6));
        // Two are tried again.
        standing.begins(at(116));
        standing.begins(at(116));
        standing.ends(at(120));
        standing.ends(at(121));
        assert_eq!(standing.drove_for(), Duration::from_secs(11));
    }
}
