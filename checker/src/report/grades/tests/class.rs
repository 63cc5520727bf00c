//! A class that has everything in it.

use crate::gradebook::record::{
    ExerciseGrade, ExerciseStatus, Record, SCHEMA, ScenarioGrade, ScenarioStatus, Student, Trouble,
};
use crate::report::grades::{
    CanvasOptions, ClassroomOptions, CourseInfo, ExerciseInfo, GivenFile, MoodleOptions, Options,
};

pub const TOKEN: &str = "0123456789abcdefABCDEF";

/// What hidden scenarios say, each a word that is nowhere else.
pub const SECRETS: [&str; 4] = ["SecretName", "secret_finding", "SecretSummary", "SecretReport"];

pub fn course() -> CourseInfo {
    let exercise =
        |name: &str, title: &str, points| ExerciseInfo { name: name.into(), title: title.into(), points };
    CourseInfo {
        title: "Network programming, proved".into(),
        exercises: vec![
            exercise("01_udp_send", "Send a datagram", 5),
            exercise("02_udp_echo_server", "Answer datagrams", 5),
        ],
    }
}

pub fn scenario(number: usize, name: &str, status: ScenarioStatus) -> ScenarioGrade {
    let failed = status == ScenarioStatus::Failed;
    let told = failed || status == ScenarioStatus::NotGraded;
    ScenarioGrade {
        number,
        name: name.into(),
        hidden: false,
        status,
        points: if status == ScenarioStatus::Passed { number as u32 } else { 0 },
        points_possible: number as u32,
        finding: failed.then(|| "deadline".into()),
        summary: told.then(|| "expected \"Welcome!\\n\", got nothing within 5 s".into()),
        report: failed
            .then(|| "✗ bob is answered\n\n  expected  \"Welcome!\\n\"\n  got       nothing\n".into()),
        flaky: false,
        took_ms: 1234,
    }
}

pub fn hidden(number: usize, status: ScenarioStatus) -> ScenarioGrade {
    let [name, finding, summary, report] = SECRETS.map(String::from);
    ScenarioGrade {
        name: format!("{name} {number}"),
        hidden: true,
        finding: Some(finding),
        summary: Some(summary),
        report: Some(report),
        ..scenario(number, "", status)
    }
}

pub fn exercise(at: usize, status: ExerciseStatus, scenarios: Vec<ScenarioGrade>) -> ExerciseGrade {
    let info = &course().exercises[at];
    ExerciseGrade {
        name: info.name.clone(),
        title: info.title.clone(),
        status,
        points: scenarios.iter().map(|scenario| scenario.points).sum(),
        points_possible: info.points,
        digest: "ab".repeat(32),
        message: None,
        scenarios,
        build_ms: 800,
        drive_ms: 1500,
        rung: None,
    }
}

pub fn passed(at: usize) -> ExerciseGrade {
    let scenarios = vec![
        scenario(2, "is sent", ScenarioStatus::Passed),
        scenario(3, "is sent again", ScenarioStatus::Passed),
    ];
    exercise(at, ExerciseStatus::Passed, scenarios)
}

pub fn record(key: &str, exercises: Vec<ExerciseGrade>) -> Record {
    Record {
        schema: SCHEMA.into(),
        student: Student { key: key.into(), ..Student::default() },
        source: format!("all.zip!{key}"),
        submitted_at: Some(1_795_170_349),
        days_late: 0,
        digest: "1a2b3c4d".repeat(8),
        trouble: None,
        points: exercises.iter().map(|exercise| f64::from(exercise.points)).sum(),
        exercises,
        points_possible: 10.0,
        penalty: 0.0,
        rung: 4,
        graded_at: 1_795_180_000,
        took_ms: 2345,
    }
}

fn person(mut record: Record, id: &str, name: &str) -> Record {
    record.student.id = Some(id.into());
    record.student.name = Some(name.into());
    record.student.email = Some(format!("{id}@example.org"));
    record.student.more.insert("SIS Login ID".into(), format!("login{id}"));
    record
}

fn missing(at: usize) -> ExerciseGrade {
    exercise(at, ExerciseStatus::Missing, Vec::new())
}

