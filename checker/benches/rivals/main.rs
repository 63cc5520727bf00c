//! The checker beside its rivals, on this machine, in turns: `cargo bench --bench rivals`.
//!
//! | part | asks |
//! |---|---|
//! | [`edits`] | how long from a save to a verdict, and what takes as long |
//! | [`whole`] | how long the whole course takes, beside compiling its programs and nothing else |
//! | [`class`] | how long a class of submissions takes to grade, beside compiling them and nothing else |
//! | [`upload`] | what an upload of 256 MiB takes, and compiling, when nothing else is done |
//! | [`growth`] | what an exercise costs in courses of 10, 100 and 1,000 |
//!
//! All that is measured are whole processes with the surroundings of a student's shell ([`workshop`]), started
//! by a [`stopwatch`]. Everything is made afresh below `target/rivals`; the working tree is only read.
//! `BENCHMARKS.md` says what is compared, and how to read it.

mod args;
mod beside;
mod checkers;
mod class;
mod contestant;
mod course_copy;
mod edit;
mod edits;
mod figures;
mod files;
mod growth;
mod machine;
mod plain;
mod programs;
mod setups;
mod stopwatch;
mod table;
mod tools;
mod turns;
mod upload;
mod whole;
mod workshop;

use std::process::ExitCode;

use clap::Parser;

use args::Args;
use stopwatch::Stopwatch;
use tools::{HYPERFINE, Tools};
use workshop::Workshop;

fn main() -> ExitCode {
    match bench(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("rivals: {why}");
            ExitCode::FAILURE
        }
    }
}

fn bench(args: &Args) -> Result<(), String> {
    let workshop = Workshop::open()?;
    let tools = Tools::new(&workshop, !args.no_install);
    let hyperfine = tools.ready(&HYPERFINE);
    let stopwatch = Stopwatch::new(&workshop, hyperfine.is_ok());
    let checkers = checkers::all(&workshop, &args.checkers)?;
    println!("{}\n", machine::lines(&workshop, &checkers, hyperfine.as_deref())?);

    let mut tables = Vec::new();
    if args.edits() {
        tables.extend(edits::measure(args, &workshop, &tools, &stopwatch, &checkers)?);
    }
    if args.whole_course || args.all {
        tables.push(whole::measure(args, &workshop, &stopwatch, &checkers)?);
    }
    if args.growth || args.all {
        tables.push(growth::measure(args, &workshop, &stopwatch, &checkers)?);
    }
    if let Some(students) = args.class {
        tables.push(class::measure(args, &workshop, &stopwatch, &checkers, students)?);
    }
    if args.upload || args.all {
        tables.push(upload::measure(args, &workshop, &stopwatch, &checkers)?);
    }
    for table in tables {
        println!("{}", if args.markdown { table.markdown() } else { table.text() });
    }
    Ok(())
}
