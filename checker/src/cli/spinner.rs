//! Processes that keep processors busy, to see whether verdicts stay the same beside them.

use std::io;
use std::process::{Child, Command, Stdio};

use super::exit::Stop;
use crate::sandbox::die_with_parent;

/// The hidden first argument that makes the binary a spinner.
pub const ARGUMENT: &str = "__spinner";

/// Spinners; they end with this value.
#[derive(Debug)]
pub struct Spinners(Vec<Child>);

pub fn start(count: u32) -> Result<Spinners, Stop> {
    let mut spinners = Spinners(Vec::new());
    for _ in 0..count {
        spinners.0.push(spin().map_err(Stop::fault)?);
    }
    Ok(spinners)
}

fn spin() -> io::Result<Child> {
    Command::new("/proc/self/exe")
        .args([ARGUMENT, &std::process::id().to_string()])
        .stdin(Stdio::null())
        .spawn()
}

impl Drop for Spinners {
    fn drop(&mut self) {
        for child in &mut self.0 {
            // It may be gone already.
            drop(child.kill().and_then(|()| child.wait()));
        }
    }
}

/// Spins until the checker ends.
pub fn main(checker: u32) -> ! {
    if die_with_parent(checker).is_err() {
        std::process::exit(3);
    }
    loop {
        std::hint::spin_loop();
    }
}
