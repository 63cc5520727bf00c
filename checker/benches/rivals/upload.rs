//! An upload of 256 MiB and nothing else, beside compiling: how much of `06_file_upload` nobody can save.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread;
use std::time::Instant;

use crate::args::Args;
use crate::checkers::Checker;
use crate::contestant::{Contestant, Role};
use crate::course_copy;
use crate::edit::{EDITS, Marks};
use crate::figures::Spread;
use crate::files::failed;
use crate::plain::Plain;
use crate::programs::Programs;
use crate::setups::{cargo, checker};
use crate::stopwatch::Stopwatch;
use crate::table::Table;
use crate::workshop::Workshop;

/// What the contract has each program of the exercise pass on, in bytes.
const UPLOAD: usize = 256 << 20;
/// Bytes that are handed to the kernel at a time, as by the checker, and asked of it, as by the reference solution.
const SENT: usize = 256 << 10;
const ASKED: usize = 64 << 10;

/// Who takes part, in the order of the rows.
struct Field<'a> {
    workshop: &'a Workshop,
    stopwatch: &'a Stopwatch<'a>,
    /// `cargo build`, and the checkers.
    contestants: Vec<Contestant>,
    plain: Plain<'a>,
    server: Programs,
    /// The reference solution's server, as `cargo build` has made it.
    binary: PathBuf,
}

/// All in turns, each time another one first; the round before does not count.
pub fn measure(
    args: &Args,
    workshop: &Workshop,
    stopwatch: &Stopwatch,
    checkers: &[Checker],
) -> Result<Table, String> {
    let rounds = args.rounds_or(20);
    let field = Field::open(workshop, stopwatch, checkers)?;
    let members = field.contestants.len() + 3;
    let mut marks = Marks::new();
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); members];
    for round in 0..=rounds {
        for place in 0..members {
            let turn = (place + round) % members;
            let ms = field.once(turn, &mut marks)?;
            if round > 0 {
                times[turn].push(ms);
            }
        }
    }
    Ok(field.table(&times))
}

impl<'a> Field<'a> {
    fn open(
        workshop: &'a Workshop,
        stopwatch: &'a Stopwatch<'a>,
        checkers: &[Checker],
    ) -> Result<Self, String> {
        let edit = EDITS.iter().find(|edit| edit.exercise == "06_file_upload");
        let edit = edit.ok_or("there is no edit of 06_file_upload")?;
        let mut contestants = cargo::contestants(workshop, edit)?;
        for checker in checkers {
            let course = course_copy::solved(workshop, &checker.name)?;
            contestants.extend(checker::contestants(checker, &course, edit)?);
        }
        contestants.retain(|contestant| contestant.role == Role::Save);
        let course = course_copy::fresh(workshop, "upload")?;
        let mut server = Programs::of_solutions(&course, |name| name == edit.exercise)?;
        server.binaries.retain(|unit| unit.name == edit.program);
        let plain = Plain::best(workshop, &server)?;
        let folder = workshop.folder.join("cargo").join(edit.exercise);
        let binary = folder.join("target/debug").join(edit.program);
        eprintln!("rivals: an upload");
        Ok(Field { workshop, stopwatch, contestants, plain, server, binary })
    }

    /// Milliseconds of the member with this number.
    fn once(&self, turn: usize, marks: &mut Marks) -> Result<f64, String> {
        match turn.checked_sub(self.contestants.len()) {
            None => Ok(self.contestants[turn].run.once(self.stopwatch, marks)?.ms),
            Some(0) => self.plain.compile(&self.server),
            Some(1) => thrown_away().map_err(|error| format!("an upload over loopback: {error}")),
            Some(_) => stored(self.workshop, &self.binary),
        }
    }

