//! The sandbox of one scenario: entering it, and starting programs in it.

use std::ffi::{CString, OsString};
use std::io;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use nix::sys::wait::{WaitPidFlag, waitpid};
use nix::unistd::Pid;

use super::bubblewrap;
use super::error::{At, SandboxError};
use super::filter::Filter;
use super::identity;
use super::landlock::Walls;
use super::limits::{self, Limits, Over};
use super::loopback::{self, Load};
use super::namespaces;
use super::orders::{Command, Terms};
use super::parent::ParentSignal;
use super::process::Process;
use super::programs::Programs;
use super::root::{self, Store};
use super::rung::Rung;
use super::scratch::Scratch;
use super::standby::Standby;
use super::step::Step;
use super::usage;

/// A sandbox without a scenario: it can be entered before it is known what will run in it.
#[derive(Debug)]
pub struct EmptySandbox {
    terms: Terms,
    place: Place,
    supervisors: Supervisors,
}

/// So many programs run at a time in nearly every scenario. Supervisors beyond that number are made when they are
/// needed, and not kept for the next scenario.
pub const USUAL: usize = 2;

/// Where the scenario's folders will be.
#[derive(Debug)]
enum Place {
    /// On rung 3.
    Root(Store),
    /// Below that.
    Scratch(Rc<Scratch>),
}

/// Those that wait for a program, and for how many programs there has ever been one.
#[derive(Debug, Default)]
struct Supervisors {
    waiting: Vec<Standby>,
    programs: u32,
}

impl Supervisors {
    fn make(&mut self, terms: &Terms) -> Result<Standby, SandboxError> {
        self.programs += 1;
        Standby::new(terms.clone(), self.programs)
    }

    /// Those of programs that have ended wait for others, until so many wait.
    fn keep<'p>(&mut self, over: impl IntoIterator<Item = &'p mut Process>, most: usize) {
        let mut over = over.into_iter();
        while self.waiting.len() < most
            && let Some(process) = over.next()
        {
            if let Some(standby) = Standby::again(process, self.programs + 1) {
                self.programs += 1;
                self.waiting.push(standby);
            }
        }
    }
}

/// A scenario's sandbox: a folder that its programs share, and on rung 3 a network of their own. The
/// calling process lives in it from [`EmptySandbox::enter`] on; it ends with that process.
#[derive(Debug)]
pub struct Sandbox {
    terms: Terms,
    limits: Limits,
    dir: PathBuf,
    dir_inside: PathBuf,
    programs: PathBuf,
    ports: Vec<u16>,
    supervisors: Supervisors,
    /// On rung 3.
    store: Option<Store>,
    /// Its network is not as it was made.
    carries_masses: bool,
}

impl EmptySandbox {
    /// Takes this process into a new sandbox, for good. To be called once, in a fresh process without
    /// threads and sockets.
    ///
    /// Below `scratch_parent` the scenario's folder is made on rung 0; if this process is root, `nobody`
    /// has to be able to enter it. A program may have so many processes and threads, as in
    /// [`Limits::processes`].
    ///
    /// Root becomes an unprivileged user by this. On rung 3 the network is a fresh loopback, and the root is the
    /// sandbox's: what this process still needs of the host's files it has to open before.
    pub fn enter(rung: Rung, scratch_parent: &Path, processes: u32) -> Result<EmptySandbox, SandboxError> {
        let (place, scratch) = match rung {
            Rung::Three => {
                identity::drop_root()?;
                let parent = ParentSignal::remember().at(Step::ParentSignal)?;
                namespaces::enter()?;
                parent.restore().at(Step::ParentSignal)?;
                (Place::Root(root::build()?), None)
            }
            // Its namespaces were made by who started this process.
            Rung::Two if scratch_parent != Path::new(bubblewrap::SCRATCH) => {
                let error = io::Error::other("it was not started by it");
                return Err(SandboxError::new(Step::Bubblewrap, error));
            }
            Rung::Two | Rung::One | Rung::Zero => {
                // Before root is given up: its janitor then can remove the folder wherever that stands.
                let scratch = Rc::new(Scratch::make(scratch_parent)?);
                identity::drop_root()?;
                (Place::Scratch(scratch.clone()), Some(scratch))
            }
        };
        let filter = (rung != Rung::Zero).then(Filter::new);
        let terms = Terms { rung, processes, filter, scratch };
        Ok(EmptySandbox { terms, place, supervisors: Supervisors::default() })
    }

    /// Makes everything ready for so many programs. Only on rung 3 can that be done before
    /// [`EmptySandbox::furnish`]; below it, and for more programs, it is done by [`Sandbox::spawn`].
    pub fn stand_by(&mut self, programs: u32) -> Result<(), SandboxError> {
        if let Place::Root(_) = self.place {
            for _ in 0..programs {
                let standby = self.supervisors.make(&self.terms)?;
                self.supervisors.waiting.push(standby);
            }
        }
        Ok(())
    }

    pub fn rung(&self) -> Rung {
        self.terms.rung
    }

    /// Makes it a scenario's, with copies of its programs.
    pub fn furnish(self, limits: Limits, programs: Programs) -> Result<Sandbox, SandboxError> {
        let mut store = None;
        let (dir, dir_inside, bin) = match self.place {
            Place::Root(mut own) => {
                own.furnish(&limits, programs)?;
                store = Some(own);
                let dir = PathBuf::from(root::WORK);
                (dir.clone(), dir, PathBuf::from(root::PROGRAM))
            }
            Place::Scratch(scratch) => {
                let (dir, bin) = (scratch.path().join("work"), scratch.path().join("program"));
                std::fs::create_dir(&dir).at(Step::ScratchDir)?;
                std::fs::create_dir(&bin).at(Step::CopyProgram)?;
                programs.copy_to(&bin)?;
                (dir.clone(), dir, bin)
            }
        };
        Ok(Sandbox {
            terms: self.terms,
            limits,
            dir,
            dir_inside,
            programs: bin,
            ports: Vec::new(),
            supervisors: self.supervisors,
            store,
            carries_masses: false,
        })
    }
}

