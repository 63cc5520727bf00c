//! A scenario in the place of another one of the same student's: it finds nothing of that.

use std::collections::HashSet;
use std::thread::available_parallelism;

use serde_json::Value;

use crate::support::Mini;
use crate::support::mini::ADDR;

/// Binds an address that no connection may have kept.
const BINDS: &str = include_str!("../programs/pitfalls/binds_without_reuse.rs");

/// Exercises of so many equal scenarios that most of them come after others in one place.
fn course(source: &str, steps: &str) -> (Mini, usize) {
    let toml = toml("demo", steps);
    // Of a single job, nobody waits for a place.
    let names = ["01_demo", "02_other"];
    let course =
        names.iter().fold(Mini::new(), |course, name| course.exercise(name, &toml).source(name, source));
    (course, count())
}

fn toml(program: &str, steps: &str) -> String {
    let one = |n| format!("[[scenario]]\nname = \"number {n}\"\nsteps = [{steps}]\n");
    format!(
        "title = \"An exercise\"\nprograms = [\"{program}\"]\naddr = \"{ADDR}\"\nhints = [\"look\", \"think\"]\n{}",
        (0..count()).map(one).collect::<String>()
    )
}

fn count() -> usize {
    8 * available_parallelism().unwrap().get()
}

#[test]
fn fewer_networks_than_scenarios_are_made() {
    let tells = r#"
        fn main() {
            println!("{}", std::fs::read_link("/proc/self/ns/net").unwrap().display());
        }
    "#;
    let steps = r#"{ start = "demo" }, { expect = "demo.stdout", line = "the name of its network" },"#;
    let (course, count) = course(tells, steps);
    let document = course.checker(["run", "1", "2", "--isolation", "3", "--format", "json"]).code(1).json();
    let network = |scenario: &Value| scenario["failure"]["got"].to_string();
    let exercises: Vec<HashSet<String>> = document["exercises"]
        .as_array()
        .unwrap()
        .iter()
        .map(|exercise| {
            let networks: Vec<String> =
                exercise["scenarios"].as_array().unwrap().iter().map(network).collect();
            assert!(networks.iter().all(|got| got.contains("net:[")), "{networks:?}");
            assert_eq!(networks.len(), count);
            let different: HashSet<String> = networks.into_iter().collect();
            assert!(different.len() <= count / 2, "{} of {count}", different.len());
            different
        })
        .collect();
    assert!(!exercises[0].is_disjoint(&exercises[1]), "one student's exercises share them: {exercises:?}");
}

/// Each exercise's programs lie alone in their folder, also where another one's were before.
#[test]
fn the_programs_of_another_exercise_are_gone() {
    let source = r#"
        fn main() {
            let entry = |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
            let names: Vec<String> = std::fs::read_dir("/program").unwrap().map(entry).collect();
            println!("{}", names.join(" "));
        }
    "#;
    let names = ["01_demo", "02_other"];
    let course = names.iter().fold(Mini::new(), |course, name| {
        let program = &name[3..];
        let step = format!(
            "{{ start = \"{program}\" }}, {{ expect = \"{program}.stdout\", line = \"{program}\" }},"
        );
        course.exercise(name, &toml(program, &step)).source(name, source)
    });
    let all = format!("{} of {0} scenarios", count());
    course.checker(["run", "1", "2", "--isolation", "3"]).says(&all).check();
}

/// What only the program knows of can't be taken away: its place is given up, and the next scenario has another one.
#[test]
fn a_place_with_an_unknown_connection_is_not_used_again() {
    let to_itself = r#"listen(listener, 16);
        let own = std::net::TcpStream::connect(at).unwrap();
        let theirs = accept(listener, std::ptr::null_mut(), std::ptr::null_mut());
        // Who closes first keeps the port.
        drop(<std::os::fd::OwnedFd as std::os::fd::FromRawFd>::from_raw_fd(theirs));
        drop(own);
        return;
    "#;
    let source = BINDS.replace("listen(listener, 16);", to_itself);
    let (course, count) =
        course(&source, r#"{ start = "demo", args = ["${addr}"] }, { expect_exit = "demo", code = 0 },"#);
    let all = format!("{count} of {count} scenarios");
    course.checker(["run", "1", "2"]).says(&all).check();
}

/// Neither a file, nor a connection that keeps its port for a while, of whichever side.
#[test]
fn what_one_leaves_the_next_does_not_find() {
    let leaves = BINDS.replace("fn main() {", "fn main() { std::fs::File::create_new(\"left\").unwrap();");
    let start = r#"{ start = "demo", args = ["${addr}"], on = "listening" }, { connect = "ann" },"#;
    let talk = r#"{ send = "ann", text = "x" }, { expect = "ann", text = "x" },"#;
    for end in [r#"{ close = "ann" },"#, r#"{ stop = "demo" }, { expect = "ann", eof = true },"#] {
        let (course, count) = course(&leaves, &format!("{start}{talk}{end}"));
        let all = format!("{count} of {count} scenarios");
        course.checker(["run", "1", "2"]).says(&all).check();
    }
}

/// Programs of one scenario, one after the other: what each knows of itself is as it was for the first, whatever those
/// before it have done.
#[test]
fn a_program_finds_nothing_of_the_one_before_it() {
    let source = include_str!("../programs/pitfalls/leaves_nothing_undone.rs");
    let one = |n| {
        format!(
            r#"{{ start = "n{n}", program = "demo" }},
            {{ expect = "n{n}.stdout", line = "below 1, 1 there, umask 22, ignores 0, may open 1024" }},
            {{ expect_exit = "n{n}", code = 0 }},"#
        )
    };
    let (course, count) = course(source, &(0..6).map(one).collect::<String>());
    let all = format!("{count} of {count} scenarios");
    course.checker(["run", "1", "2", "--isolation", "3"]).says(&all).check();
}
