//! What a program's processes use up together.

use std::fs;
use std::io::ErrorKind;

use super::limits::{Limits, Over};
use super::tree::Stat;

/// The limit that the processes of a program have reached, if any.
pub(super) fn over(limits: &Limits, processes: &[Stat]) -> Option<Over> {
    // One that has ended still counts, until its parent waits for it.
    let tasks: u32 = processes.iter().map(|process| process.threads.max(1)).sum();
    if tasks > limits.processes {
        return Some(Over::Processes);
    }
    let limit_kib = u64::from(limits.memory_mib) * 1024;
    // Resident memory counts shared pages once for each process: an upper bound that costs little.
    let at_most: u64 = processes.iter().map(|process| process.rss_kib).sum();
    (at_most > limit_kib && exact_kib(processes) > limit_kib).then_some(Over::Memory)
}

/// Every page divided by the number of processes that share it, without those that merely mirror a
/// file on disk. Walks page tables: about 1 ms for each 100 MiB.
fn exact_kib(processes: &[Stat]) -> u64 {
    processes.iter().map(own_kib).sum()
}

fn own_kib(process: &Stat) -> u64 {
    match fs::read_to_string(format!("/proc/{}/smaps_rollup", process.pid)) {
        Ok(text) => parse_rollup(&text).unwrap_or(process.rss_kib),
        // It made itself unreadable: then the bound has to do.
        Err(error) if error.kind() == ErrorKind::PermissionDenied => process.rss_kib,
        // It has ended since, and gave everything back.
        Err(_) => 0,
    }
}

fn parse_rollup(text: &str) -> Option<u64> {
    let field = |name: &str| -> Option<u64> {
        let rest = text.lines().find_map(|line| line.strip_prefix(name))?;
        rest.split_ascii_whitespace().next()?.parse().ok()
    };
    Some(field("Pss_Anon:")? + field("Pss_Shmem:")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_on_disk_do_not_count() {
        let text = "00400000-7ffd ---p 00000000 00:00 0 [rollup]\nRss:  900 kB\nPss:  800 kB\nPss_Anon: 300 kB\n\
                    Pss_File:  400 kB\nPss_Shmem:  100 kB\n";
        assert_eq!(parse_rollup(text), Some(400));
        assert_eq!(parse_rollup("Rss: 1 kB\n"), None);
    }
}
