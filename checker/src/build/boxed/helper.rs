//! The helper process: from a job on its stdin to an answer, and the program, on its stdout.

use std::io::{self, BufRead, Write};
use std::path::Path;
use std::process::{Command, ExitCode};
use std::sync::OnceLock;
use std::time::Duration;

use super::job::{Answer, End, Job};
use super::{sources, watch};
use crate::build::compiler::{Link, Setting};
use crate::build::linker::Linker;
use crate::build::toolchain::Toolchain;
use crate::sandbox::limits::Limits;
use crate::sandbox::{Workshop, workshop};

/// The hidden first argument that makes the binary such a helper.
pub const ARGUMENT: &str = "__compile";

/// 512 MiB was the least in which a compilation was seen to work.
const ADDRESS_SPACE: u64 = 4 << 30;
const PROCESSES: u32 = 64;
/// Of all processes of the compiler together.
const MEMORY_MIB: u32 = 2048;
/// All that it writes, and the largest file.
const FILES_MIB: u32 = 256;
const OPEN_FILES: u32 = 512;
/// The largest program, and the largest list of files read, in bytes.
const PROGRAM: u64 = 64 << 20;
const LIST: u64 = 1 << 20;

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
    // Should it hang by a fault of its own.
    nix::unistd::alarm::set(job.budget_s.saturating_mul(8).saturating_add(60));
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
    let fault = |error: &dyn ToString| End::Fault(error.to_string());
    let folder = job.recipe.folder.strip_prefix(workshop::FILES).unwrap_or(Path::new("")).join("src");
    let files: Vec<_> = sources::read(&job.src)
        .map_err(|(path, trouble)| End::NoSource { path: Path::new("src").join(path), trouble })?
        .into_iter()
        .map(|(path, content)| (folder.join(path), content))
        .collect();
    let has_library = files.iter().any(|(path, _)| *path == folder.join("lib.rs"));
    let mut workshop = Workshop::enter(limits(job.budget_s), ADDRESS_SPACE, &job.sysroot, &files)
        .map_err(|error| fault(&error))?;
    // Copied: what is left of them is in the box.
    drop(files);
    let toolchain = toolchain(job.linker.clone());
    let started = OnceLock::new();
    let setting = |out| Setting {
        toolchain: &toolchain,
        words: job.words,
        out: Path::new(out),
        // Made by an earlier compilation, it would be a way from one submission to the next.
        incremental: None,
        budget: Duration::from_secs(u64::from(job.budget_s) * 2),
        started: &started,
    };
    // Apart: the library may be called as the program is.
    let (for_library, setting) = (setting(LIBRARY), setting(OUT));
    for name in ["out", "library"] {
        workshop.make_dir(name).map_err(|error| fault(&error))?;
    }
    let rlib = job.recipe.rlib(&for_library);
    let library = has_library.then(|| job.recipe.library_command(&for_library));
    let program = |link| job.recipe.program_command(&setting, has_library.then_some(&*rlib), link);
    let mut answer = Answer::of(End::Done);
    let mut run = |mut command: Command| {
        command.env("PATH", "/usr/bin:/bin").env("HOME", workshop::OUT).env("TMPDIR", workshop::OUT);
        watch::run(&mut workshop, &command, setting.budget).map_err(|error| fault(&error))
    };
    for command in library.into_iter().chain([program(Link::Directly)]) {
        let mut told = run(command)?;
        if told.0 == End::Errors && toolchain.is_to_link_again(&told.1) {
            told = run(program(Link::AsUsual))?;
        }
        let (end, said) = told;
        answer.said.push_str(&String::from_utf8_lossy(&said));
        if end != End::Done {
            answer.end = end;
            return Ok((answer, Vec::new()));
        }
    }
    let lists = job.recipe.lists(&for_library, &setting);
    let lists = lists.iter().filter_map(|path| workshop.result(path, LIST).ok());
    answer.outside = lists.flat_map(|list| job.recipe.outside_by(&String::from_utf8_lossy(&list))).collect();
    let program = match workshop.result(&job.recipe.binary(&setting), PROGRAM) {
        Ok(program) => program,
        Err(error) => {
            answer.said.push_str(&format!("error: the program that was made can't be taken: {error}\n"));
            answer.end = End::Errors;
            Vec::new()
        }
    };
    answer.program = program.len() as u64;
    Ok((answer, program))
}

/// Below [`workshop::OUT`], beside the temporary files.
const OUT: &str = "/work/out";
const LIBRARY: &str = "/work/library";

fn limits(budget_s: u32) -> Limits {
    Limits {
        processes: PROCESSES,
        memory_mib: MEMORY_MIB,
        files_mib: FILES_MIB,
        cpu_s: budget_s,
        open_files: OPEN_FILES,
    }
}

/// As it is inside.
fn toolchain(linker: Option<Linker>) -> Toolchain {
    Toolchain { rustc: Path::new(workshop::TOOLS).join("bin/rustc"), version: String::new(), linker }
}