    fn table(&self, times: &[Vec<f64>]) -> Table {
        let (contestants, bare) = times.split_at(self.contestants.len());
        let sum = |number: usize| bare[0].iter().zip(&bare[number]).map(|(a, b)| a + b).collect();
        let named = self.contestants.iter().map(|contestant| contestant.name.clone());
        let mut rows: Vec<(String, Vec<f64>)> = named.zip(contestants.iter().cloned()).collect();
        rows.extend([
            ("rustc alone".to_owned(), bare[0].clone()),
            ("256 MiB over loopback, thrown away".to_owned(), bare[1].clone()),
            ("256 MiB to the reference server".to_owned(), bare[2].clone()),
            ("rustc alone, then the first of them".to_owned(), sum(1)),
            ("rustc alone, then the second".to_owned(), sum(2)),
        ]);
        let cells = |(name, own): &(String, Vec<f64>)| {
            vec![name.clone(), Spread::of(own).ms(), Spread::of_ratios(own, &contestants[0]).to_string()]
        };
        Table {
            title: "An upload and nothing else, beside 06_file_upload after an edit of src/bin/server.rs"
                .to_owned(),
            head: ["", "ms", "÷ cargo build"].map(str::to_owned).to_vec(),
            rows: rows.iter().map(cells).collect(),
            notes: vec![
                format!(
                    "Median (min–max) of {} rounds in turn; sums and ratios round by round.",
                    bare[0].len()
                ),
                format!("rustc: {}.", self.plain.flags.join(" ")),
            ],
        }
    }
}

/// From one thread to another; nobody looks at it or keeps it.
fn thrown_away() -> io::Result<f64> {
    let began = Instant::now();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let to = listener.local_addr()?;
    thread::scope(|scope| {
        let sender = scope.spawn(move || send(TcpStream::connect(to)?));
        let mut from = listener.accept()?.0;
        let (mut taken, mut buffer) = (0, vec![0; ASKED]);
        while let n @ 1.. = from.read(&mut buffer)? {
            taken += n;
        }
        sender.join().map_err(|_| io::Error::other("the sender panicked"))??;
        if taken == UPLOAD { Ok(()) } else { Err(io::Error::other(format!("{taken} bytes came"))) }
    })?;
    Ok(began.elapsed().as_secs_f64() * 1000.0)
}

fn send(mut to: TcpStream) -> io::Result<TcpStream> {
    let bytes = vec![7; SENT];
    for _ in 0..UPLOAD / SENT {
        to.write_all(&bytes)?;
    }
    to.shutdown(Shutdown::Write)?;
    Ok(to)
}

/// To the server as a plain process, from its start to its end; the file is in memory, where the system has a place
/// for that.
fn stored(workshop: &Workshop, server: &Path) -> Result<f64, String> {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { memory } else { &workshop.folder };
    let made = tempfile::Builder::new().prefix("upload-").tempdir_in(folder);
    let folder = made.map_err(failed("making a folder in", folder))?;
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|free| free.local_addr());
    let at = free.map_err(|error| format!("there is no free port: {error}"))?;
    let began = Instant::now();
    let mut command = workshop.command(server);
    command.arg(at.to_string()).arg(folder.path().join("upload.bin"));
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
    let mut child = child.map_err(failed("starting", server))?;
    let receipt =
        child.stderr.take().ok_or(io::ErrorKind::BrokenPipe.into()).and_then(|said| upload(said, at));
    let receipt = receipt.map_err(|error| format!("an upload to the reference server: {error}"));
    if receipt.is_err() {
        child.kill().map_err(failed("ending", server))?;
    }
    let status = child.wait().map_err(failed("waiting for", server))?;
    let ms = began.elapsed().as_secs_f64() * 1000.0;
    match receipt? == format!("received {UPLOAD} bytes\n") && status.success() {
        true => Ok(ms),
        false => Err(format!("the reference server has not taken the upload: {status}")),
    }
}

/// The server's answer, once it has said that it listens.
fn upload(said: impl Read, at: SocketAddr) -> io::Result<String> {
    let mut said = BufReader::new(said);
    said.read_line(&mut String::new())?;
    let mut receipt = String::new();
    send(TcpStream::connect(at)?)?.read_to_string(&mut receipt)?;
    Ok(receipt)
}
