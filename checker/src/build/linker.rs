//! The toolchain's own linker, called by the compiler itself.
//!
//! By default the compiler asks `cc` to link, which asks `collect2`, which asks a wrapper around the linker: a
//! third of the time that linking takes. What `cc` would add to the linker's arguments is asked once, and then
//! given directly. Where anything about that is not as it is known here, the compiler links as it likes; and so it
//! does again where the direct way fails, so that its words are always the usual ones.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::linking::{Ahead, Prepared, Unwinder, unwinder};
use super::process;
use super::stamp::Stamp;

/// Targets for which the compiler's default is the linker that it brings along: the same one is called here.
const TARGETS: [&str; 1] = ["x86_64-unknown-linux-gnu"];

/// Less work for the linker: the order of strings is not optimized, and small programs gain nothing by threads.
const QUICK: [&str; 2] = ["-O0", "--threads=1"];

/// For the program that is tried.
const TRIAL: Duration = Duration::from_secs(20);

/// How to link without `cc`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Linker {
    /// Below the toolchain's folder.
    program: PathBuf,
    arguments: Vec<String>,
    /// Whether it can be started before there is anything to link, see [`super::linking`].
    ahead: bool,
    /// For programs that it links then, or is told to.
    unwinder: Option<Unwinder>,
}

impl Linker {
    /// That of the toolchain in the folder `sysroot`, whose compiler has told its `version`. A small program is
    /// compiled with it below `scratch`, and run: None where that fails.
    pub fn find(sysroot: &Path, version: &str, scratch: &Path) -> Option<Self> {
        let host = version.lines().find_map(|line| line.strip_prefix("host: "))?;
        let target = TARGETS.iter().find(|target| **target == host)?;
        let program = Path::new("lib/rustlib").join(target).join("bin/rust-lld");
        let asked = Command::new("cc")
            .args(["-pie", "-nodefaultlibs", OBJECTS, "-###"])
            .env("LC_ALL", "C")
            .output()
            .ok()?;
        let arguments = arguments(&String::from_utf8_lossy(&asked.stderr))?;
        // The quickest first.
        let mut ways = vec![(true, Unwinder::find(&arguments)), (true, None), (false, None)];
        ways.dedup();
        let linker = |(ahead, unwinder)| Linker {
            program: program.clone(),
            arguments: arguments.clone(),
            ahead,
            unwinder,
        };
        ways.into_iter().map(linker).find(|linker| linker.works(sysroot, scratch))
    }

    /// The linker itself, where it can be started ahead; `sysroot` is the toolchain's folder.
    pub fn ahead(&self, sysroot: &Path) -> Option<Ahead> {
        let (program, unwinder) = (sysroot.join(&self.program), self.unwinder.clone());
        self.ahead.then_some(Ahead { program, unwinder })
    }

    /// The files without which it can't work.
    pub fn stamps(&self, sysroot: &Path) -> Vec<Stamp> {
        let objects = self.arguments.iter().filter(|argument| is_object(argument)).map(PathBuf::from);
        let archives = self.unwinder.iter().flat_map(Unwinder::archives).cloned();
        let files = objects.chain(archives).chain([sysroot.join(&self.program)]);
        files.filter_map(|path| Stamp::of(&path)).collect()
    }

    /// Has it find the unwinder, for what is linked in, first in a folder; the name and the text of the file that has
    /// to be there. None: programs share it.
    pub fn look_for_unwinder_in(&mut self, folder: &Path) -> Option<(&'static str, String)> {
        let script = self.unwinder.as_ref()?.script();
        self.arguments.insert(0, format!("-L{}", folder.display()));
        Some((unwinder::NAME, script))
    }

    /// The compiler's flags for calling it; `sysroot` is where the toolchain's folder is for the compiler.
    pub fn flags(&self, sysroot: &Path) -> Vec<String> {
        self.flags_for(&sysroot.join(&self.program))
    }

    /// The compiler's flags for calling this process in its place: by this name it is there even when its file was
    /// replaced meanwhile.
    pub fn flags_ahead(&self) -> Vec<String> {
        self.flags_for(&PathBuf::from(format!("/proc/{}/exe", std::process::id())))
    }

    fn flags_for(&self, program: &Path) -> Vec<String> {
        let call = [format!("-Clinker={}", program.display()), "-Clinker-flavor=ld.lld".to_owned()];
        let quick = QUICK.iter().map(|argument| (*argument).to_owned());
        let arguments = self.arguments.iter().cloned().chain(quick);
        call.into_iter().chain(arguments.map(|argument| format!("-Clink-arg={argument}"))).collect()
    }

