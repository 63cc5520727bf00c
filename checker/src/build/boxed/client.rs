//! The checker's side of a helper: starts it, hands it the job, takes the answer and the program.

use std::fs::OpenOptions;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Component, Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::helper;
use super::job::{Answer, End, Job, Program, Task};
use crate::build::compiler::{Recipe, Setting};
use crate::build::modules;
use crate::build::outcome::BuildOutcome;
use crate::sandbox::workshop;

/// The longest answer, without the program: the compiler's words are bounded, a helper that was taken over is
/// not. In bytes.
const ANSWER: u64 = 8 << 20;
const PROGRAM: u64 = 64 << 20;

/// What a helper made of a job.
pub(crate) enum Made {
    /// A program, which stands in the setting's folder now, and what the compiler had to say all the same.
    Program {
        binary: PathBuf,
        said: String,
    },
    Not(BuildOutcome),
}

/// A recipe as it is in the box: below a course's folder where it is below the course's, in that folder itself
/// otherwise. Says nothing of the host.
pub(crate) fn placed(recipe: &Recipe) -> Recipe {
    let root = PathBuf::from(workshop::FILES);
    let below = recipe.folder.strip_prefix(&recipe.root).unwrap_or(Path::new(""));
    let plain = below.components().all(|part| matches!(part, Component::Normal(_)));
    let folder = if plain { root.join(below) } else { root.clone() };
    Recipe { root, folder, ..recipe.clone() }
}

/// Compiles in a box. `Err` is our own or the machine's trouble.
pub(crate) fn compile(recipe: &Recipe, setting: &Setting) -> Result<Made, String> {
    let inside = placed(recipe);
    let job = job(Task::Alone(program(recipe)), setting)?;
    let (answer, program) = ask(&job)?;
    let rendered = answer.said;
    Ok(Made::Not(match answer.end {
        End::Fault(message) => return Err(message),
        End::NoSource { path, trouble } => BuildOutcome::NoSource { path: recipe.shown(&path), trouble },
        End::TooLong => BuildOutcome::TooLong { rendered },
        End::TooMuch => BuildOutcome::TooMuch { rendered },
        End::Errors => BuildOutcome::Errors { rendered },
        End::Done => match answer.outside.first() {
            Some(path) => BuildOutcome::NoSource {
                path: inside.shown(path),
                trouble: "the program is made from this file too, and it is not in src".into(),
            },
            None => {
                let binary = recipe.binary(setting);
                write(&binary, &program)
                    .map_err(|error| format!("can't write {}: {error}; make room", binary.display()))?;
                return Ok(Made::Program { binary, said: rendered });
            }
        },
    }))
}

/// Compiles programs of one submission in one box and one crate. Those for which that succeeds, by number, with
/// their binaries in the setting's folder; each of the others can still be compiled alone.
pub(crate) fn compile_together(
    recipes: &[&Recipe],
    setting: &Setting,
) -> Result<Vec<(usize, PathBuf)>, String> {
    let programs = recipes.iter().map(|recipe| program(recipe)).collect();
    let (Answer { together, .. }, binary) = ask(&job(Task::Together(programs), setting)?)?;
    if together.iter().any(|&member| member >= recipes.len()) {
        return Err("a helper tells of programs that were not asked for".into());
    }
    let copies = modules::copies(binary, &together, setting.out)
        .map_err(|error| format!("can't write {}: {error}; make room", setting.out.display()))?;
    Ok(together.into_iter().zip(copies).collect())
}

fn program(recipe: &Recipe) -> Program {
    Program { recipe: placed(recipe), src: recipe.folder.join("src") }
}

fn job(task: Task, setting: &Setting) -> Result<Job, String> {
    let sysroot = setting.toolchain.sysroot().ok_or(
        "the compiler tells no folder of its own, so that it can't be put into a box; install Rust from https://rustup.rs",
    )?;
    Ok(Job {
        task,
        sysroot: sysroot.to_owned(),
        linker: setting.toolchain.linker.clone(),
        words: setting.words,
        budget_s: seconds(setting.budget),
    })
}

fn seconds(budget: Duration) -> u32 {
    u32::try_from(budget.as_secs()).unwrap_or(u32::MAX).max(1)
}

fn write(path: &Path, program: &[u8]) -> io::Result<()> {
    OpenOptions::new().write(true).create_new(true).mode(0o755).open(path)?.write_all(program)
}

fn ask(job: &Job) -> Result<(Answer, Vec<u8>), String> {
    let mut child = start().map_err(|error| format!("can't start a helper to compile: {error}"))?;
    let outcome = converse(&mut child, job);
    if outcome.is_err() {
        drop(child.kill());
    }
    let status = child.wait().map_err(|error| format!("a helper can't be waited for: {error}"))?;
    outcome.map_err(|error| format!("the helper that compiles ended without an answer ({status}): {error}"))
}

fn start() -> io::Result<Child> {
    // By this name it is there even when its file was replaced meanwhile.
    Command::new("/proc/self/exe")
        .arg0("checker")
        .args([helper::ARGUMENT, &std::process::id().to_string()])
        // The checker's environment may hold secrets; a helper needs none of it.
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
}

fn converse(child: &mut Child, job: &Job) -> io::Result<(Answer, Vec<u8>)> {
    let broken = || io::Error::from(io::ErrorKind::BrokenPipe);
    let mut text = serde_json::to_vec(job)?;
    text.push(b'\n');
    child.stdin.take().ok_or_else(broken)?.write_all(&text)?;
    let mut out = BufReader::new(child.stdout.take().ok_or_else(broken)?);
    let mut line = Vec::new();
    (&mut out).take(ANSWER).read_until(b'\n', &mut line)?;
    let answer: Answer = serde_json::from_slice(&line)?;
    let mut program = Vec::new();
    out.take(PROGRAM).read_to_end(&mut program)?;
    if program.len() as u64 != answer.program {
        return Err(broken());
    }
    Ok((answer, program))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recipe(folder: &str) -> Recipe {
        Recipe {
            root: "/home/ann/course".into(),
            folder: folder.into(),
            package: "demo".into(),
            program: "demo".into(),
            main: "src/main.rs".into(),
        }
    }

    #[test]
    fn inside_no_path_of_the_host_is_known() {
        for (folder, wanted, shown) in [
            ("/home/ann/course/exercises/01", "/course/exercises/01", "exercises/01/src/main.rs"),
            ("/tmp/staged/secret/01", "/course", "src/main.rs"),
            ("/home/ann/course/../x", "/course", "src/main.rs"),
        ] {
            let placed = placed(&recipe(folder));
            assert_eq!(placed.folder, Path::new(wanted));
            assert_eq!(placed.shown(&placed.main), Path::new(shown));
        }
    }
}
