//! On what it was measured.

use std::fs;
use std::thread;

use crate::checkers::Checker;
use crate::workshop::Workshop;

/// The machine, the system, the tools: a line for each.
pub fn lines(
    workshop: &Workshop,
    checkers: &[Checker],
    hyperfine: Result<&str, &String>,
) -> Result<String, String> {
    let stopwatch = hyperfine.map_or_else(|why| format!("its own clock ({why})"), str::to_owned);
    let mut lines = vec![
        format!("machine   {}, {} processors at a time", processor(), processors()),
        format!("system    {}", workshop.first_line(&["uname", "-srm"])?),
        format!(
            "Rust      {}; {}",
            workshop.first_line(&["rustc", "-V"])?,
            workshop.first_line(&["cargo", "-V"])?
        ),
        format!("measured  by {stopwatch}"),
    ];
    lines.extend(checkers.iter().map(|checker| format!("{:<9} {}", checker.name, checker.origin)));
    Ok(lines.join("\n"))
}

/// How many run at the same time.
pub fn processors() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

fn processor() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    name.map_or("an unknown processor", |(_, name)| name.trim()).to_owned()
}
