//! Right programs pass, with every verb of the scenario language.

mod again;
mod files;
mod groups;
mod meetings;
mod processes;
mod streams;

use crate::support::Mini;
use crate::support::mini::ADDR;

/// The one scenario of `steps` passes for the program, also with other random values.
#[track_caller]
fn passes(source: &str, steps: &str) {
    passes_with(&[("demo", source)], "", steps);
}

/// The same for several programs, and with lines for the head of the scenario (`vars = …`).
#[track_caller]
fn passes_with(programs: &[(&str, &str)], head: &str, steps: &str) {
    let names: Vec<&str> = programs.iter().map(|(name, _)| *name).collect();
    let toml = format!(
        "title = \"An exercise\"\nprograms = {names:?}\naddr = \"{ADDR}\"\nhints = [\"look\", \"think\"]\n\n\
         [[scenario]]\nname = \"it works\"\n{head}\nsteps = [\n{}\n]\n",
        steps.trim_matches('\n')
    );
    let mut course = Mini::new().exercise("01_demo", &toml);
    for (name, source) in programs {
        let file = if programs.len() == 1 { "main.rs".to_owned() } else { format!("bin/{name}.rs") };
        course = course.file(&format!("exercises/01_demo/src/{file}"), source);
    }
    for seed in ["1", "2"] {
        let last = "1 of 1 scenario, 1 of 1 point\n";
        let printed = course.checker(["run", "1", "--seed", seed]).says("✓ it works").says(last).check();
        assert!(printed.stdout.ends_with(last), "{}", printed.stdout);
    }
}
