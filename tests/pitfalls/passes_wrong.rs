//! A wrong program passes.

use std::path::Path;

use toml::{Table, Value};

use super::{CALLER, ECHO, course, fails, passes, result};
use crate::support::Mini;
use crate::support::mini::{IDLE, exercise_toml};

const LISTENS: &str = r#"{ start = "demo", args = ["${addr}"], on = "listening" },"#;

/// Who connects to a free port of the range from which the kernel gives ports out can meet itself, and
/// hears all that it says: no scenario is played there. (That a connection to itself counts as refused has
/// its test where connections are made.)
#[test]
fn self_connect() {
    let toml = exercise_toml("demo", LISTENS).replace("21001", "40000");
    let course = Mini::new().exercise("01_demo", &toml).source("01_demo", IDLE);
    course.checker(["run", "1"]).code(2).complains("port 40000 cannot be used").complains("32767").check();
}

/// The kernel accepts for a program that serves its clients one by one: it passes if they speak in the
/// order of their coming, or leave when they were served.
#[test]
fn the_listen_backlog() {
    let in_order = include_str!("../programs/pitfalls/serves_in_order.rs");
    let steps = |order: &str, leave: &str| {
        format!(
            r#"{LISTENS} {{ connect = "ann", each = 5 }}, {{ for = "ann", order = "{order}", steps = [
                {{ send = "ann", line = "${{n}}" }}, {{ expect = "ann", line = "${{n}}" }}, {leave}
            ] }},"#
        )
    };
    passes(in_order, "", &steps("forward", ""));
    fails(in_order, "", &steps("reverse", ""), "deadline");
    let one_by_one = include_str!("../programs/pitfalls/serves_one_at_a_time.rs");
    passes(one_by_one, "", &steps("forward", r#"{ close = "ann" }"#));
    fails(one_by_one, "", &steps("forward", ""), "deadline");
    passes(ECHO, "", &steps("reverse", ""));
}

/// That somebody listens is not enough: it must be a socket of the program itself.
#[test]
fn somebody_elses_listener() {
    let steps = r#"
  { start = "other", args = ["${addr}"], on = "listening" },
  { start = "demo", args = ["${addr}"], on = "listening" },
  { connect = "ann" }, { send = "ann", line = "x" }, { expect = "ann", line = "x" },
"#;
    let silent = include_str!("../programs/never_listens.rs");
    let course = course(&[("other", ECHO), ("demo", silent)], "deadline_s = 1", steps);
    for rung in ["3", "0"] {
        let scenario = result(&course, rung, 1);
        assert_eq!(scenario["failure"]["finding"], "not_ready", "{scenario:#}");
        assert_eq!(scenario["failure"]["step"], 2);
    }
}

/// TIME_WAIT stays with the side that closes first: a restart proves something only where that was the
/// program.
#[test]
fn restart_and_time_wait() {
    let (stop, close) = (r#"{ stop = "first" },"#, r#"{ close = "ann" },"#);
    let steps = |one: &str, other: &str| {
        format!(
            r#"
  {{ start = "first", program = "demo", args = ["${{addr}}"], on = "listening" }},
  {{ connect = "ann" }}, {{ send = "ann", text = "a" }}, {{ expect = "ann", text = "a" }},
  {one} {other}
  {{ start = "second", program = "demo", args = ["${{addr}}"], on = "listening" }},
"#
        )
    };
    let wrong = include_str!("../programs/pitfalls/binds_without_reuse.rs");
    fails(wrong, "", &steps(stop, close), "ended");
    passes(wrong, "", &steps(close, stop));
    passes(ECHO, "", &steps(stop, close));
}

/// A payload without what naive code mangles is carried by it unharmed: that is planted.
#[test]
fn weak_random_payload() {
    let copies = include_str!("../programs/pitfalls/copies.rs");
    for vars in ["w = { bytes = 64 }", "w = { blob = \"1 KiB\" }"] {
        let head = format!("vars = {{ {vars} }}");
        let what = if vars.contains("blob") { r#"blob = "w""# } else { r#"text = "${w}""# };
        let steps = |mangle: &str| {
            format!(
                r#"
  {{ file = "source.bin", {what} }}, {{ start = "demo", args = ["{mangle}"] }},
  {{ expect_exit = "demo", code = 0 }}, {{ expect_file = "${{dir}}/copy.bin", {what} }},
"#
            )
        };
        passes(copies, &head, &steps("nothing"));
        for mangle in ["line ends", "the end of a C string", "what is no text", "a farewell"] {
            fails(copies, &head, &steps(mangle), "wrong_file");
        }
    }
}

/// The kernel takes megabytes for a client that does not read: who waits for it is found out only by more
/// than that.
#[test]
fn kernel_buffers() {
    let sends = include_str!("../programs/pitfalls/sends_to_all.rs");
    let steps = |how: &str| {
        format!(
            r#"
  {{ file = "big.bin", blob = "big" }},
  {{ start = "demo", args = ["${{addr}}", "{how}"], on = "listening" }},
  {{ connect = "ann" }}, {{ hold = "ann" }},
  {{ connect = "bob" }}, {{ expect = "bob", blob = "big" }}, {{ expect = "bob", eof = true }},
  {{ expect = "ann", nothing_ms = 0 }}, {{ release = "ann" }},
  {{ expect = "ann", blob = "big" }}, {{ expect = "ann", eof = true }},
"#
        )
    };
    let head = |size: &str| format!("vars = {{ big = {{ blob = \"{size}\" }} }}");
    passes(sends, &head("256 KiB"), &steps("by turns"));
    fails(sends, &head("16 MiB"), &steps("by turns"), "deadline");
    passes(sends, &head("16 MiB"), &steps("at once"));
}

/// The same in the course: whoever holds a connection has enough to fill the buffers with.
#[test]
fn kernel_buffers_in_the_course() {
    const ENOUGH_MIB: u64 = 16;
    let exercises = Path::new(env!("CARGO_MANIFEST_DIR")).join("../exercises");
    let mut held = 0;
    for exercise in exercises.read_dir().unwrap() {
        let Ok(text) = std::fs::read_to_string(exercise.unwrap().path().join("exercise.toml")) else {
            continue;
        };
        let exercise: Table = text.parse().unwrap();
        for scenario in exercise["scenario"].as_array().unwrap() {
            if !scenario["steps"].as_array().unwrap().iter().any(|step| step.get("hold").is_some()) {
                continue;
            }
            held += 1;
            let vars = [exercise.get("vars"), scenario.get("vars")].into_iter().flatten();
            let most = vars.flat_map(|vars| vars.as_table().unwrap().values()).map(blob_mib).max();
            assert!(most >= Some(ENOUGH_MIB), "{}: {most:?} MiB", scenario["name"]);
        }
    }
    assert!(held > 0);
}

fn blob_mib(generator: &Value) -> u64 {
    let size = ["blob", "sparse"].iter().find_map(|kind| generator.get(kind)).and_then(Value::as_str);
    let size = size.unwrap_or_default();
    size.strip_suffix(" MiB").map_or(0, |mib| mib.parse().unwrap())
}

/// Two writes back to back may arrive as one: each piece waits until the one before was read.
#[test]
fn a_split_that_is_none() {
    let sizes = include_str!("../programs/right/prints_sizes.rs");
    let steps = format!(
        r#"{LISTENS} {{ connect = "ann" }}, {{ repeat = 200, steps = [
            {{ send = "ann", line = "one two", cut = [3] }},
            {{ expect = "demo.stdout", line = "3" }}, {{ expect = "demo.stdout", line = "5" }},
        ] }},"#
    );
    passes(sizes, "", &steps);
    let ask = format!(
        r#"{LISTENS} {{ connect = "ann" }},
            {{ send = "ann", line = "one two", cut = [3] }}, {{ expect = "ann", line = "one two" }},"#
    );
    fails(include_str!("../programs/pitfalls/reads_once.rs"), "", &ask, "wrong_bytes");
    passes(ECHO, "", &ask);
}

