//! How many scenarios may be under way at a time.

use std::fs;

/// For each processor: most scenarios wait for something most of the time.
const A_PROCESSOR: usize = 8;
/// For each processor, as many more as there is memory for: in a class there are programs that sleep in each
/// scenario, and those are not to keep others from processors that have nothing to do.
const MORE_A_PROCESSOR: usize = 24;

/// So many, on a machine with so many processors. A program may take `memory_mib`.
pub fn count(processors: usize, memory_mib: u32, scenarios: usize) -> usize {
    let usual = processors * A_PROCESSOR;
    if scenarios <= usual {
        return scenarios;
    }
    let room = available_mib(&fs::read_to_string("/proc/meminfo").unwrap_or_default());
    (usual + more(processors, memory_mib, room)).min(scenarios)
}

/// Also if each of them takes all that it may, they leave half of what is available now.
fn more(processors: usize, memory_mib: u32, available_mib: u64) -> usize {
    let room = available_mib / 2 / u64::from(memory_mib.max(1));
    usize::try_from(room).unwrap_or(usize::MAX).min(processors * MORE_A_PROCESSOR)
}

/// What proc(5) says of `MemAvailable`; 0 where it says nothing.
fn available_mib(meminfo: &str) -> u64 {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemAvailable:"));
    let kib = line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok());
    kib.unwrap_or(0) / 1024
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_only_where_there_is_memory() {
        assert_eq!(more(2, 512, 2048), 2);
        assert_eq!(more(2, 512, 1 << 20), 48);
        assert_eq!(more(2, 512, 0), 0);
    }

    #[test]
    fn no_more_than_there_are() {
        assert_eq!(count(2, 512, 3), 3);
        assert!((16..=64).contains(&count(2, 512, 1000)));
    }

    #[test]
    fn what_is_available_is_told_in_kib() {
        let text = "MemTotal:       16316412 kB\nMemFree:          123 kB\nMemAvailable:    8388608 kB\n";
        assert_eq!(available_mib(text), 8192);
        assert_eq!(available_mib("MemTotal: 1 kB\n"), 0);
    }
}
