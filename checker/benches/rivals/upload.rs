//! An upload of 256 MiB and nothing else, beside compiling: how much of `06_file_upload` nobody can save.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::Instant;

use crate::args::Args;
use crate::checkers::Checker;
use crate::contestant::{Contestant, Role};
use crate::course_copy;
use crate::edit::{EDITS, Edit, Marks};
use crate::edits;
use crate::figures::Spread;
use crate::files::failed;
use crate::setups::{cargo, checker};
use crate::stopwatch::Stopwatch;
use crate::table::Table;
use crate::workshop::Workshop;

/// What the contract has each program of the exercise pass on, in bytes.
const UPLOAD: usize = 256 << 20;
/// Bytes that are handed to the kernel at a time, as by the checker, and asked of it, as by the reference solution.
const SENT: usize = 256 << 10;
const ASKED: usize = 64 << 10;

/// Who takes part.
enum Member {
    /// From a save to the end.
    Save(Contestant),
    /// A checker, for the time in which it compiles.
    Compiling(Contestant),
    /// See [`thrown_away`].
    ThrownAway,
    /// See [`stored`].
    Stored,
}

/// All in turns, each time another one first; the round before does not count.
pub fn measure(
    args: &Args,
    workshop: &Workshop,
    stopwatch: &Stopwatch,
    checkers: &[Checker],
) -> Result<Table, String> {
    let rounds = args.rounds_or(20);
    let edit = EDITS.iter().find(|edit| edit.exercise == "06_file_upload");
    let edit = edit.ok_or("there is no edit of 06_file_upload")?;
    let members = members(workshop, checkers, edit)?;
    let server = cargo::product(workshop, edit);
    eprintln!("rivals: an upload");
    let mut marks = Marks::new();
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); members.len()];
    for round in 0..=rounds {
        for place in 0..members.len() {
            let turn = (place + round) % members.len();
            let ms = match &members[turn] {
                Member::Save(contestant) => contestant.run.once(stopwatch, &mut marks)?.ms,
                Member::Compiling(contestant) => edits::told(&contestant.run.once(stopwatch, &mut marks)?)?.0,
                Member::ThrownAway => {
                    thrown_away().map_err(|error| format!("an upload over loopback: {error}"))?
                }
                Member::Stored => stored(workshop, &server)?,
            };
            if round > 0 {
                times[turn].push(ms);
            }
        }
    }
    Ok(table(&members, &times))
}

/// `cargo build` first, and at the end the parts of what a checker does.
fn members(workshop: &Workshop, checkers: &[Checker], edit: &Edit) -> Result<Vec<Member>, String> {
    let (mut saves, mut phases) = (cargo::contestants(workshop, edit)?, Vec::new());
    for checker in checkers {
        let course = course_copy::solved(workshop, &checker.name)?;
        for contestant in checker::contestants(checker, &course, edit)? {
            if contestant.role == Role::Phases { &mut phases } else { &mut saves }.push(contestant);
        }
    }
    saves.retain(|contestant| contestant.role == Role::Save);
    phases.truncate(1);
    let members = saves.into_iter().map(Member::Save).chain(phases.into_iter().map(Member::Compiling));
    Ok(members.chain([Member::ThrownAway, Member::Stored]).collect())
}

fn table(members: &[Member], times: &[Vec<f64>]) -> Table {
    let name = |member: &Member| match member {
        Member::Save(contestant) => contestant.name.clone(),
        Member::Compiling(contestant) => format!("of it, compiling ({})", contestant.name),
        Member::ThrownAway => "256 MiB over loopback, thrown away".to_owned(),
        Member::Stored => "256 MiB to the reference server".to_owned(),
    };
    let mut rows: Vec<(String, Vec<f64>)> = members.iter().map(name).zip(times.iter().cloned()).collect();
    if let [.., (_, compiling), (_, thrown_away), (_, stored)] = &rows[..] {
        let sum = |upload: &[f64]| compiling.iter().zip(upload).map(|(a, b)| a + b).collect::<Vec<f64>>();
        let sums = [("thrown away", sum(thrown_away)), ("to the reference server", sum(stored))];
        rows.extend(sums.map(|(name, times)| (format!("that compiling, then 256 MiB {name}"), times)));
    }
    let cells = |(name, own): &(String, Vec<f64>)| {
        vec![name.clone(), Spread::of(own).ms(), Spread::of_ratios(own, &times[0]).to_string()]
    };
    let rounds = times[0].len();
    Table {
        title: "An upload and nothing else, beside 06_file_upload after an edit of src/bin/server.rs"
            .to_owned(),
        head: ["", "ms", "÷ cargo build"].map(str::to_owned).to_vec(),
        rows: rows.iter().map(cells).collect(),
        notes: vec![format!("Median (min–max) of {rounds} rounds in turn; sums and ratios round by round.")],
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
