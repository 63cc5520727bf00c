//! Against the verdict itself.

use super::row::{Ends, Row, run};

#[test]
fn attacks_on_the_verdict() {
    run(ROWS);
}

macro_rules! program {
    ($name:literal) => {
        include_str!(concat!("../programs/hostile/suite/", $name, ".rs"))
    };
}

pub const ROWS: &[Row] = &[
    Row::new(&[30], "a fake verdict", program!("fakes_a_verdict"), Ends::Fails("ended")).steps(LISTENS),
    Row::new(&[31], "guessed descriptors", program!("guesses_descriptors"), Ends::Fails("ended"))
        .steps(LISTENS),
    Row::new(&[53], "ends well too early", "fn main() { std::process::exit(256); }\n", Ends::Fails("ended"))
        .steps(LISTENS),
    Row::new(
        &[53],
        "another exit code than its own",
        "fn main() { std::process::exit(-255 * 2); }\n",
        Ends::Fails("wrong_exit"),
    ),
    Row::new(
        &[53],
        "panics in a thread and ends well",
        "fn main() { std::thread::spawn(|| panic!(\"1 of 1 scenario\")).join().ok(); }\n",
        Ends::Fails("crashed"),
    ),
];

const LISTENS: &str = r#"{ start = "demo", args = ["${addr}"], on = "listening" },"#;

/// What a program prints, and what it makes the compiler print, steers no terminal.
#[test]
fn no_escape_sequence_gets_through() {
    let course = crate::support::Mini::demo(program!("fakes_a_verdict"), LISTENS);
    let printed = course.checker(["run", "1", "--isolation", "3", "--boxed"]).code(1).says("0 of 1").check();
    assert!(!printed.stdout.contains(['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}', '\r']), "{}", printed.stdout);
    let source = "compile_error!(\"\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}\u{202e}\");\nfn main() {}\n";
    for source in [
        source.to_owned(),
        source.replace("compile_error!(", "#[deprecated = ").replace(");", "]\nconst X: () = X;"),
    ] {
        let course = crate::support::Mini::demo(&source, LISTENS);
        let printed =
            course.checker(["run", "1", "--isolation", "3", "--boxed"]).code(1).says("does not").check();
        assert!(
            !printed.stdout.contains(['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}', '\r']),
            "{}",
            printed.stdout
        );
    }
}
