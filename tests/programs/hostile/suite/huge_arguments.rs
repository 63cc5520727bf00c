//! Starts itself with as many arguments as there can be.
use std::process::Command;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if args.last().is_some_and(|last| last == "child") {
        return;
    }
    let long = "x".repeat(100_000);
    let many = vec![long; 15];
    let variables = (0..100).map(|n| (format!("V{n}"), "y".repeat(1000)));
    // Started or refused: whichever it is, it concerns nobody else.
    drop(Command::new(&args[0]).args(&many).envs(variables).arg("child").status());
}
