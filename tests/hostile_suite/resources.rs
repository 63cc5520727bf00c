//! Against what there is only so much of.

use super::row::{Ends, Row, run};

#[test]
fn attacks_on_resources() {
    run(ROWS);
}

macro_rules! program {
    ($name:literal) => {
        include_str!(concat!("../programs/hostile/suite/", $name, ".rs"))
    };
}

pub const ROWS: &[Row] = &[
    Row::new(&[13], "fork bomb", include_str!("../programs/hostile/fork_bomb.rs"), Ends::Fails("limit"))
        .steps(MARKED)
        .limits("processes = 32")
        .patient(),
    Row::new(&[14], "thread bomb", program!("thread_bomb"), Ends::Fails("limit"))
        .limits("processes = 32")
        .patient(),
    Row::new(&[15], "memory bomb", include_str!("../programs/eats_memory.rs"), Ends::Fails("limit"))
        .limits("memory_mib = 64")
        .patient(),
    Row::new(&[16], "memory in 16 processes", program!("memory_in_many"), Ends::Fails("limit"))
        .limits("memory_mib = 128")
        .patient(),
    Row::new(&[16], "shared memory", program!("memory_shared"), Ends::Fails("limit"))
        .limits("memory_mib = 128")
        .patient(),
    Row::new(&[16], "memory elsewhere", program!("memory_elsewhere"), Ends::Denied),
    Row::new(&[17], "fills the disk", include_str!("../programs/fills_the_disk.rs"), Ends::Fails("limit"))
        .limits("files_mib = 1"),
    Row::new(&[17], "fills the disk with names", program!("fills_with_files"), Ends::Denied)
        .limits("files_mib = 1")
        .patient(),
    Row::new(&[18], "descriptors and socket buffers", program!("descriptors"), Ends::Fails("wrong_exit"))
        .limits("open_files = 128"),
    Row::new(&[19], "spins", include_str!("../programs/spins.rs"), Ends::Fails("limit"))
        .patient()
        .limits("cpu_s = 1"),
    Row::new(
        &[20],
        "sleeps for ever",
        include_str!("../programs/hostile/never_ends.rs"),
        Ends::Fails("still_running"),
    )
    .steps(MARKED),
    Row::new(
        &[21],
        "floods its output",
        include_str!("../programs/hostile/floods_both.rs"),
        Ends::Fails("limit"),
    )
    .steps(MARKED)
    .limits("output_kib = 256"),
    Row::new(&[45], "huge arguments", program!("huge_arguments"), Ends::Denied),
    Row::new(&[46], "timers", program!("timers"), Ends::Fails("crashed")).patient(),
    Row::new(&[47], "a core file", program!("aborts_large"), Ends::Fails("crashed")).patient(),
];

const MARKED: &str = r#"{ start = "demo", args = ["MARK"] }, { expect_exit = "demo", code = 0 },"#;
