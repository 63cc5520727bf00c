//! Exit codes and signals, by name and by what they commonly mean.

use crate::record::observation::Exit;

/// `SIGSEGV`, and what commonly brings it.
fn signal(number: i32) -> (&'static str, &'static str) {
    match number {
        1 => ("SIGHUP", "its terminal went away"),
        2 => ("SIGINT", "somebody pressed Ctrl-C"),
        3 => ("SIGQUIT", "somebody pressed Ctrl-\\"),
        4 => ("SIGILL", "the processor met an instruction that does not exist"),
        5 => ("SIGTRAP", "a breakpoint without a debugger"),
        6 => ("SIGABRT", "the program gave itself up: abort(), a panic inside of a panic, or a full stack"),
        7 => ("SIGBUS", "memory behind a file that has become shorter"),
        8 => ("SIGFPE", "an impossible computation, outside of Rust's checks"),
        9 => ("SIGKILL", "ended from outside, which no program can refuse; often memory ran out"),
        10 => ("SIGUSR1", "a signal of somebody's own"),
        11 => ("SIGSEGV", "memory was touched that is not the program's: unsafe code, or a full stack"),
        12 => ("SIGUSR2", "a signal of somebody's own"),
        13 => ("SIGPIPE", "it wrote to a pipe or socket that nobody reads any more"),
        14 => ("SIGALRM", "an alarm that it had set"),
        15 => ("SIGTERM", "it was asked to end"),
        19 => ("SIGSTOP", "it was stopped"),
        24 => ("SIGXCPU", "it used more processor time than it has"),
        25 => ("SIGXFSZ", "a file became larger than it may"),
        31 => ("SIGSYS", "a system call that is not allowed here"),
        _ => ("", ""),
    }
}

/// What a signal commonly means, as a sentence.
pub(super) fn meaning(number: i32) -> Option<String> {
    let (name, meaning) = signal(number);
    (!name.is_empty()).then(|| format!("{name} commonly means: {meaning}."))
}

/// `exit code 1 (failed)`, `died by SIGSEGV (signal 11)`.
pub(crate) fn ending(exit: Exit) -> String {
    match exit {
        Exit::Code(code) => match code {
            0 => "exit code 0 (done)".into(),
            1 => "exit code 1 (failed)".into(),
            2 => "exit code 2 (wrong arguments)".into(),
            101 => "exit code 101 (panicked)".into(),
            code => format!("exit code {code}"),
        },
        Exit::Signal(number) => match signal(number) {
            ("", _) => format!("died by signal {number}"),
            (name, _) => format!("died by {name} (signal {number})"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signals_have_names_and_meanings() {
        assert_eq!(ending(Exit::Signal(11)), "died by SIGSEGV (signal 11)");
        assert_eq!(ending(Exit::Signal(40)), "died by signal 40");
        assert_eq!(ending(Exit::Code(101)), "exit code 101 (panicked)");
        assert!(meaning(13).unwrap().contains("nobody reads"));
        assert_eq!(meaning(40), None);
    }
}
