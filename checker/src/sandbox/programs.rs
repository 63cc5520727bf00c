//! The programs of a scenario: opened as the user who built them, copied to where they run.

use std::fs::{File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use super::error::{At, SandboxError};
use super::step::Step;

/// Opened programs. A copy, not a bind: permission bits, mount options and later builds of the
/// original can't reach it, and the folder it came from may be closed to the sandbox's user.
#[derive(Debug)]
pub struct Programs {
    /// By name, which is that of a file.
    pub opened: Vec<(String, File)>,
}

impl Programs {
    /// What they take up together, in bytes.
    pub(super) fn size(&self) -> io::Result<u64> {
        self.opened.iter().map(|(_, file)| Ok(file.metadata()?.len())).sum()
    }

    /// Writes them to the empty folder `dir`. No descriptor that could write to them is left open, since
    /// the kernel executes no such file.
    pub(super) fn copy_to(mut self, dir: &Path) -> Result<(), SandboxError> {
        for (name, from) in &mut self.opened {
            let path = dir.join(&*name);
            let mut to = OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(0o700)
                .open(&path)
                .at(Step::CopyProgram)?;
            // Known beforehand how long it will be, it is kept in fewer and larger pages.
            let length = from.metadata().at(Step::CopyProgram)?.len();
            to.set_len(length).and_then(|()| io::copy(from, &mut to)).at(Step::CopyProgram)?;
            to.set_permissions(Permissions::from_mode(0o555)).at(Step::CopyProgram)?;
        }
        Ok(())
    }
}
