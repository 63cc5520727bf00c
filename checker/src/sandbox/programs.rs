//! The programs of a scenario: opened as the user who built them, copied to where they run.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions, Permissions, remove_file};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use super::error::{At, SandboxError};
use super::step::Step;

/// Opened programs. A copy, not a bind: permission bits, mount options and later builds of the
/// original can't reach it, and the folder it came from may be closed to the sandbox's user.
#[derive(Debug)]
pub struct Programs {
    /// Of what they are programs: those of anything else are gone when these are there.
    pub of: String,
    /// By name, which is that of a file.
    pub opened: Vec<(String, File)>,
}

/// Which programs a folder holds.
#[derive(Debug, Default)]
pub(super) struct Kept {
    of: String,
    /// By name: copies of which files.
    files: BTreeMap<String, Original>,
}

/// A file as it was when it was copied.
#[derive(Debug, PartialEq, Eq)]
struct Original {
    /// Device and inode.
    file: (u64, u64),
    bytes: u64,
    /// When it was changed last, in seconds and nanoseconds.
    changed: (i64, i64),
}

impl Original {
    fn of(file: &File) -> io::Result<Self> {
        let found = file.metadata()?;
        Ok(Original {
            file: (found.dev(), found.ino()),
            bytes: found.len(),
            changed: (found.ctime(), found.ctime_nsec()),
        })
    }
}

impl Kept {
    /// Those of the programs that are still to be copied to `folder`; another one of that name is gone then, and all that
    /// do not belong to them.
    pub(super) fn add(&mut self, programs: Programs, folder: &Path) -> Result<Programs, SandboxError> {
        let Programs { of, opened: wanted } = programs;
        if self.of != of {
            let gone = std::mem::replace(self, Kept { of: of.clone(), files: BTreeMap::new() });
            let mut gone = gone.files.into_keys();
            gone.try_for_each(|name| remove_file(folder.join(name))).at(Step::CopyProgram)?;
        }
        let mut opened = Vec::new();
        for (name, file) in wanted {
            let original = Original::of(&file).at(Step::OpenProgram)?;
            match self.files.insert(name.clone(), original) {
                Some(before) if self.files.get(&name) == Some(&before) => continue,
                Some(_) => remove_file(folder.join(&name)).at(Step::CopyProgram)?,
                None => {}
            }
            opened.push((name, file));
        }
        Ok(Programs { of, opened })
    }

    /// What they take up together.
    pub(super) fn bytes(&self) -> u64 {
        self.files.values().map(|original| original.bytes).sum()
    }
}

impl Programs {
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
