//! Rung 3 for a tool of ours that is fed a stranger's files: a compiler. The tool is trusted, what it reads is
//! not; whatever that talks it into happens in here, without network, home, or sight of the host's files.
//!
//! ```text
//! /toolchain   the tool's folder                          read-only
//! /course      the files that it works on                 read-only copies
//! /work        its results and temporary files            limited in bytes and files
//! /usr, /lib…  the system's libraries and its linker      read-only
//! ```

use std::ffi::{CString, OsString};
use std::fs;
use std::io::{self, Read};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

use nix::fcntl::{OFlag, OpenHow, ResolveFlag, openat2};

use super::borrowed::Borrowed;
use super::error::{At, SandboxError};
use super::filter::Filter;
use super::identity;
use super::limits::{Limits, Over};
use super::mounts;
use super::namespaces;
use super::orders::{Command, Terms};
use super::parent::ParentSignal;
use super::process::Process;
use super::root;
use super::rung::Rung;
use super::standby::Standby;
use super::step::Step;
use super::usage;

/// Where the tool's folder is, for the tool.
pub const TOOLS: &str = "/toolchain";
/// Where the files are that it works on; its working folder.
pub const FILES: &str = "/course";
/// Where it may write.
pub const OUT: &str = root::WORK;

/// Which of the system's tools `cc` and its like stand for, on Debian and its descendants.
const ALTERNATIVES: &str = "etc/alternatives";

/// A path, relative to [`FILES`], and what the file there holds.
pub type Given = (PathBuf, Vec<u8>);

/// A workshop; the calling process lives in it from [`Workshop::enter`] on, and it ends with that process.
#[derive(Debug)]
pub struct Workshop {
    limits: Limits,
    address_space: u64,
    terms: Terms,
    started: u32,
}

impl Workshop {
    /// Takes this process into a new workshop, for good, and root from it. To be called once, in a fresh process
    /// without threads. `tools` is the folder to be shown at [`TOOLS`]. Each process of the tool may have an
    /// address space of so many bytes.
    pub fn enter(
        limits: Limits,
        address_space: u64,
        tools: &Path,
        files: &[Given],
    ) -> Result<Workshop, SandboxError> {
        let tools = Borrowed::open(tools).at(Step::OpenTools)?;
        identity::drop_root()?;
        let parent = ParentSignal::remember().at(Step::ParentSignal)?;
        namespaces::enter()?;
        parent.restore().at(Step::ParentSignal)?;
        let (bytes, count) = room(files);
        root::raise(bytes, count, |root| {
            tools.show(&root.join(&TOOLS[1..])).at(Step::BindTools)?;
            alternatives(root).at(Step::BindSystem)?;
            files.iter().try_for_each(|file| put(&root.join(&FILES[1..]), file)).at(Step::FillRoot)
        })?;
        root::scratch(root::room(&limits))?;
        let filter = Some(Filter::new());
        let terms = Terms { rung: Rung::Three, processes: limits.processes, filter, scratch: None };
        Ok(Workshop { limits, address_space, terms, started: 0 })
    }

    /// Makes the folder `path`, below [`OUT`].
    pub fn make_dir(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    /// Starts the tool `program`, by its path inside, with [`FILES`] as its working folder. Nothing is in its
    /// environment but what is given.
    pub fn spawn(
        &mut self,
        program: &Path,
        args: &[OsString],
        environment: &[(OsString, OsString)],
    ) -> Result<Process, SandboxError> {
        let command = Command {
            limits: self.limits,
            address_space: self.address_space,
            arguments: arguments(program, args).at(Step::Arguments)?,
            environment: variables(environment).at(Step::Arguments)?,
            dir: FILES.into(),
            walls: None,
        };
        self.started += 1;
        Standby::new(self.terms.clone(), self.started)?.start(&command)
    }

    /// As [`Sandbox::over_limits`](super::Sandbox::over_limits).
    pub fn over_limits(&self, process: &Process) -> Option<Over> {
        usage::over(&self.limits, &process.stats())
    }

    /// What the tool left at `path`, below [`OUT`], of `most` bytes at most. To be asked when none of its
    /// processes is left: nobody then can change what is read.
    ///
    /// # Errors
    /// There is nothing, or no regular file, or a link on the way to it, or more than `most`.
    pub fn result(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        let below = path.strip_prefix(OUT).map_err(|_| io::Error::from(io::ErrorKind::InvalidInput))?;
        let folder = fs::File::open(OUT)?;
        // Not for writing, and without waiting for a FIFO's other end.
        let how = OpenHow::new()
            .flags(OFlag::O_RDONLY | OFlag::O_NOFOLLOW | OFlag::O_NONBLOCK | OFlag::O_CLOEXEC)
            .resolve(ResolveFlag::RESOLVE_BENEATH | ResolveFlag::RESOLVE_NO_SYMLINKS);
        let file = fs::File::from(openat2(&folder, below, how)?);
        let found = file.metadata()?;
        if !found.is_file() {
            return Err(io::Error::other("it is no regular file"));
        }
        let mut content = Vec::new();
        file.take(most.saturating_add(1)).read_to_end(&mut content)?;
        if content.len() as u64 > most {
            return Err(io::Error::other(format!("it has more than {most} bytes")));
        }
        Ok(content)
    }
}

/// What files take up, in bytes and in number.
fn room(files: &[Given]) -> (u64, u32) {
    /// A file takes whole pages.
    const PAGE: u64 = 4096;
    let bytes = files.iter().map(|(_, content)| (content.len() as u64).next_multiple_of(PAGE)).sum();
    // With a folder of its own each, at worst several.
    let count: usize = files.iter().map(|(path, _)| path.components().count()).sum();
    (bytes, u32::try_from(count).unwrap_or(u32::MAX / 2))
}

fn put(folder: &Path, (path, content): &Given) -> io::Result<()> {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap_or(folder))?;
    fs::write(path, content)
}

fn alternatives(root: &Path) -> io::Result<()> {
    let host = Path::new("/").join(ALTERNATIVES);
    if host.is_dir() { mounts::bind_dir(&host, &root.join(ALTERNATIVES)) } else { Ok(()) }
}

fn arguments(program: &Path, args: &[OsString]) -> io::Result<Vec<CString>> {
    let all = std::iter::once(program.as_os_str()).chain(args.iter().map(OsString::as_os_str));
    Ok(all.map(|arg| CString::new(arg.as_bytes())).collect::<Result<_, _>>()?)
}

fn variables(environment: &[(OsString, OsString)]) -> io::Result<Vec<CString>> {
    let whole = environment.iter().map(|(name, value)| {
        let mut whole = name.clone();
        whole.push("=");
        whole.push(value);
        CString::new(whole.into_vec())
    });
    Ok(whole.collect::<Result<_, _>>()?)
}
