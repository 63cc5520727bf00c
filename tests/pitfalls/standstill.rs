//! That nothing comes is known from a standstill: no program of which something still comes may seem to
//! stand still, and none that does may be waited for.

use super::{course, result};

const ANSWERED: &str = r#"
  { start = "demo", args = ["${addr}"], on = "listening" },
  { connect = "ann" }, { send = "ann", line = "x" }, { expect = "ann", line = "x" },
"#;

/// Whatever a program waits with: time itself must not be taken for a standstill.
#[test]
fn what_comes_later_is_seen() {
    let programs = [
        include_str!("../programs/standstill/sleeps.rs"),
        include_str!("../programs/standstill/times_out.rs"),
        include_str!("../programs/standstill/parks.rs"),
        include_str!("../programs/standstill/polls.rs"),
        include_str!("../programs/standstill/has_a_timer.rs"),
        include_str!("../programs/standstill/is_alarmed.rs"),
        include_str!("../programs/standstill/has_a_child.rs"),
    ];
    let steps = format!(r#"{ANSWERED} {{ expect = "ann", nothing_ms = 2000 }},"#);
    for program in programs {
        let course = course(&[("demo", program)], "", &steps);
        for rung in ["3", "0"] {
            let failure = &result(&course, rung, 1)["failure"];
            assert_eq!(failure["finding"], "extra_bytes", "rung {rung}: {failure:#}\n{program}");
        }
    }
}

/// A program that answers late, or in crumbs that TCP holds back, does not stand still meanwhile.
#[test]
fn a_right_answer_is_waited_for() {
    for program in [
        include_str!("../programs/standstill/answers_in_crumbs.rs"),
        include_str!("../programs/standstill/thinks_first.rs"),
    ] {
        let course = course(&[("demo", program)], "", ANSWERED);
        for rung in ["3", "0"] {
            let scenario = result(&course, rung, 0);
            assert_eq!(scenario["status"], "passed", "rung {rung}: {scenario:#}\n{program}");
        }
    }
}

/// No deadline is waited for where it is certain before that nothing comes, and the failure tells why.
#[test]
fn who_never_answers_is_known_by_its_rest() {
    let steps = r#"
  { start = "demo", args = ["${addr}"], on = "listening" },
  { connect = "ann" }, { expect = "ann", line = "x" },
"#;
    let echo = include_str!("../programs/right/echoes.rs");
    let course = course(&[("demo", echo)], "deadline_s = 600", steps);
    for rung in ["3", "0"] {
        let failure = &result(&course, rung, 1)["failure"];
        assert_eq!(
            (&failure["finding"], &failure["at_rest"]),
            (&"deadline".into(), &true.into()),
            "{failure:#}"
        );
        let seen = failure["seen"][0].as_str().unwrap();
        assert!(seen.contains("in accept() on") && seen.contains("in read(), for more from ann"), "{seen}");
    }
}

/// Of a program that a step has stopped nothing comes before a step lets it go on: then it answers.
#[test]
fn who_is_stopped_is_not_waited_for() {
    let steps = r#"
  { start = "demo", args = ["${addr}"], on = "listening" },
  { connect = "ann" }, { pause = "demo" }, { send = "ann", line = "x" },
  { expect = "ann", nothing_ms = 600000 }, { resume = "demo" }, { expect = "ann", line = "x" },
"#;
    let course = course(&[("demo", include_str!("../programs/right/echoes.rs"))], "deadline_s = 600", steps);
    for rung in ["3", "0"] {
        let scenario = result(&course, rung, 0);
        assert_eq!(scenario["status"], "passed", "rung {rung}: {scenario:#}");
    }
}
