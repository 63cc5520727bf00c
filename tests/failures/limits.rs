//! A program takes more than it is given.

use checker::record::finding::Finding;

use super::{broken, fails};
use crate::support::Mini;
use crate::support::mini::exercise_toml;

const ENDS: &str = r#"
  { start = "demo" },
  { expect_exit = "demo", code = 0 },
"#;

broken! {
    eats_memory: Limit, ENDS, limits "memory_mib = 64";
    swells: Limit, r#"
  { start = "demo", memory_mib = 32, why = "a chunk at a time is enough" },
  { expect_exit = "demo", code = 0 },
"#;
    starts_threads: Limit, ENDS, limits "processes = 16";
    floods: Limit, ENDS, limits "output_kib = 64";
    fills_the_disk: Limit, ENDS, limits "files_mib = 1";
}

#[test]
fn spins() {
    // The deadline must not come before the end of the processor time, however busy the machine is.
    let patient = exercise_toml("demo", ENDS).replace("deadline_s = 1", "deadline_s = 30");
    let course =
        Mini::new().exercise("01_demo", &patient).source("01_demo", include_str!("../programs/spins.rs"));
    fails(&course.limits("cpu_s = 1"), "spins", Finding::Limit);
}