/// What comes after all that was expected is seen, and nothing is not the same as nothing where nobody was
/// met.
#[test]
fn absence() {
    let goodbye = include_str!("../programs/says_goodbye.rs");
    for end in ["eof = true", "eof = true, or_reset = true", "nothing_ms = 1000"] {
        let steps = format!(
            r#"{LISTENS} {{ connect = "ann" }}, {{ send = "ann", line = "x" }},
                {{ expect = "ann", line = "x" }}, {{ expect = "ann", {end} }},"#
        );
        fails(goodbye, "", &steps, "extra_bytes");
    }
    // The same, where the end that was asked for follows.
    let ended = format!(
        r#"{LISTENS} {{ connect = "ann" }}, {{ send = "ann", line = "x" }}, {{ expect = "ann", line = "x" }},
            {{ close = "ann", how = "write" }}, {{ expect_exit = "demo", code = 0 }},
            {{ expect = "ann", eof = true }},"#
    );
    fails(include_str!("../programs/pitfalls/adds_a_line.rs"), "", &ended, "extra_bytes");
    let nobody = r#"
  { start = "demo" }, { expect_exit = "demo", code = 0 },
  { connect = "ann", or_refused = true }, { expect = "ann", nothing_ms = 100 },
"#;
    fails(IDLE, "", nobody, "reset");
    let knocks = r#"
  { listen = "door" }, { start = "demo", args = ["${addr}", "x"] },
  { accept = "conn" }, { expect = "conn", line = "x" }, { expect = "conn", nothing_ms = 100 },
  { close = "conn" }, { expect_exit = "demo", code = 0 }, { expect = "door", nothing_ms = 0 },
"#;
    passes(CALLER, "", knocks);
}

