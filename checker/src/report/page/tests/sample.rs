//! Made-up classes: the same for the same seed.

use crate::gradebook::record::*;
use crate::report::grades::{CourseInfo, ExerciseInfo};

const EXERCISES: [(&str, &str); 7] = [
    ("01_udp_send", "One line, one datagram"),
    ("02_udp_echo_server", "An echo over UDP"),
    ("03_tcp_one_liner", "A line each way"),
    ("04_multi_client", "Several clients at once"),
    ("05_long_connection", "A connection that stays"),
    ("06_file_upload", "A file over TCP"),
    ("07_multiprocess", "A process for each client"),
];
const SCENARIOS: [&str; 18] = [
    "a datagram comes back",
    "one count runs through all peers",
    "several peers at once, each gets its own bytes",
    "an empty datagram comes back empty",
    "bytes that are not text come back as they are",
    "the longest datagram comes back whole",
    "what waits in the queue is answered in order",
    "hundreds of datagrams come back in order",
    "a peer that is gone harms nobody",
    "it binds the port that it is given",
    "ipv6 works like ipv4",
    "a port that is taken is a failure with a reason",
    "a wrong number of arguments is refused",
    "a bad address is refused",
    "bob is answered while ann stays silent",
    "a line in pieces is one line to the server",
    "the limit is the same over ipv6",
    "a line of 64 kib arrives whole",
];
const FINDINGS: [&str; 5] = ["deadline", "wrong_bytes", "wrong_peer", "crash", "exit_code"];
const FIRST: [&str; 12] =
    ["Ann", "Bob", "Zoë", "小明", "Søren", "Lucía", "Wei", "José", "Anna-Lena", "Nguyễn", "Ólafur", "Ürün"];

/// What a class is like.
#[derive(Debug, Clone, Copy)]
pub struct Make {
    pub students: usize,
    pub exercises: usize,
    pub scenarios: usize,
    /// Of 100 scenarios, so many fail.
    pub failing: u32,
    pub seed: u64,
}

impl Make {
    /// As many as the course is made for.
    pub const FULL: Self = Self { students: 300, exercises: 7, scenarios: 18, failing: 12, seed: 5 };

    pub fn course(self) -> CourseInfo {
        let exercise = |&(name, title): &(&str, &str)| ExerciseInfo {
            name: name.to_owned(),
            title: title.to_owned(),
            points: points(self.scenarios),
        };
        CourseInfo {
            title: "Network programming, proved".to_owned(),
            exercises: EXERCISES[..self.exercises].iter().map(exercise).collect(),
        }
    }

    pub fn class(self) -> Vec<Record> {
        let mut random = fastrand::Rng::with_seed(self.seed);
        (1..=self.students).map(|number| self.record(number, &mut random)).collect()
    }

    fn record(self, number: usize, random: &mut fastrand::Rng) -> Record {
        // Some do nearly everything right and some nearly nothing.
        let failing = (self.failing * random.u32(0..=20) / 10).min(100);
        let exercises: Vec<ExerciseGrade> =
            EXERCISES[..self.exercises].iter().map(|&names| self.exercise(names, failing, random)).collect();
        let trouble = (random.u32(0..80) == 0).then(|| Trouble {
            kind: "broken_archive".to_owned(),
            message: format!("student-{number:03}.zip ends in the middle of its directory: ask for it again"),
        });
        let days_late = if random.u32(0..12) == 0 { random.u32(1..4) } else { 0 };
        let sum: u32 = exercises.iter().map(|one| one.points).sum();
        let mut record = Record {
            schema: SCHEMA.to_owned(),
            student: student(number, random),
            source: format!("submissions.zip!student-{number:03}.zip"),
            submitted_at: Some(1_772_600_000 - random.i64(0..500_000) + i64::from(days_late) * 86_400),
            days_late,
            digest: format!("{:064x}", random.u128(..)),
            trouble,
            points: sum.into(),
            points_possible: exercises.iter().map(|one| f64::from(one.points_possible)).sum(),
            penalty: f64::from(days_late) * 2.5,
            exercises,
            rung: 4,
            graded_at: 1_772_700_000 + number as i64,
            took_ms: random.u64(900..9000),
        };
        if record.trouble.is_some() {
            (record.points, record.penalty, record.submitted_at) = (0.0, 0.0, None);
            record.exercises.iter_mut().for_each(|one| *one = nothing(one, ExerciseStatus::Missing));
        }
        record
    }

