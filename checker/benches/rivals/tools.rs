//! Public tools, found or installed.

use std::process::{Command, Stdio};

use crate::workshop::Workshop;

/// A tool that comes as a Rust package.
#[derive(Debug)]
pub struct Tool {
    package: &'static str,
    /// Installed where none is found. Pinned, so that the table can be made again.
    version: &'static str,
    /// Prints its version, if it is there.
    probe: &'static [&'static str],
}

pub const HYPERFINE: Tool =
    Tool { package: "hyperfine", version: "1.20.0", probe: &["hyperfine", "--version"] };
pub const RUSTLINGS: Tool =
    Tool { package: "rustlings", version: "6.5.0", probe: &["rustlings", "--version"] };
pub const NEXTEST: Tool =
    Tool { package: "cargo-nextest", version: "0.9.143", probe: &["cargo", "nextest", "--version"] };

#[derive(Debug)]
pub struct Tools<'a> {
    workshop: &'a Workshop,
    install: bool,
}

impl<'a> Tools<'a> {
    pub fn new(workshop: &'a Workshop, install: bool) -> Self {
        Tools { workshop, install }
    }

    /// The tool's version, once it can be called by its name.
    ///
    /// # Errors
    /// It is not here and can't be installed: why, in one line.
    pub fn ready(&self, tool: &Tool) -> Result<String, String> {
        if let Ok(version) = self.workshop.first_line(tool.probe) {
            return Ok(version);
        }
        if !self.install {
            return Err(format!("{} is not installed", tool.package));
        }
        eprintln!("rivals: installing {} {} below target/rivals/tools", tool.package, tool.version);
        let root = self.workshop.tools();
        // With all that `cargo bench` was given: a proxy or a mirror of the registry, say.
        let mut cargo = Command::new("cargo");
        cargo.args(["install", "--quiet", "--locked", tool.package, "--version", tool.version, "--root"]);
        cargo.arg(&root).arg("--target-dir").arg(root.join("target"));
        let output = cargo.stdin(Stdio::null()).output();
        let output = output.map_err(|error| format!("can't start cargo: {error}"))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            let why = said.lines().find(|line| line.starts_with("error")).unwrap_or("cargo install failed");
            return Err(format!("{} {} can't be installed: {why}", tool.package, tool.version));
        }
        self.workshop.first_line(tool.probe)
    }
}
