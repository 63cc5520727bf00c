//! The compiler that is here.

use std::path::PathBuf;
use std::process::Command;

/// The toolchain's own compiler; a rustup proxy would cost some milliseconds at each call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toolchain {
    pub rustc: PathBuf,
    /// What `rustc -vV` prints: digested with the sources, so that another compiler compiles anew.
    pub version: String,
}

impl Toolchain {
    /// Asks the `rustc` that `cargo` would use: `$RUSTC`, or the one on the path.
    ///
    /// # Errors
    /// There is none, or it does not work: what, and the cure.
    pub fn find() -> Result<Self, String> {
        let rustc = std::env::var_os("RUSTC").map_or_else(|| PathBuf::from("rustc"), PathBuf::from);
        let cure = "install Rust from https://rustup.rs, open a new terminal, and try `rustc -V`";
        let said = Command::new(&rustc).args(["-vV", "--print", "sysroot"]).output().map_err(|error| {
            format!("can't start the Rust compiler `{}`: {error}; {cure}", rustc.display())
        })?;
        let text = String::from_utf8_lossy(&said.stdout).into_owned();
        if !said.status.success() {
            let why = String::from_utf8_lossy(&said.stderr);
            return Err(format!("the Rust compiler does not work: {}; {cure}", why.trim()));
        }
        let sysroot = text.lines().find(|line| line.starts_with('/')).map(PathBuf::from);
        let own = sysroot.map(|sysroot| sysroot.join("bin/rustc")).filter(|own| own.is_file());
        let version = text.lines().filter(|line| !line.starts_with('/')).collect::<Vec<_>>().join("\n");
        Ok(Toolchain { rustc: own.unwrap_or(rustc), version })
    }

    /// `rustc 1.95.0 (…)`.
    pub fn name(&self) -> &str {
        self.version.lines().next().unwrap_or_default()
    }
}
