//! A row of the table: a submission, and what it must end in.

use std::fs;
use std::net::{TcpListener, UdpSocket};
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::Mini;
use crate::support::mini::exercise_toml;
use crate::support::procfs::{mark, wait_until_gone};

/// One submission.
pub struct Row {
    /// In the threat list.
    pub numbers: &'static [u32],
    pub name: &'static str,
    /// `src/main.rs`. These words in it, in `steps` and in `files` stand for things of the host's: `HOSTDIR`, a
    /// folder with a secret in `secret.txt` and `secret.rs`; `TCP` and `UDP`, ports on which the host is to be
    /// found; `MARK`, a word by which this row's processes are known.
    pub source: &'static str,
    pub steps: &'static str,
    /// Lines of `[limits]`.
    pub limits: &'static str,
    /// How long the scenario waits for each thing, in seconds.
    pub deadline_s: u32,
    /// More files of the submission, by their paths in the exercise's folder.
    pub files: &'static [(&'static str, &'static str)],
    pub ends: Ends,
}

impl Row {
    pub const fn new(numbers: &'static [u32], name: &'static str, source: &'static str, ends: Ends) -> Self {
        Row { numbers, name, source, steps: ENDS_WELL, limits: "", deadline_s: 2, files: &[], ends }
    }

    pub const fn steps(mut self, steps: &'static str) -> Self {
        self.steps = steps;
        self
    }

    pub const fn limits(mut self, limits: &'static str) -> Self {
        self.limits = limits;
        self
    }

    /// Not the deadline is to end it, however busy the machine is.
    pub const fn patient(mut self) -> Self {
        self.deadline_s = 30;
        self
    }

    pub const fn files(mut self, files: &'static [(&'static str, &'static str)]) -> Self {
        self.files = files;
        self
    }
}

/// Started with what it may want to attack, it must end by itself, without complaint.
pub const ENDS_WELL: &str = r#"
  { start = "demo", args = ["HOSTDIR", "TCP", "UDP", "MARK"] },
  { expect_exit = "demo", code = 0 },
"#;

