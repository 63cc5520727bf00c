//! A class that is graded: `checker grade` beside compiling what was handed in and nothing else.

use std::path::{Path, PathBuf};

use crate::args::Args;
use crate::beside;
use crate::checkers::Checker;
use crate::contestant::Run;
use crate::course_copy;
use crate::files;
use crate::plain::Plain;
use crate::programs::Programs;
use crate::stopwatch::Stopwatch;
use crate::table::Table;
use crate::workshop::Workshop;

/// All in turns; each checker grades twice, the second time with nothing changed.
pub fn measure(
    args: &Args,
    workshop: &Workshop,
    stopwatch: &Stopwatch,
    checkers: &[Checker],
    students: u32,
) -> Result<Table, String> {
    let rounds = args.rounds_or(2);
    let course = course_copy::fresh(workshop, "class")?;
    let class = make(workshop, students)?;
    let mut names = course_copy::exercises(&course)?;
    names.retain(|name| args.wants(name));
    let distinct = Programs::of_class(&course, &names, &class, true)?;
    let every = Programs::of_class(&course, &names, &class, false)?;
    eprintln!("rivals: the best plain compilation");
    let plain = Plain::best(workshop, &course)?;

    let mut times: Vec<Vec<f64>> = vec![Vec::new(); 2 + 2 * checkers.len()];
    for round in 0..rounds {
        eprintln!("rivals: a class of {students}, {} of {rounds}", round + 1);
        for place in 0..2 + checkers.len() {
            let turn = (place + round) % (2 + checkers.len());
            match turn {
                0 => times[0].push(plain.compile(&distinct)?),
                1 => times[1].push(plain.compile(&every)?),
                _ => {
                    let checker = &checkers[turn - 2];
                    let out = workshop.folder.join("graded");
                    files::remove(&out)?;
                    files::remove(&course.join("target"))?;
                    let run = grade(checker, &course, &class, &out, &names);
                    let at = 2 + 2 * (turn - 2);
                    times[at].push(stopwatch.time(&run)?.ms);
                    times[at + 1].push(stopwatch.time(&run)?.ms);
                }
            }
        }
    }
    let names = checkers.iter().flat_map(|checker| {
        [format!("{} grade", checker.name), format!("{} grade again, nothing changed", checker.name)]
    });
    let title = format!("A class of {students}, with nothing known");
    Ok(beside::table(title, [distinct.binaries.len(), every.binaries.len()], plain.flags, names, &times))
}

/// Makes the class, a folder a student.
fn make(workshop: &Workshop, students: u32) -> Result<PathBuf, String> {
    let class = workshop.folder.join("class");
    files::remove(&class)?;
    let (course, out) = (workshop.repo.to_string_lossy(), class.to_string_lossy());
    let students = students.to_string();
    let asked = ["--course", &course, "--students", &students, "--seed", "1", "--shape", "folder", &out];
    let cargo = ["cargo", "run", "--locked", "--quiet", "--example", "make_class", "--"];
    workshop.output(&[&cargo[..], &asked[..]].concat(), &workshop.repo)?;
    Ok(class)
}

fn grade(checker: &Checker, course: &Path, class: &Path, out: &Path, names: &[String]) -> Run {
    let mut run = Run::new(course, [checker.binary.clone().into(), "grade".into()]);
    run.argv.extend([class.into(), "--out".into(), out.into(), "--only".into(), names.join(",").into()]);
    run
}
