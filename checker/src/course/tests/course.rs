//! `course.toml`, and the folders that it names.

use super::support::{folder, write};
use crate::course::{Course, CourseError, Limits};

const EXERCISE: &str =
    "title = 'T'\nhints = ['a', 'b']\n[[scenario]]\nname = 's'\nsteps = [{ start = 'a' }]\n";

fn opened(text: &str) -> Result<Course, CourseError> {
    Course::open(folder(&[("course.toml", text)]).path())
}

/// Line, column and message of each fault of a `course.toml`.
fn faults(text: &str) -> Vec<(u32, u32, String)> {
    match opened(text) {
        Err(CourseError::Faulty(problems)) => {
            problems.0.iter().map(|p| (p.line(), p.column(), p.message.clone())).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_course_is_found_from_below() {
    let folder = folder(&[("course.toml", "title = 'C'\nexercises = ['01_a']\n"), ("x/y/z", "")]);
    let course = Course::find(&folder.path().join("x/y")).unwrap();
    assert_eq!(course.root, folder.path());
    assert_eq!((course.title.as_str(), &course.exercises[..]), ("C", &["01_a".to_owned()][..]));
    assert_eq!(course.limits, Limits::default());
}

#[test]
fn no_course_is_told_with_its_cure() {
    let folder = folder(&[("x/y", "")]);
    let error = Course::find(&folder.path().join("x")).unwrap_err().to_string();
    let place = folder.path().join("x").display().to_string();
    assert!(
        error.contains(&format!("looked for course.toml in {place}, nor in any folder above")),
        "{error}"
    );
    assert!(error.contains("clone the course's repository and cd into it"), "{error}");
    assert!(error.contains("--course DIR"), "{error}");
    let error = Course::open(folder.path()).unwrap_err().to_string();
    assert!(!error.contains("above"), "{error}");
}

#[test]
fn limits_are_read() {
    let text = "title = 'C'\nexercises = ['01_a']\n[limits]\ndeadline_s = 9\ncompile_s = 1\nmemory_mib = 16\n\
                files_mib = 2\nprocesses = 8\noutput_kib = 3\ncpu_s = 4\nopen_files = 16\n";
    let limits = opened(text).unwrap().limits;
    let wanted = Limits {
        deadline_s: 9,
        compile_s: 1,
        memory_mib: 16,
        files_mib: 2,
        processes: 8,
        output_kib: 3,
        cpu_s: 4,
        open_files: 16,
    };
    assert_eq!(limits, wanted);
}

#[test]
fn faults_of_course_toml() {
    let text = "titel = 'C'\nexercises = ['01_a', 'one', '1_b', '01_c', '02_a', 5]\n[limits]\ncpu = 1\ndeadline_s = 0\n";
    let found: Vec<(u32, u32, String)> = faults(text);
    let wanted = [
        (1, 1, "the course has no `title`"),
        (1, 1, "unknown key `titel` in the course"),
        (2, 22, "`one` is not an exercise's name"),
        (2, 29, "`1_b` is not an exercise's name"),
        (2, 36, "`01_c` cannot stand beside `01_a`: both are `1`"),
        (2, 44, "`02_a` cannot stand beside `01_a`: both are `a`"),
        (2, 52, "`exercises` must be a string, not a whole number"),
        (4, 1, "unknown key `cpu` in `limits`"),
        (5, 14, "`deadline_s` must be 1 to 600, not 0"),
    ];
    assert!(found.iter().map(|(l, c, m)| (*l, *c, m.as_str())).eq(wanted), "{found:#?}");
    assert_eq!(faults("title = 'C'\nexercises = []\n")[0].2, "`exercises` is empty");
    assert_eq!(faults("title = 'C'\n")[0].2, "the course has no `exercises`");
    assert_eq!(faults("title = 'C\n").len(), 1);
}

#[test]
fn one_exercise_is_read_alone() {
    let folder = folder(&[
        ("course.toml", "title = 'C'\nexercises = ['01_a', '02_b', '03_c']\n"),
        ("exercises/01_a/exercise.toml", EXERCISE),
        ("exercises/02_b/exercise.toml", "this is no TOML"),
    ]);
    let course = Course::open(folder.path()).unwrap();
    let exercise = course.exercise("01_a").unwrap();
    assert_eq!(exercise.dir, folder.path().join("exercises/01_a"));
    assert_eq!(exercise.file.to_str(), Some("exercises/01_a/exercise.toml"));
    assert_eq!(exercise.text, EXERCISE);
    assert!(course.exercise("04_d").unwrap_err().to_string().contains("no exercise `04_d`"));
    insta::assert_snapshot!(course.exercise("03_c").unwrap_err(), @r"
    error: there is no folder exercises/03_c
     --> course.toml:2:30
      |
    2 | exercises = ['01_a', '02_b', '03_c']
      |                              ^^^^^^ make it, or take the name out
    ");
}

#[test]
fn all_exercises_are_read_with_their_files() {
    let folder = folder(&[
        ("course.toml", "title = 'C'\nexercises = ['01_a', '02_b', '03_c', '04_d']\n"),
        ("exercises/01_a/exercise.toml", EXERCISE),
        ("exercises/02_b/exercise.toml", &EXERCISE.replace("'a' }]", "'b' }, { wait_mss = 1 }]")),
        ("exercises/03_c/README.md", ""),
    ]);
    let course = Course::open(folder.path()).unwrap();
    let problems = course.load_all().unwrap_err();
    let told: Vec<(String, u32)> =
        problems.0.iter().map(|p| (p.file.display().to_string(), p.line())).collect();
    let wanted = [
        ("course.toml".to_owned(), 2),
        ("exercises/01_a/README.md".to_owned(), 0),
        ("exercises/01_a/src/main.rs".to_owned(), 0),
        ("exercises/02_b/exercise.toml".to_owned(), 5),
        ("exercises/03_c/exercise.toml".to_owned(), 0),
    ];
    assert_eq!(told, wanted, "{problems}");

    write(folder.path(), "course.toml", "title = 'C'\nexercises = ['01_a']\n");
    write(folder.path(), "exercises/01_a/README.md", "");
    write(folder.path(), "exercises/01_a/src/main.rs", "");
    let course = Course::open(folder.path()).unwrap();
    assert_eq!(course.load_all().unwrap().len(), 1);
}
