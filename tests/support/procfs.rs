//! What lives on this machine, by a mark that a test gave to its processes.

use std::fs;
use std::time::{Duration, Instant};

/// How long a process may take to appear, or to be gone.
const PATIENCE: Duration = Duration::from_secs(30);
/// /proc tells nobody when it changes: it is looked at again so often.
const AGAIN: Duration = Duration::from_millis(5);

/// A word that no other process of this machine has in its arguments or environment.
pub fn mark(test: &str) -> String {
    format!("mark-{test}-{}", std::process::id())
}

/// Whether a process with the mark lives, beside this one. Those that have ended don't live, though nobody
/// may have taken notice yet.
pub fn lives(mark: &str) -> bool {
    !marked(mark).is_empty()
}

fn marked(mark: &str) -> Vec<String> {
    let own = std::process::id().to_string();
    let pids =
        fs::read_dir("/proc").unwrap().flatten().filter_map(|entry| entry.file_name().into_string().ok());
    pids.filter(|pid| *pid != own && pid.bytes().all(|byte| byte.is_ascii_digit()) && has(pid, mark))
        .collect()
}

/// A zombie has neither arguments nor environment.
fn has(pid: &str, mark: &str) -> bool {
    ["cmdline", "environ"].iter().any(|file| {
        let content = fs::read(format!("/proc/{pid}/{file}")).unwrap_or_default();
        content.windows(mark.len()).any(|window| window == mark.as_bytes())
    })
}

/// Children of a process that have ended, and whom it has not buried, of those that run a binary as `/proc/self/exe`.
pub fn unburied(parent: u32) -> usize {
    let stats = fs::read_dir("/proc").unwrap().flatten().map(|entry| entry.path().join("stat"));
    let parent = parent.to_string();
    // See proc_pid_stat(5): name, state and parent.
    let is_one = |stat: &String| {
        let fields = stat.split_once(" (exe) ").map(|(_, rest)| rest.split(' '));
        fields.is_some_and(|mut fields| fields.next() == Some("Z") && fields.next() == Some(&parent))
    };
    stats.filter_map(|file| fs::read_to_string(file).ok()).filter(is_one).count()
}

/// Returns when a process with the mark lives.
#[track_caller]
pub fn wait_until_alive(mark: &str) {
    eventually(&format!("a process with {mark} lives"), || lives(mark));
}

/// Returns when the parent of a process with the mark is stopped.
#[track_caller]
pub fn wait_until_parent_is_stopped(mark: &str) {
    let field = |pid: &str, name: &str| {
        let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        status.lines().find_map(|line| Some(line.strip_prefix(name)?.trim().to_owned())).unwrap_or_default()
    };
    let is_stopped = |pid: &String| field(&field(pid, "PPid:"), "State:").starts_with('T');
    eventually(&format!("the parent of {mark} is stopped"), || marked(mark).iter().any(is_stopped));
}

/// Returns when no process with the mark lives.
#[track_caller]
pub fn wait_until_gone(mark: &str) {
    eventually(&format!("no process with {mark} lives"), || !lives(mark));
}

/// Returns when `is_so`.
#[track_caller]
pub fn eventually(what: &str, is_so: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < PATIENCE, "not so after {PATIENCE:?}: {what}");
        std::thread::park_timeout(AGAIN);
    }
}