/// Students by what became of them; every one has an id.
pub fn class() -> Vec<Record> {
    let mut all_passed = record("student-001", vec![passed(0), passed(1)]);
    all_passed.exercises[1].scenarios[0].flaky = true;

    let failed = exercise(
        0,
        ExerciseStatus::Failed,
        vec![
            scenario(1, "is sent", ScenarioStatus::Passed),
            hidden(2, ScenarioStatus::Failed),
            ScenarioGrade {
                summary: Some("until \"SecretName 2\" passes".into()),
                ..scenario(3, "goes on", ScenarioStatus::Skipped)
            },
        ],
    );
    let mut broken = exercise(1, ExerciseStatus::DidNotCompile, Vec::new());
    broken.message = Some("error[E0425]: cannot find value `x`\n --> src/main.rs:3:5\n```\n~~~~\n".into());
    let mut late = record("student-002", vec![failed, broken]);
    (late.days_late, late.penalty) = (2, 0.25);

    let mut open = exercise(
        0,
        ExerciseStatus::NotGraded,
        vec![scenario(2, "is sent", ScenarioStatus::Passed), hidden(3, ScenarioStatus::NotGraded)],
    );
    open.message = Some("\"SecretName 3\" was not graded: no space left on the device".into());
    let open = record("student-003", vec![open, passed(1)]);

    let mut zip = record("student-004", vec![missing(0), missing(1)]);
    zip.trouble = Some(Trouble {
        kind: "broken_archive".into(),
        message: "student-004.zip: ends in the middle; ask for it again".into(),
    });
    let mut empty = record("student-005", Vec::new());
    empty.trouble = Some(Trouble { kind: "empty".into(), message: "there is nothing in it".into() });

    let mut negative = record("student-006", vec![missing(0), passed(1)]);
    (negative.days_late, negative.penalty) = (9, 90.0);

    let mut nasty = record("../=cmd()\u{0}\u{1b}[31m", vec![exercise(0, ExerciseStatus::Failed, vec![ScenarioGrade {
        name: "::error::`<b>|\u{202e}".into(),
        summary: Some("##[error]x\n::set-env::%0A]]>&amp;\u{fffe}".into()),
        report: Some("::stop-commands::x\n  ::error::forged\r\n::endgroup::\n``````\n~~~~~~~~\n</pre>\u{1b}]0;title\u{7}".into()),
        ..scenario(4, "", ScenarioStatus::Failed)
    }]), missing(1)]);
    nasty.took_ms = 0;
    vec![
        person(all_passed, "1", "Ann Example"),
        person(late, "2", "Robert\"; DROP TABLE students;--"),
        person(open, "3", "学生三"),
        person(zip, "4", "אבגד הוז"),
        person(empty, "5", "👩\u{200d}💻 علی\u{200c}رضا"),
        person(negative, "6", "    Points Possible"),
        person(nasty, "7", "=cmd()|'/C calc'!A0\u{1b}[2J`::error::`\r\n@x"),
    ]
}

/// As Moodle downloads it.
pub const WORKSHEET: &str = "Identifier,\"Full name\",\"Email address\",Status,Grade,\"Maximum Grade\",\"Last modified (grade)\",\"Feedback comments\"\r\n\
    \"Participant 1\",\"Example, Ann\",1@example.org,\"Submitted for grading - \",,\"10.00\",-,\r\n\
    \"Participant 2\",\"R \"\"Bob\"\"\",2@example.org,Submitted,,10.00,-,\"old\nfeedback\"\r\n\
    \"Participant 3\",学生三,3@example.org,Submitted,,10.00,-,keep\r\n\
    \"Participant 4\",D,4@example.org,Submitted,1.00,10.00,-,\r\n\
    \"Participant 99\",Nobody,99@example.org,\"No submission\",,10.00,-,\r\n\
    \"Participant 6\",F,6@example.org,Submitted,,10.00,-,\r\n\
    \"Participant 7\",G,7@example.org,Submitted,,10.00,-,\r\n";

/// As Canvas exports it.
pub const GRADEBOOK: &str = "Student,ID,SIS User ID,SIS Login ID,Section,Homework 1 (4711),Other (12),Final Score\r\n\
    ,,,,,Manual Posting,,(read only)\r\n\
    \"    Points Possible\",,,,,10.00,20.00,(read only)\r\n\
    \"Example, Ann\",1,,login1,A,,7.50,75.00\r\n\
    \"R, B\",,,login2,A,1.00,3.00,30.00\r\n\
    \"学生, 三\",3,,login3,A,4.00,,\r\n\
    \"Student, Test\",77,,,A,,,\r\n";

pub fn given(path: &str, text: &str) -> GivenFile {
    GivenFile { path: path.into(), bytes: text.as_bytes().to_vec() }
}

/// What every format needs.
pub fn options() -> Options {
    Options {
        token: TOKEN.into(),
        classroom: ClassroomOptions {
            classroom: Some("networks".into()),
            assignment: Some("hw-1".into()),
            owner_column: None,
        },
        moodle: MoodleOptions {
            worksheet: Some(given("worksheet.csv", WORKSHEET)),
            ..MoodleOptions::default()
        },
        canvas: CanvasOptions { assignment: Some(("Homework 1".into(), "4711".into())), gradebook: None },
        ..Options::default()
    }
}
