//! The programs of a scenario: opened as the user who built them, copied to where they run.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::error::{At, SandboxError};
use super::step::Step;

/// Opened programs. A copy, not a bind: permission bits, mount options and later builds of the
/// original can't reach it, and the folder it came from may be closed to the sandbox's user.
#[derive(Debug)]
pub(super) struct Programs {
    opened: Vec<(String, File)>,
}

impl Programs {
    pub(super) fn open(programs: &[(String, PathBuf)]) -> Result<Self, SandboxError> {
        let open = |(name, path): &(String, PathBuf)| {
            let file = File::open(path).map_err(|error| named(path, &error)).at(Step::OpenProgram)?;
            Ok((name.clone(), file))
        };
        Ok(Programs { opened: programs.iter().map(open).collect::<Result<_, SandboxError>>()? })
    }

    /// What they take up together, in bytes.
    pub(super) fn size(&self) -> io::Result<u64> {
        self.opened.iter().map(|(_, file)| Ok(file.metadata()?.len())).sum()
    }

    /// Writes them to a new folder `dir`. No descriptor that could write to them is left open, since
    /// the kernel executes no such file.
    pub(super) fn copy_to(mut self, dir: &Path) -> Result<(), SandboxError> {
        fs::create_dir(dir).at(Step::CopyProgram)?;
        for (name, from) in &mut self.opened {
            let path = dir.join(&*name);
            let mut to = OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(0o700)
                .open(&path)
                .at(Step::CopyProgram)?;
            io::copy(from, &mut to).at(Step::CopyProgram)?;
            to.set_permissions(Permissions::from_mode(0o555)).at(Step::CopyProgram)?;
        }
        Ok(())
    }
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
