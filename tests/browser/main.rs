//! The page in a real browser: keys, clicks, colours, paper. Needs Chromium; where it is not to be had,
//! `CHECKER_WITHOUT_BROWSER=1` leaves these tests out, and says so.

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