/// What a row ends in.
#[derive(Debug, Clone, Copy)]
pub enum Ends {
    /// The compiler refuses it, and says this.
    Refused(&'static str),
    /// The compiler is stopped: at its limit of `time`, of `room`, or at either.
    Stopped(&'static [&'static str]),
    /// There is nothing that may be compiled.
    NoSource,
    /// It runs, and fails with this finding.
    Fails(&'static str),
    /// It runs, and has asserted itself that what it tried was denied.
    Denied,
}

/// Runs every row of a table on rung 3, one after the other, and tells of all that did not end as they must.
#[track_caller]
pub fn run(rows: &[Row]) {
    run_on(3, rows.iter());
}

/// The same on another rung; compiled on rung 3 all the same.
#[track_caller]
pub fn run_on<'a>(rung: u8, rows: impl Iterator<Item = &'a Row>) {
    let mut wrong = Vec::new();
    for row in rows {
        match std::panic::catch_unwind(|| suffer(row, &rung.to_string())) {
            Ok(ended) => println!("rung {rung}, row {:?}, {}: {ended}", row.numbers, row.name),
            Err(panic) => {
                let text = panic.downcast_ref::<String>().cloned();
                wrong.push(format!("row {:?}, {}: {}", row.numbers, row.name, text.unwrap_or_default()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// What it ended in, in words.
fn suffer(row: &Row, rung: &str) -> String {
    let mut host = Host::new(row);
    let course = course(row, &host);
    host.before = listing(course.path());
    let code = if matches!(row.ends, Ends::Denied) { 0 } else { 1 };
    let args = ["run", "1", "2", "--isolation", rung, "--boxed", "--format", "json"];
    let document = course
        .checker(args)
        .env("CHECKER_SECRET", &host.secret)
        .env("HOME", host.folder.path())
        .code(code)
        .json();
    let ended = ended(&document["exercises"][0]);
    assert!(row.ends.is(&document["exercises"][0]), "it ended in: {ended}\n{document:#}");
    let neighbour = &document["exercises"][1]["scenarios"][0];
    assert_eq!(neighbour["status"], "passed", "the neighbour: {neighbour:#}");
    host.check(&course, &document);
    ended
}

impl Ends {
    fn is(self, exercise: &Value) -> bool {
        let build = &exercise["build"];
        let scenarios = exercise["scenarios"].as_array().map_or(&[][..], Vec::as_slice);
        match self {
            Ends::Refused(words) => {
                build["finding"] == "did_not_compile"
                    && build["limit"].is_null()
                    && build["message"].as_str().is_some_and(|message| message.contains(words))
            }
            Ends::Stopped(limits) => build["limit"].as_str().is_some_and(|limit| limits.contains(&limit)),
            Ends::NoSource => build["finding"] == "no_source",
            Ends::Fails(finding) => {
                scenarios.iter().any(|scenario| scenario["failure"]["finding"] == finding)
            }
            Ends::Denied => {
                !scenarios.is_empty() && scenarios.iter().all(|scenario| scenario["status"] == "passed")
            }
        }
    }
}

fn ended(exercise: &Value) -> String {
    let build = &exercise["build"];
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    if build["status"] == "failed" {
        let message = word(&build["message"]);
        let first = message.lines().find(|line| line.contains("error")).unwrap_or(&message);
        let first: String = first.chars().take(100).collect();
        return format!("{} {} {first}", word(&build["finding"]), word(&build["limit"]));
    }
    let failed = exercise["scenarios"].as_array().into_iter().flatten().find(|one| one["status"] == "failed");
    match failed {
        Some(scenario) => word(&scenario["failure"]["finding"]),
        None => word(&exercise["scenarios"][0]["status"]),
    }
}

const NEIGHBOUR: &str = r#"
  { start = "demo", args = ["${addr}"], on = "listening" },
  { connect = "ann" }, { send = "ann", line = "hello" }, { expect = "ann", line = "hello" },
"#;

fn course(row: &Row, host: &Host) -> Mini {
    let fresh = if row.steps.contains("${fresh}") { "vars = { fresh = { word = 8 } }" } else { "" };
    let head = format!("deadline_s = {}\n{fresh}", row.deadline_s);
    let toml = exercise_toml("demo", &host.fill(row.steps)).replace("deadline_s = 1", &head);
    let compile_s = if row.limits.contains("compile_s") { "" } else { "compile_s = 10\n" };
    let patient = exercise_toml("demo", NEIGHBOUR).replace("deadline_s = 1", "deadline_s = 10");
    let course = Mini::new()
        .exercise("01_hostile", &toml)
        .exercise("02_neighbour", &patient)
        .source("01_hostile", &host.fill(row.source))
        .source("02_neighbour", include_str!("../programs/right/echoes.rs"))
        .limits(&format!("{compile_s}{}", row.limits));
    for (path, content) in row.files {
        course.write(&format!("exercises/01_hostile/{path}"), host.fill(content));
    }
    course
}

/// What a submission must not touch.
struct Host {
    folder: TempDir,
    secret: String,
    mark: String,
    tcp: TcpListener,
    udp: UdpSocket,
    /// In the abstract namespace, under the name of the mark.
    unix: UnixListener,
    bystander: Child,
    before: Vec<(PathBuf, Vec<u8>)>,
}

impl Host {
    fn new(row: &Row) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let mark = mark(&format!("hostile-{number}-{}", row.name.replace(' ', "-")));
        let secret = format!("s3cr3t-{}", mark.len() * 7919 + std::process::id() as usize);
        let folder = tempfile::Builder::new().prefix("host-").tempdir().unwrap();
        fs::write(folder.path().join("secret.txt"), &secret).unwrap();
        fs::write(folder.path().join("secret.rs"), format!("pub const SECRET: &str = {secret:?};\n"))
            .unwrap();
        let abstract_name = SocketAddr::from_abstract_name(&mark).unwrap();
        let tcp = TcpListener::bind("0.0.0.0:0").unwrap();
        let udp = UdpSocket::bind("0.0.0.0:0").unwrap();
        udp.set_nonblocking(true).unwrap();
        tcp.set_nonblocking(true).unwrap();
        let unix = UnixListener::bind_addr(&abstract_name).unwrap();
        unix.set_nonblocking(true).unwrap();
        Host {
            folder,
            secret,
            mark,
            tcp,
            udp,
            unix,
            bystander: Command::new("sleep").arg("1000").spawn().unwrap(),
            before: Vec::new(),
        }
    }

    fn fill(&self, text: &str) -> String {
        text.replace("HOSTDIR", self.folder.path().to_str().unwrap())
            .replace("MARK", &self.mark)
            .replace("TCP", &self.tcp.local_addr().unwrap().port().to_string())
            .replace("UDP", &self.udp.local_addr().unwrap().port().to_string())
    }

    fn check(&mut self, course: &Mini, document: &Value) {
        let text = document.to_string();
        assert!(!text.contains(&self.secret), "the secret was told");
        assert!(text.len() < 2 << 20, "{} bytes were told", text.len());
        wait_until_gone(&self.mark);
        assert!(self.bystander.try_wait().unwrap().is_none(), "a process of the host's has ended");
        assert_eq!(fs::read_to_string(self.folder.path().join("secret.txt")).unwrap(), self.secret);
        assert_eq!(fs::read_dir(self.folder.path()).unwrap().count(), 2, "files were left");
        assert!(listing(course.path()) == self.before, "files of the course have changed");
        assert!(self.tcp.accept().is_err(), "somebody connected to the host");
        assert!(self.udp.recv(&mut [0; 1]).is_err(), "somebody sent to the host");
        assert!(self.unix.accept().is_err(), "somebody connected to a socket of the host's");
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        drop(self.bystander.kill());
        drop(self.bystander.wait());
    }
}

/// Every regular file of the exercises, and what it holds.
fn listing(course: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![course.join("exercises")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let (path, kind) = (entry.path(), entry.file_type().unwrap());
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() {
                found.push((path.clone(), fs::read(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}
