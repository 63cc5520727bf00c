//! A scenario in the place of another one of the same exercise: it finds nothing of that.

use std::collections::HashSet;
use std::thread::available_parallelism;

use serde_json::Value;

use crate::support::Mini;
use crate::support::mini::ADDR;

/// Binds an address that no connection may have kept.
const BINDS: &str = include_str!("../programs/pitfalls/binds_without_reuse.rs");

/// Exercises of so many equal scenarios that most of them come after others in one place.
fn course(source: &str, steps: &str) -> (Mini, usize) {
    let count = 8 * available_parallelism().unwrap().get();
    let one = |n| format!("[[scenario]]\nname = \"number {n}\"\nsteps = [{steps}]\n");
    let toml = format!(
        "title = \"An exercise\"\nprograms = [\"demo\"]\naddr = \"{ADDR}\"\nhints = [\"look\", \"think\"]\n{}",
        (0..count).map(one).collect::<String>()
    );
    // Of a single job, nobody waits for a place.
    let names = ["01_demo", "02_other"];
    let course =
        names.iter().fold(Mini::new(), |course, name| course.exercise(name, &toml).source(name, source));
    (course, count)
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
    for exercise in document["exercises"].as_array().unwrap() {
        let networks: Vec<String> = exercise["scenarios"].as_array().unwrap().iter().map(network).collect();
        assert!(networks.iter().all(|got| got.contains("net:[")), "{networks:?}");
        let different: HashSet<&String> = networks.iter().collect();
        assert_eq!(networks.len(), count);
        assert!(different.len() <= count / 2, "{} of {count}", different.len());
    }
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
