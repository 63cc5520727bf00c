//! Plain compilation: the compiler itself, as many at a time as there are processors, and nothing else.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use crate::files;
use crate::machine;
use crate::programs::{Programs, Unit};
use crate::workshop::Workshop;

/// What a plain compilation may choose. All make the same programs, checked for overflow as `cargo build` has
/// them, whole (std inside), by the stable compiler with its own linker.
const FLAGS: [&[&str]; 6] = [
    &["-Cdebuginfo=0", "-Cstrip=none", "-Ccodegen-units=1"],
    &["-Cdebuginfo=0", "-Cstrip=none", "-Ccodegen-units=16"],
    &["-Cdebuginfo=0", "-Cstrip=debuginfo", "-Ccodegen-units=1"],
    &["-Cdebuginfo=0", "-Cstrip=debuginfo", "-Ccodegen-units=4"],
    &["-Cdebuginfo=0", "-Cstrip=debuginfo", "-Ccodegen-units=16"],
    &["-Cdebuginfo=0", "-Cstrip=symbols", "-Ccodegen-units=1"],
];

/// How often each is tried.
const TRIES: usize = 3;

#[derive(Debug)]
pub struct Plain<'a> {
    workshop: &'a Workshop,
    /// The toolchain's own, not rustup's proxy.
    rustc: PathBuf,
    pub flags: &'static [&'static str],
}

impl<'a> Plain<'a> {
    /// With those flags with which the reference solutions are compiled fastest here.
    pub fn best(workshop: &'a Workshop, course: &Path) -> Result<Self, String> {
        let sysroot = workshop.first_line(&["rustc", "--print", "sysroot"])?;
        let rustc = Path::new(&sysroot).join("bin/rustc");
        let solutions = Programs::of_solutions(course)?;
        let mut tried = FLAGS.map(|flags| (f64::INFINITY, flags));
        for _ in 0..TRIES {
            for (best, flags) in &mut tried {
                let plain = Plain { workshop, rustc: rustc.clone(), flags };
                *best = best.min(plain.compile(&solutions)?);
            }
        }
        let best = tried.into_iter().min_by(|a, b| a.0.total_cmp(&b.0));
        let flags = best.map_or(FLAGS[0], |(_, flags)| flags);
        Ok(Plain { workshop, rustc, flags })
    }

    /// Compiles all, libraries first; milliseconds.
    ///
    /// # Errors
    /// One does not compile: what the compiler said.
    pub fn compile(&self, programs: &Programs) -> Result<f64, String> {
        let out = self.workshop.folder.join("plain");
        files::fresh(&out)?;
        for folder in ["libraries", "binaries"] {
            let units = if folder == "libraries" { &programs.libraries } else { &programs.binaries };
            (0..units.len()).try_for_each(|number| files::make(&place(&out, folder, number)))?;
        }
        let began = Instant::now();
        side_by_side(&programs.libraries, |number, unit| {
            self.one(unit, &place(&out, "libraries", number), None, programs.may_fail)
        })?;
        side_by_side(&programs.binaries, |number, unit| {
            let library = unit.library.map(|library| place(&out, "libraries", library));
            self.one(unit, &place(&out, "binaries", number), library, programs.may_fail)
        })?;
        let ms = began.elapsed().as_secs_f64() * 1000.0;
        // At once: what is not yet written to the disk would be, while the next one is measured.
        files::remove(&out)?;
        Ok(ms)
    }

    fn one(&self, unit: &Unit, out: &Path, library: Option<PathBuf>, may_fail: bool) -> Result<(), String> {
        let kind = if unit.is_library { "lib" } else { "bin" };
        let mut rustc = self.workshop.command(&self.rustc);
        rustc.args(["--edition=2024", "--emit=link", "--crate-type", kind, "--crate-name", &unit.name]);
        rustc.args(["-Copt-level=0", "-Cembed-bitcode=no"]).args(self.flags);
        rustc.env("CARGO_PKG_NAME", &unit.package).env("CARGO_PKG_VERSION", "0.1.0");
        rustc.arg("--out-dir").arg(out).arg(&unit.main);
        if let Some(folder) = library {
            let rlib = folder.join(format!("lib{}.rlib", unit.package));
            rustc.arg("--extern").arg(format!("{}={}", unit.package, rlib.display()));
        }
        let output = rustc.stdin(Stdio::null()).output();
        let output = output.map_err(files::failed("starting", &self.rustc))?;
        if output.status.success() || may_fail {
            return Ok(());
        }
        Err(format!("{} does not compile\n{}", unit.main.display(), String::from_utf8_lossy(&output.stderr)))
    }
}

fn place(out: &Path, folder: &str, number: usize) -> PathBuf {
    out.join(folder).join(number.to_string())
}

/// Does it for all units, as many at a time as there are processors.
fn side_by_side(
    units: &[Unit],
    work: impl Fn(usize, &Unit) -> Result<(), String> + Sync,
) -> Result<(), String> {
    let next = AtomicUsize::new(0);
    let failed: Mutex<Option<String>> = Mutex::new(None);
    thread::scope(|scope| {
        for _ in 0..machine::processors() {
            scope.spawn(|| {
                while let number = next.fetch_add(1, Ordering::Relaxed)
                    && let Some(unit) = units.get(number)
                {
                    if let Err(why) = work(number, unit) {
                        *failed.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = Some(why);
                        next.store(units.len(), Ordering::Relaxed);
                    }
                }
            });
        }
    });
    failed.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner()).map_or(Ok(()), Err)
}