/// stderr is read with rests; a look at what is there by now rests nowhere.
#[test]
fn absence_on_a_stream_that_is_read_with_rests() {
    let asks = r#"{ send = "ann", line = "x" }, { expect = "demo.stderr", text = "well " },
            { expect = "ann", line = "x" },"#;
    let mutters = include_str!("../programs/pitfalls/mutters.rs");
    let whole = r#"{ expect = "demo.stderr", line = "well" }, { expect = "demo.stderr", nothing_ms = 0 },"#;
    passes(mutters, "", &format!(r#"{LISTENS} {{ connect = "ann" }}, {asks} {whole}"#));
    let half = r#"{ expect = "demo.stderr", nothing_ms = 0 },"#;
    fails(mutters, "", &format!(r#"{LISTENS} {{ connect = "ann" }}, {asks} {half}"#), "extra_bytes");
}

/// Two clients at a time are not told from two in a row by a clock: one is held back until the other has
/// moved.
#[test]
fn time_as_proof() {
    let serial = include_str!("../programs/pitfalls/serves_one_at_a_time.rs");
    let by_time = format!(
        r#"{LISTENS} {{ connect = "ann" }},
            {{ send = "ann", line = "a" }}, {{ close = "ann", how = "write" }},
            {{ connect = "bob" }}, {{ send = "bob", line = "b" }},
            {{ expect = "ann", line = "a" }}, {{ expect = "bob", line = "b" }},"#
    );
    passes(serial, "", &by_time);
    let by_cause = format!(
        r#"{LISTENS} {{ connect = "ann" }},
            {{ send = "ann", text = "half a" }}, {{ expect = "ann", text = "half a" }},
            {{ connect = "bob" }}, {{ send = "bob", line = "b" }}, {{ expect = "bob", line = "b" }},
            {{ send = "ann", line = " line" }}, {{ expect = "ann", line = " line" }},"#
    );
    fails(serial, "", &by_cause, "deadline");
    // However slow it is.
    passes(include_str!("../programs/pitfalls/echoes_at_leisure.rs"), "", &by_cause);
}
