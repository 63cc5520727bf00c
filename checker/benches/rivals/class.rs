//! A class that is graded: `checker grade` beside compiling what was handed in and nothing else.

use std::path::{Path, PathBuf};

use crate::args::Args;
use crate::checkers::Checker;
use crate::contestant::Run;
use crate::course_copy;
use crate::figures::Spread;
use crate::files;
use crate::machine;
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
    Ok(table(checkers, &times, [distinct.binaries.len(), every.binaries.len()], students, plain.flags))
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

fn table(
    checkers: &[Checker],
    times: &[Vec<f64>],
    programs: [usize; 2],
    students: u32,
    flags: &[&str],
) -> Table {
    let seconds = |times: &[f64]| {
        let Spread { median, min, max } = Spread::of(times);
        format!("{:.2} ({:.2}–{:.2})", median / 1000.0, min / 1000.0, max / 1000.0)
    };
    let row = |name: String, own: &[f64]| {
        let ratio = |to: &[f64]| Spread::of_ratios(own, to).to_string();
        vec![name, seconds(own), ratio(&times[0]), ratio(&times[1])]
    };
    let [distinct, every] = programs;
    let mut rows = vec![
        row(format!("rustc alone, each of {distinct} different programs once"), &times[0]),
        row(format!("rustc alone, all {every} programs"), &times[1]),
    ];
    for (checker, own) in checkers.iter().zip(times[2..].chunks(2)) {
        rows.push(row(format!("{} grade", checker.name), &own[0]));
        rows.push(row(format!("{} grade again, nothing changed", checker.name), &own[1]));
    }
    let head = ["", "s", "÷ different programs once", "÷ all programs"].map(str::to_owned).to_vec();
    let notes = vec![
        format!("Median (min–max) of {} rounds in turn.", times[0].len()),
        format!("rustc: {} at a time, {}, not shut in.", machine::processors(), flags.join(" ")),
    ];
    Table { title: format!("A class of {students}, with nothing known"), head, rows, notes }
}
