//! From the arguments to an exit code.

use std::io::Write;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use super::args::{Cli, Command};
use super::commands::run::Choice;
use super::context::Context;
use super::exit::{Exit, Stop};
use super::{commands, said, signals, spinner};
use crate::build::boxed::helper;
use crate::build::linking;
use crate::drive::nursery;
use crate::sandbox::probe;

/// The checker, or one of the processes that it starts of itself.
pub fn main() -> ExitCode {
    let mut args = std::env::args_os().skip(1);
    let (first, second) = (args.next(), args.next());
    let number = second.and_then(|second| second.to_str()?.parse::<u32>().ok());
    match (first.as_ref().and_then(|first| first.to_str()), number) {
        (Some(spinner::ARGUMENT), Some(checker)) => spinner::main(checker),
        (Some(nursery::ARGUMENT), Some(checker)) => return nursery::main(checker),
        (Some(nursery::WRAPPED), Some(_)) => return nursery::wrapped(),
        (Some(helper::ARGUMENT), Some(checker)) => return helper::main(checker),
        (Some(linking::ARGUMENT), _) => return linking::stand_in(),
        (Some(probe::SUBCOMMAND), Some(number)) => {
            return probe::probe_main(u8::try_from(number).unwrap_or_default());
        }
        _ => {}
    }
    let cli = Cli::parse();
    if let Err(error) = signals::install() {
        drop(said::say("error: ", &format!("signals can't be handled: {error}")));
        return Exit::Fault.into();
    }
    match dispatch(cli) {
        Ok(exit) => exit.into(),
        Err(Stop { exit, message }) => {
            if !message.is_empty() {
                let lead = if message.starts_with("error") { "" } else { "error: " };
                // Where nobody reads it any more, the exit code still tells.
                drop(said::say(lead, &message));
            }
            exit.into()
        }
    }
}

fn dispatch(cli: Cli) -> Result<Exit, Stop> {
    let Cli { command, global } = cli;
    match command {
        Some(Command::Completions { shell }) => {
            // By way of memory: it panics where it can't write.
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "checker", &mut script);
            std::io::stdout().write_all(&script)?;
            Ok(Exit::Passed)
        }
        Some(Command::Doctor) => commands::doctor::doctor(&global),
        Some(Command::Report(args)) => commands::report::report(&global, &args),
        command => {
            let context = Context::open(&global)?;
            match command {
                None => commands::status::status(&context),
                Some(Command::Next { fresh, output }) => commands::run::next(&context, fresh, output.format),
                Some(Command::Run { exercises, only, seed, fresh, output }) => {
                    let choice = Choice { only, seed, fresh };
                    commands::run::run(&context, &exercises, &choice, output.format)
                }
                Some(Command::List { output }) => commands::list::list(&context, output.format),
                Some(Command::Hint { exercise }) => commands::hint::hint(&context, exercise.as_deref()),
                Some(Command::Solution { exercise, apply }) => {
                    commands::solution::solution(&context, &exercise, apply)
                }
                Some(Command::Reset { exercise }) => commands::reset::reset(&context, &exercise),
                Some(Command::Verify { exercises, seed, times, mutants, load, output }) => {
                    let _spinners = spinner::start(load)?;
                    match times {
                        Some(times) => commands::stress::stress(&context, &exercises, times),
                        None if mutants => {
                            commands::mutants::mutants(&context, &exercises, seed, output.format)
                        }
                        None => commands::verify::verify(&context, &exercises, seed, output.format),
                    }
                }
                Some(Command::Grade(args)) => commands::grade::grade(&context, &args),
                Some(Command::Similar(args)) => commands::similar::similar(&context, &args),
                Some(Command::Report(_) | Command::Doctor | Command::Completions { .. }) => Ok(Exit::Passed),
            }
        }
    }
}
