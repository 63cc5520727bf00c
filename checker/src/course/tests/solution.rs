//! Solutions and their mistakes.

use tempfile::TempDir;

use super::support::{folder, write};
use crate::course::{Course, Problems, Solution};
use crate::record::finding::Finding;

const EXERCISE: &str =
    "title = 'T'\nhints = ['a', 'b']\n[[scenario]]\nname = 'one at a time'\nsteps = [{ start = 'a' }]\n";
const MISTAKE: &str = "[[mistake]]\nfile = 'serial.rs'\nreplaces = 'src/main.rs'\nsays = 'it waits'\n\
                       scenario = 'one at a time'\nfinding = 'deadline'\n";
const LIST: &str = "solutions/01_a/mistakes/mistakes.toml";

fn course() -> TempDir {
    folder(&[
        ("course.toml", "title = 'C'\nexercises = ['01_a']\n"),
        ("exercises/01_a/exercise.toml", EXERCISE),
        ("solutions/01_a/src/main.rs", ""),
    ])
}

fn solution(folder: &TempDir) -> Result<Solution, Problems> {
    let course = Course::open(folder.path()).unwrap();
    course.solution(&course.exercise("01_a").unwrap())
}

#[test]
fn mistakes_are_read() {
    let folder = course();
    assert!(solution(&folder).unwrap().mistakes.is_empty(), "no folder is fine");
    write(folder.path(), "solutions/01_a/mistakes/serial.rs", "");
    write(folder.path(), LIST, MISTAKE);
    let solution = solution(&folder).unwrap();
    assert_eq!(solution.dir, folder.path().join("solutions/01_a"));
    let mistake = &solution.mistakes[0];
    assert_eq!(mistake.file, folder.path().join("solutions/01_a/mistakes/serial.rs"));
    assert_eq!(mistake.replaces.to_str(), Some("src/main.rs"));
    assert_eq!((mistake.says.as_str(), mistake.scenario.as_str()), ("it waits", "one at a time"));
    assert_eq!((mistake.finding, mistake.line), (Finding::Deadline, 1));
}

#[test]
fn faults_of_a_mistake() {
    for (right, wrong, line, message, cure) in [
        ("'serial.rs'", "'serail.rs'", 2, "there is no program `serail.rs`", "`serial.rs`"),
        ("'src/main.rs'", "'src/mian.rs'", 3, "`src/mian.rs` is no source", "`src/main.rs`"),
        ("'it waits'", "''", 4, "`says` is empty", "one line"),
        ("'one at a time'", "'one at time'", 5, "no scenario `one at time`", "`one at a time`"),
        ("'deadline'", "'dead_line'", 6, "`dead_line` is not a value of `finding`", "`deadline`"),
        ("'deadline'", "7", 6, "`finding` must be a string", ""),
        ("finding =", "fnding =", 6, "unknown key `fnding` in a mistake", "`finding`"),
    ] {
        let folder = course();
        write(folder.path(), "solutions/01_a/mistakes/serial.rs", "");
        write(folder.path(), LIST, &MISTAKE.replace(right, wrong));
        let problems = solution(&folder).unwrap_err();
        let found = problems.0.iter().find(|problem| problem.message.contains(message));
        let found = found.unwrap_or_else(|| panic!("wanted {message:?} in\n{problems}"));
        assert_eq!(found.line(), line, "{found}");
        assert!(found.cure.clone().unwrap_or_default().contains(cure), "{found}");
    }
}

#[test]
fn files_and_list_must_agree() {
    let folder = course();
    write(folder.path(), "solutions/01_a/mistakes/serial.rs", "");
    assert!(solution(&folder).unwrap_err().to_string().contains("mistakes/mistakes.toml"));
    write(folder.path(), "solutions/01_a/mistakes/other.rs", "");
    write(folder.path(), LIST, &format!("{MISTAKE}{MISTAKE}"));
    std::fs::remove_file(folder.path().join("solutions/01_a/src/main.rs")).unwrap();
    insta::assert_snapshot!(solution(&folder).unwrap_err(), @r"
    error: the file is listed twice
     --> solutions/01_a/mistakes/mistakes.toml:8:8
      |
    8 | file = 'serial.rs'
      |        ^^^^^^^^^^^ the first is on line 1

    error: no mistake names this file
      --> solutions/01_a/mistakes/other.rs
       = add a `[[mistake]]` for it to mistakes.toml beside it

    error: the file is missing
      --> solutions/01_a/src/main.rs
       = write the reference solution of `a`
    ");
}

const MUTANTS: &str = "solutions/01_a/mutants.toml";

#[test]
fn equivalent_mutants_are_read() {
    let folder = course();
    assert!(solution(&folder).unwrap().equivalents.is_empty(), "no list is fine");
    let list = "[[equivalent]]\nreason = 'why'\nmutants = [\n  'one',\n  'two',\n]\n";
    write(folder.path(), MUTANTS, list);
    let found = solution(&folder).unwrap().equivalents;
    let shown: Vec<_> = found.iter().map(|e| (e.mutant.as_str(), e.reason.as_str(), e.line)).collect();
    assert_eq!(shown, [("one", "why", 4), ("two", "why", 5)]);
}

#[test]
fn faults_of_the_list_of_mutants() {
    for (list, line, message) in [
        ("[[equivalent]]\nmutants = ['a']\n", 1, "an entry has no `reason`"),
        ("[[equivalent]]\nreason = 'why'\n", 1, "an entry has no `mutants`"),
        ("[[equivalent]]\nmutants = ['a']\nreason = ''\n", 3, "`reason` is empty"),
        ("[[equivalent]]\nmutants = 'a'\nreason = 'why'\n", 2, "`mutants` must be a list of strings"),
        ("[[equivalent]]\nmutants = ['a', 'a']\nreason = 'why'\n", 2, "the mutant is listed twice"),
        ("[[equal]]\n", 1, "unknown key `equal` in the list"),
    ] {
        let folder = course();
        write(folder.path(), MUTANTS, list);
        let problems = solution(&folder).unwrap_err();
        let found = problems.0.iter().find(|problem| problem.message.contains(message));
        let found = found.unwrap_or_else(|| panic!("wanted {message:?} in\n{problems}"));
        assert_eq!((found.line(), found.file.to_str()), (line, Some(MUTANTS)), "{found}");
    }
}

#[test]
fn what_nobody_looks_at() {
    let folder = course();
    for path in ["02_b/exercise.toml", "03_c/README.md", "notes/exercise.toml"] {
        write(folder.path(), &format!("exercises/{path}"), "");
    }
    for path in ["variants/loose.rs", "variants/one/src/main.rs", "variants/.keep", "mistakes/old/serial.rs"]
    {
        write(folder.path(), &format!("solutions/01_a/{path}"), "");
    }
    let course = Course::open(folder.path()).unwrap();
    let exercise = course.exercise("01_a").unwrap();
    assert!(course.load_all().is_err_and(|problems| !problems.to_string().contains("02_b")));
    assert!(course.solution(&exercise).is_ok(), "who only wants the solution is not disturbed");
    let found = [course.unnamed_exercises(), course.stray_solutions(&exercise)].concat();
    insta::assert_snapshot!(Problems::sorted(found), @r"
    error: course.toml does not name this exercise
      --> exercises/02_b
       = add its name to `exercises`, or take the folder away

    error: no mistake is looked for in this folder
      --> solutions/01_a/mistakes/old
       = a mistake is one file beside mistakes.toml: move it there, or take the folder away

    error: no variant has this file
      --> solutions/01_a/variants/loose.rs
       = a variant is a folder with its own `src`: move it there, or take it away
    ");
}
