//! The whole course, with nothing known: `checker verify` beside compiling its programs and nothing else.

use std::ffi::OsString;

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

/// All in turns. There is no round that does not count: finding the best flags has warmed the machine.
pub fn measure(
    args: &Args,
    workshop: &Workshop,
    stopwatch: &Stopwatch,
    checkers: &[Checker],
) -> Result<Table, String> {
    let rounds = args.rounds_or(3);
    let course = course_copy::fresh(workshop, "whole")?;
    let staging = workshop.folder.join("staging");
    let mut names = course_copy::exercises(&course)?;
    names.retain(|name| args.wants(name));
    let distinct = Programs::of_course(&course, &names, &staging, true)?;
    let every = Programs::of_course(&course, &names, &staging, false)?;
    eprintln!("rivals: the best plain compilation");
    let plain = Plain::best(workshop, &course)?;

    let mut times: Vec<Vec<f64>> = vec![Vec::new(); checkers.len() + 2];
    for round in 0..rounds {
        eprintln!("rivals: the whole course, {} of {rounds}", round + 1);
        for place in 0..times.len() {
            let turn = (place + round) % times.len();
            let ms = match turn {
                0 => plain.compile(&distinct)?,
                1 => plain.compile(&every)?,
                _ => {
                    // What the checker knows by content lies there.
                    files::remove(&course.join("target"))?;
                    files::remove(&course.join(".checker"))?;
                    let mut run = Run::new(&course, [(&checkers[turn - 2].binary).into(), "verify".into()]);
                    run.argv.extend(names.iter().map(OsString::from));
                    stopwatch.time(&run)?.ms
                }
            };
            times[turn].push(ms);
        }
    }
    let names = checkers.iter().map(|checker| format!("{} verify", checker.name));
    let title = "The whole course, with nothing known".to_owned();
    Ok(beside::table(title, [distinct.binaries.len(), every.binaries.len()], plain.flags, names, &times))
}