impl Sandbox {
    /// The scenario's folder, as the calling process sees it. Empty at first.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The same folder as the programs see it; they start in it, and on rung 3 can write nowhere else.
    pub fn dir_inside(&self) -> &Path {
        &self.dir_inside
    }

    /// Whether the kernel itself leaves nothing of it when its runner has ended.
    pub fn ends_with_its_runner(&self) -> bool {
        self.terms.rung == Rung::Three
    }

    /// The TCP ports that programs may use on rung 1, where the network is the host's: none before this call.
    pub fn allow_ports(&mut self, ports: impl IntoIterator<Item = u16>) {
        self.ports.extend(ports);
    }

    /// For a scenario in which much is sent, before it is: in a network that this process has set up, it goes in
    /// large packets, and the kernel may acknowledge several together. Where each is acknowledged as it comes, what is
    /// written in ten thousand small pieces takes twice as long; and 256 MiB in packets of 64 KiB take twice the
    /// processor time.
    pub fn carry_masses(&mut self) -> Result<(), SandboxError> {
        self.carries_masses = true;
        match self.terms.rung {
            Rung::Three => loopback::carry(Load::Masses).at(Step::Loopback).map(drop),
            Rung::Two | Rung::One | Rung::Zero => Ok(()),
        }
    }

    /// Makes it one without a scenario again, for another one of the same owner's: as new but for what only the
    /// network knows, which whoever holds its sockets has to look after. To be called when all of its processes have
    /// ended; the supervisors of those in `over` go on. None: it serves one scenario only, as below rung 3.
    pub fn vacate(mut self, mut over: Vec<Process>) -> Result<Option<EmptySandbox>, SandboxError> {
        let Some(store) = self.store.take() else { return Ok(None) };
        if self.carries_masses && !loopback::carry(Load::Usual).at(Step::Loopback)? {
            return Ok(None);
        }
        // Supervisors whose programs have ended, and who end by themselves.
        while wait_for_any().is_some() {}
        match root::clear_scratch()? {
            true => self.supervisors.keep(&mut over, USUAL),
            false => self.supervisors.waiting.clear(),
        }
        let Sandbox { terms, supervisors, .. } = self;
        Ok(Some(EmptySandbox { terms, place: Place::Root(store), supervisors }))
    }

    fn walls(&self) -> Option<Walls> {
        let (programs, dir) = (self.programs.clone(), self.dir_inside.clone());
        let ports = (!self.terms.rung.has_network()).then(|| self.ports.clone());
        matches!(self.terms.rung, Rung::One | Rung::Two).then_some(Walls { programs, dir, ports })
    }

    /// The supervisor of one of these programs, if it has ended, is there for the next one, unless another is.
    pub fn reuse<'p>(&mut self, over: impl IntoIterator<Item = &'p mut Process>) {
        self.supervisors.keep(over, 1);
    }

    /// Starts a program by its name. Returns when it has been executed; what keeps it from that is an
    /// error, never the program's fault.
    pub fn spawn(&mut self, program: &str, args: &[OsString]) -> Result<Process, SandboxError> {
        let command = Command {
            limits: self.limits,
            address_space: limits::ADDRESS_SPACE,
            arguments: self.arguments(program, args).at(Step::Arguments)?,
            environment: environment(&self.dir_inside).at(Step::Arguments)?,
            dir: self.dir_inside.clone(),
            walls: self.walls(),
        };
        let standby = match self.supervisors.waiting.pop() {
            Some(standby) => standby,
            None => self.supervisors.make(&self.terms)?,
        };
        standby.start(&command)
    }

    /// The limit that a program has exceeded, of those that the kernel does not enforce or enforces
    /// without a word. What lasts less than the time between two questions goes unseen. To be asked again and again, every 20 ms or so; costs about 10 µs a process.
    pub fn over_limits(&self, process: &Process) -> Option<Over> {
        usage::over(&self.limits, &process.stats())
    }

    /// By path also as the first argument: a program may start itself again by that.
    fn arguments(&self, program: &str, args: &[OsString]) -> io::Result<Vec<CString>> {
        let path = self.programs.join(program).into_os_string();
        let all = std::iter::once(&path).chain(args);
        Ok(all.map(|arg| CString::new(arg.as_bytes())).collect::<Result<_, _>>()?)
    }
}

/// A child of this process that has ended; does not wait for one that has not.
fn wait_for_any() -> Option<Pid> {
    waitpid(None, Some(WaitPidFlag::WNOHANG | WaitPidFlag::__WALL)).ok()?.pid()
}

/// Nothing of the host's.
fn environment(home: &Path) -> io::Result<Vec<CString>> {
    let is_home = |name: &str| {
        let mut whole = OsString::from(name);
        whole.push(home);
        whole
    };
    // The one folder that may be written to is the one for temporary files too.
    let all = ["PATH=/usr/bin:/bin".into(), is_home("HOME="), is_home("TMPDIR="), "LANG=C.UTF-8".into()];
    Ok(all.map(OsString::into_vec).into_iter().map(CString::new).collect::<Result<_, _>>()?)
}
