//! The page in a real browser: keys, clicks, colours, paper. Needs Chromium: without one these tests say that
//! they were not tried; `CHECKER_NEEDS_BROWSER=1`, as in CI, makes that a failure.

// The sample classes name the crate's modules as the crate does.
use checker::{gradebook, report};

mod chromium;
mod colours;
mod hostile;
mod keyboard;
mod looks;
mod paper;
#[path = "../../checker/src/report/page/tests/sample.rs"]
mod sample;
mod tab;
mod view;
