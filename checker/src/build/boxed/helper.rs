//! The helper process: from a job on its stdin to an answer, and the program, on its stdout.

use std::io::{self, BufRead, Write};
use std::process::ExitCode;

use super::job::{Answer, End, Job, Task};
use super::{alone, together};

/// The hidden first argument that makes the binary such a helper.
pub const ARGUMENT: &str = "__compile";

/// Runs as a helper of the checker whose process number is `checker`.
pub fn main(checker: u32) -> ExitCode {
    if crate::sandbox::die_with_parent(checker).is_err() {
        return ExitCode::from(3);
    }
    let mut line = Vec::new();
    let read = io::stdin().lock().read_until(b'\n', &mut line);
    let Some(job) = read.ok().and_then(|_| serde_json::from_slice::<Job>(&line).ok()) else {
        eprintln!("{ARGUMENT} is for the checker's own use: it reads a job from standard input");
        return ExitCode::from(2);
    };
    // Should it hang by a fault of its own, or over a text that is hard to read.
    nix::unistd::alarm::set(match job.task {
        Task::Alone(_) => job.budget_s.saturating_mul(8).saturating_add(60),
        Task::Together(_) => job.budget_s.saturating_add(30),
    });
    let (answer, program) = compile(&job).unwrap_or_else(|end| (Answer::of(end), Vec::new()));
    match tell(&answer, &program) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(3),
    }
}

fn tell(answer: &Answer, program: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, answer)?;
    out.write_all(b"\n")?;
    out.write_all(program)?;
    out.flush()
}

fn compile(job: &Job) -> Result<(Answer, Vec<u8>), End> {
    match &job.task {
        Task::Alone(program) => alone::compile(job, program),
        Task::Together(programs) => together::compile(job, programs),
    }
}