    fn exercise(
        self,
        (name, title): (&str, &str),
        failing: u32,
        random: &mut fastrand::Rng,
    ) -> ExerciseGrade {
        let scenarios: Vec<ScenarioGrade> =
            (1..=self.scenarios).map(|number| scenario(name, number, failing, random)).collect();
        let failed = scenarios.iter().any(|one| one.status != ScenarioStatus::Passed);
        let grade = ExerciseGrade {
            name: name.to_owned(),
            title: title.to_owned(),
            status: if failed { ExerciseStatus::Failed } else { ExerciseStatus::Passed },
            points: scenarios.iter().map(|one| one.points).sum(),
            points_possible: points(self.scenarios),
            digest: format!("{:064x}", random.u128(..)),
            message: None,
            scenarios,
            build_ms: random.u64(300..1500),
            drive_ms: random.u64(100..4000),
            rung: None,
        };
        match random.u32(0..60) {
            0 => nothing(&grade, ExerciseStatus::NotGraded),
            1..4 => nothing(&grade, ExerciseStatus::Missing),
            4..7 => nothing(&grade, ExerciseStatus::DidNotCompile),
            _ => grade,
        }
    }
}

fn points(scenarios: usize) -> u32 {
    (1..=scenarios).map(worth).sum()
}

fn worth(number: usize) -> u32 {
    1 + number as u32 % 2
}

fn student(number: usize, random: &mut fastrand::Rng) -> Student {
    let key = format!("student-{number:03}");
    Student {
        id: Some(format!("{}", 700_000 + number)),
        name: Some(format!("{} Example {number}", FIRST[random.usize(0..FIRST.len())])),
        email: Some(format!("{key}@example.org")),
        more: [("Section".to_owned(), format!("Group {}", number % 4))].into(),
        key,
    }
}

/// `grade`, had nothing run.
pub fn nothing(grade: &ExerciseGrade, status: ExerciseStatus) -> ExerciseGrade {
    let message = match status {
        ExerciseStatus::NotGraded => Some("the machine had no memory left for the compiler".to_owned()),
        ExerciseStatus::DidNotCompile => Some(COMPILER.to_owned()),
        _ => None,
    };
    ExerciseGrade { status, points: 0, message, scenarios: Vec::new(), ..grade.clone() }
}

const COMPILER: &str = r#"error[E0308]: mismatched types
 --> src/main.rs:2:21
  |
2 |     let port: u16 = "21001";
  |               ---   ^^^^^^^ expected `u16`, found `&str`
  |               |
  |               expected due to this

error: aborting due to 1 previous error
"#;

fn scenario(exercise: &str, number: usize, failing: u32, random: &mut fastrand::Rng) -> ScenarioGrade {
    // Later ones are harder, and one is the hardest of all.
    let failing = failing * (number as u32 + 6) / 15 + if number == 15 { 25 } else { 0 };
    let status = match random.u32(0..100) {
        roll if roll < failing => ScenarioStatus::Failed,
        99 if number > 1 => ScenarioStatus::Skipped,
        _ => ScenarioStatus::Passed,
    };
    let failed = status == ScenarioStatus::Failed;
    let finding = FINDINGS[random.usize(0..FINDINGS.len() * 2).saturating_sub(FINDINGS.len())];
    let name = SCENARIOS[number - 1];
    ScenarioGrade {
        number,
        name: name.to_owned(),
        hidden: number.is_multiple_of(6),
        status,
        points: if status == ScenarioStatus::Passed { worth(number) } else { 0 },
        points_possible: worth(number),
        finding: failed.then(|| finding.to_owned()),
        summary: failed.then(|| "expected \"from bob\" (8 bytes), got nothing within 5 s".to_owned()),
        report: failed.then(|| report(exercise, number, name, finding, random)),
        flaky: status == ScenarioStatus::Passed && random.u32(0..800) == 0,
        took_ms: random.u64(3..5000),
    }
}

fn report(exercise: &str, number: usize, name: &str, finding: &str, random: &mut fastrand::Rng) -> String {
    let rule = format!("✗ {exercise} · {name}");
    let mut text = format!("{rule:<88}step 7 of 9\n  answer whoever asked\n\n");
    text += "  expected  bob ← \"from bob\" (8 bytes) within 5 s\n  got       nothing\n";
    text += "  seen      server sleeps in recv, and has read ann's bytes only\n";
    text += "  help      Answer to the address that recv_from() gave for this very datagram.\n\n";
    text += "  time      ann                      bob                      server\n";
    for line in 0..random.u32(6..30) {
        let (at, column) = (line * 37 + random.u32(0..30), random.usize(0..3) * 25);
        text += &format!(
            "  {:>5.3}     {:column$}→ \"line {} <of> {}\"\n",
            f64::from(at) / 1000.0,
            "",
            line,
            random.u16(..)
        );
    }
    text += &format!("  5.003     {:25}✗ {finding}\n\n  the program printed nothing\n", "");
    text + &format!(
        "  check     exercises/{exercise}/exercise.toml:{}\n  again     checker run {} --only {number}\n",
        13 + number,
        &exercise[..2]
    )
}