    fn works(&self, sysroot: &Path, scratch: &Path) -> bool {
        /// Reaches into the libraries that every program is linked with.
        const PROGRAM: &str = "fn main() {
            let caught = std::panic::catch_unwind(|| std::panic::resume_unwind(Box::new(())));
            std::process::exit(if caught.is_err() { 42 } else { 1 });
        }";
        let tried = || -> io::Result<bool> {
            let folder = tempfile::tempdir_in(scratch)?;
            let (source, made) = (folder.path().join("trial.rs"), folder.path().join("trial"));
            fs::write(&source, PROGRAM)?;
            let (mut compiler, started) = (Command::new(sysroot.join("bin/rustc")), OnceLock::new());
            let ended = match self.ahead(sysroot) {
                Some(linker) => {
                    trial(compiler.args(self.flags_ahead()), &made, &source);
                    let prepared = Prepared::new(linker, folder.path(), &mut compiler)?;
                    process::run_linking(compiler, prepared, TRIAL, &started, None)?
                }
                None => {
                    trial(compiler.args(self.flags(sysroot)), &made, &source);
                    process::run(&mut compiler, TRIAL, &started)?
                }
            };
            let compiled = ended.status.is_some_and(|status| status.success());
            // A copy, as whatever is run later: the linker, which is not waited for, may have the file itself still open
            // for writing, and the kernel executes no such file.
            let copy = folder.path().join("copy");
            Ok(compiled && fs::copy(&made, &copy).is_ok() && status(&copy)? == Some(42))
        };
        tried().unwrap_or(false)
    }
}

/// Runs a program that has just been written. A process that another thread starts meanwhile has the file open for
/// writing too, until it executes something.
fn status(program: &Path) -> io::Result<Option<i32>> {
    let deadline = Instant::now() + TRIAL;
    loop {
        match Command::new(program).output() {
            Err(error) if error.kind() == io::ErrorKind::ExecutableFileBusy && Instant::now() < deadline => {
                thread::yield_now();
            }
            ran => return Ok(ran?.status.code()),
        }
    }
}

fn trial(compiler: &mut Command, made: &Path, source: &Path) {
    compiler.args(["-Cstrip=symbols", "-o"]).args([made, source]);
}

/// Whether the compiler's words, in a compilation that failed, are about linking.
pub fn is_at_fault(said: &[u8]) -> bool {
    memchr::memmem::find(said, b"linking with `").is_some()
}

/// Stands for what is linked: a file that is there, so that `cc` does not complain.
const OBJECTS: &str = "/dev/null";

fn is_object(argument: &str) -> bool {
    Path::new(argument).extension().is_some_and(|kind| kind == "o")
}

/// What `cc -###` says it would add, of that which the compiler does not give itself. None where that is not
/// told as gcc tells it, or something unknown is among it.
fn arguments(told: &str) -> Option<Vec<String>> {
    let line = told.lines().map(str::trim).find(|line| {
        line.split_once(' ').is_some_and(|(program, _)| program.trim_matches('"').ends_with("/collect2"))
    })?;
    let mut words = line.split_ascii_whitespace().map(|word| word.trim_matches('"')).skip(1);
    let mut kept: Vec<String> = Vec::new();
    let mut keep = |words: &[&str]| kept.extend(words.iter().map(|word| (*word).to_owned()));
    while let Some(word) = words.next() {
        match word {
            "-m" | "-dynamic-linker" => keep(&[word, words.next()?]),
            // The compiler's own affair, or of no use to it.
            "-plugin" | "-z" => drop(words.next()?),
            "-pie" | "--build-id" | "--eh-frame-hdr" | "--as-needed" | "--no-add-needed" | OBJECTS => {}
            _ if word.starts_with("-plugin-opt=") => {}
            _ if word.starts_with("--hash-style=") || word.starts_with("-L") || is_object(word) => {
                keep(&[word]);
            }
            _ => return None,
        }
    }
    Some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As gcc 12 of Debian tells it, shortened.
    const TOLD: &str = "Using built-in specs.\nCOLLECT_GCC=cc\n /usr/lib/gcc/collect2 -plugin /usr/lib/lto.so \
        \"-plugin-opt=-fresolution=/tmp/x.res\" --build-id --eh-frame-hdr -m elf_x86_64 \"--hash-style=gnu\" \
        --as-needed -dynamic-linker /lib64/ld.so -pie -z now /lib/Scrt1.o /lib/crti.o /gcc/crtbeginS.o -L/gcc \
        /dev/null /gcc/crtendS.o /lib/crtn.o\nCOLLECT_GCC_OPTIONS='-pie'\n";

    #[test]
    fn what_cc_adds_is_kept_in_its_order() {
        let wanted = "-m elf_x86_64 --hash-style=gnu -dynamic-linker /lib64/ld.so /lib/Scrt1.o /lib/crti.o \
            /gcc/crtbeginS.o -L/gcc /gcc/crtendS.o /lib/crtn.o";
        assert_eq!(
            arguments(TOLD).unwrap().join(" "),
            wanted.split_whitespace().collect::<Vec<_>>().join(" ")
        );
    }

    #[test]
    fn what_is_not_known_leaves_linking_to_cc() {
        assert_eq!(arguments(&TOLD.replace("-pie", "-pie --wrap=malloc")), None);
        assert_eq!(arguments(&TOLD.replace("collect2", "ld")), None, "another compiler");
        assert_eq!(arguments("cc: not found"), None);
    }

    #[test]
    fn a_program_that_somebody_still_writes_is_run_when_they_are_done() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("true");
        fs::copy("/bin/true", &program).unwrap();
        let writer = fs::File::options().append(true).open(&program).unwrap();
        assert_eq!(Command::new(&program).output().unwrap_err().kind(), io::ErrorKind::ExecutableFileBusy);
        thread::scope(|scope| {
            let ran = scope.spawn(|| status(&program));
            drop(writer);
            assert_eq!(ran.join().unwrap().unwrap(), Some(0));
        });
    }
}
