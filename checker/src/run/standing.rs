//! What is known of a job while it is built and driven.

use std::time::{Duration, Instant};

use crate::event::JobResult;

#[derive(Debug)]
pub struct Standing {
    pub result: JobResult,
    /// Scenarios without a verdict.
    pub left: usize,
    /// None until the first of its scenarios has its turn: those of other jobs may be before it.
    driving_since: Option<Instant>,
    /// When the last of its scenarios ended, or went to be tried again.
    ended: Option<Instant>,
    /// For so long it waited for others, with nothing left but what was to be tried again.
    rested: Duration,
}

impl Standing {
    pub fn new(result: JobResult, left: usize) -> Self {
        Standing { result, left, driving_since: None, ended: None, rested: Duration::ZERO }
    }

    /// One of its scenarios has its turn.
    pub fn begins(&mut self, again: bool, now: Instant) {
        self.driving_since.get_or_insert(now);
        if again {
            self.rested += self.ended.replace(now).map_or(Duration::ZERO, |ended| now - ended);
        }
    }

    /// One of its scenarios is over, at least for now.
    pub fn ends(&mut self, now: Instant) {
        self.ended = Some(now);
    }

    /// How long it was driven, without the time in which it waited for its second tries.
    pub fn drove_for(&self, now: Instant) -> Duration {
        let whole = self.driving_since.map_or(Duration::ZERO, |since| now - since);
        whole.saturating_sub(self.rested)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::BuildVerdict;
    use crate::verdict::outcome::Fault;

    #[test]
    fn waiting_for_a_second_try_is_not_driving() {
        let build = BuildVerdict::NotGraded(Fault { message: String::new() });
        let result = JobResult { build, scenarios: Vec::new(), drove_for: Duration::ZERO };
        let mut standing = Standing::new(result, 2);
        let began = Instant::now();
        let at = |s| began + Duration::from_secs(s);
        assert_eq!(standing.drove_for(at(9)), Duration::ZERO, "nothing has begun");
        standing.begins(false, at(10));
        standing.begins(false, at(11));
        standing.ends(at(15));
        standing.ends(at(16));
        // Two are tried again.
        standing.begins(true, at(116));
        standing.begins(true, at(116));
        standing.ends(at(120));
        assert_eq!(standing.drove_for(at(121)), Duration::from_secs(11));
    }
}
