//! Scenarios put together at random from the words of the language: most have faults, some are right, and what
//! is right can be run.

use checker::course::Exercise;
use checker::scenario::matcher::anchored;
use checker::scenario::step::{Action, Expected, Scenario, Step};
use checker::scenario::template::{Piece, Template};
use proptest::prelude::*;
use proptest::sample::select;

use crate::kept;
use crate::tried::holds;
use crate::workshop::{Workshop, exercise_file};

const VERBS: [&str; 22] = [
    "start",
    "stop",
    "pause",
    "resume",
    "listen",
    "accept",
    "connect",
    "bind",
    "send",
    "expect",
    "close",
    "hold",
    "release",
    "expect_exit",
    "expect_file",
    "expect_processes",
    "relay",
    "file",
    "folder",
    "wait_ms",
    "repeat",
    "for",
];
const KEYS: [&str; 36] = [
    "program",
    "args",
    "on",
    "or_ended",
    "at",
    "memory_mib",
    "first",
    "to",
    "each",
    "or_refused",
    "line",
    "text",
    "bytes",
    "blob",
    "sparse",
    "cut",
    "until",
    "lines",
    "matches",
    "eof",
    "or_reset",
    "reset",
    "datagram",
    "from",
    "nothing_ms",
    "or_nothing_ms",
    "how",
    "code",
    "signal",
    "reason",
    "absent",
    "alone",
    "connections",
    "none",
    "mode",
    "order",
];
const NAMES: [&str; 12] =
    ["server", "s", "ann", "bob", "door", "p", "tap", "server.stdout", "tap.up", "ann.stdin", "big", "w"];
const TEXTS: [&str; 22] = [
    "${addr}",
    "${w}",
    "${w.len}",
    "${big}",
    "${ann.addr}",
    "${n}",
    "${p.pid}",
    "${server.stdout.line}",
    "$${x}",
    "hello",
    "",
    "ff 00",
    "0644",
    "a\nb",
    "(?<pid>[0-9]+)",
    "(?x) a # b",
    "(?<pid>.{9}){99}",
    "a|b",
    "(?i-u)\\xff",
    "127.0.0.1:5557",
    "write",
    "read",
];
const OTHERS: [&str; 14] = [
    "true",
    "false",
    "0",
    "1",
    "3",
    "200",
    "99999999999",
    "-1",
    "[1, 2]",
    "[2, 1]",
    "[]",
    "['a', '${w}']",
    "['ann', 'bob']",
    "{ a = 1 }",
];

/// They make the parts that the others speak of.
const BEGINNING: &str = "{ start = 'server', args = ['${addr}'], on = 'listening' },
    { connect = 'ann' }, { connect = 'bob', each = 3 }, { bind = 'p' }, { listen = 'door', at = '${front}' }";
/// Steps that are right after those.
const RIGHT: [&str; 16] = [
    "{ send = 'ann', line = '${w} ${ann.addr}', cut = [1, 3] }",
    "{ expect = 'ann', line = '${w}' }",
    "{ expect = 'ann', matches = 'x(?<pid>[0-9]+)' }",
    "{ expect = 'ann', matches = '${w} .*|(?x) a b' }",
    "{ expect = 'ann', matches = '(?i-u)\\xff${w}{3}' }",
    "{ expect = 'server.stdout', matches = '#${server.stdout.line} ${w.len}\\r?' }",
    "{ expect = 'ann', nothing_ms = 20 }",
    "{ expect = 'bob', eof = true, or_reset = true }",
    "{ send = 'p', text = '${w}' }",
    "{ expect = 'p', datagram = '${w}' }",
    "{ expect = 'server.stdout', lines = ['${w}', 'b'] }",
    "{ repeat = 2, steps = [{ send = 'ann', line = '${n}' }] }",
    "{ for = 'bob', steps = [{ send = 'bob', line = '${bob.addr} ${n}' }] }",
    "{ close = 'ann', how = 'write' }",
    "{ expect_file = 'out', text = '$${w} ${w}', alone = true }",
    "{ expect = 'door', nothing_ms = 0 }",
];

fn value() -> impl Strategy<Value = String> {
    let quoted = |text: &str| format!("{:?}", text).replace("\\'", "'");
    prop_oneof![
        3 => select(&NAMES[..]).prop_map(quoted),
        3 => select(&TEXTS[..]).prop_map(quoted),
        2 => select(&OTHERS[..]).prop_map(str::to_owned),
    ]
}

fn step() -> impl Strategy<Value = String> {
    let keys = prop::collection::vec((select(&KEYS[..]), value()), 0..3);
    let random = (select(&VERBS[..]), value(), keys).prop_map(|(verb, value, keys)| {
        let keys: String = keys.iter().map(|(key, value)| format!(", {key} = {value}")).collect();
        format!("{{ {verb} = {value}{keys} }}")
    });
    let pattern = select(&TEXTS[..]).prop_map(|text| format!("{{ expect = 'ann', matches = {text:?} }}"));
    let leaf = prop_oneof![
        1 => random,
        1 => pattern,
        12 => select(&RIGHT[..]).prop_map(str::to_owned)
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        (
            select(&["repeat = 2", "for = 'bob'", "repeat = 99999999999"][..]),
            prop::collection::vec(inner, 1..3),
        )
            .prop_map(|(round, steps)| format!("{{ {round}, steps = [{}] }}", steps.join(", ")))
    })
}

fn exercise(steps: &[String]) -> String {
    format!(
        "title = 'T'\nprograms = ['server']\naddr = '127.0.0.1:5556'\nhints = ['a', 'b']\n\
         vars = {{ w = {{ word = 8 }}, big = {{ blob = '1 MiB' }} }}\n[[scenario]]\nname = 's'\naddrs = {{ front = '127.0.0.1:5557' }}\nsteps = [\n\
         {{ file = 'w', text = '${{w}}' }}, {{ file = 'big', blob = 'big' }},\n{BEGINNING},\n{}\n]\n",
        steps.join(",\n")
    )
}

/// The expression with a value for each variable.
fn filled(template: &Template) -> String {
    let piece = |piece: &Piece| if let Piece::Literal(text) = piece { text.clone() } else { "1".into() };
    template.0.iter().map(piece).collect()
}

fn runnable(steps: &[Step], source: &str) {
    for step in steps {
        assert!(step.line >= 1 && step.line as usize <= source.lines().count());
        match &step.action {
            Action::Repeat { steps, .. } | Action::For { steps, .. } => runnable(steps, source),
            Action::Accept { first: Some(pattern), .. }
            | Action::Expect { what: Expected::Matches(pattern), .. } => {
                let text = filled(pattern);
                assert!(anchored(&text).is_ok(), "{text:?} was read, and cannot be run");
            }
            _ => {}
        }
    }
}

fn check(exercise: &Exercise, source: &str) {
    for scenario in &exercise.scenarios {
        runnable(&scenario.steps, source);
        // The runner is told of it in JSON.
        let json = serde_json::to_vec(scenario).unwrap();
        assert_eq!(serde_json::from_slice::<Scenario>(&json).unwrap(), *scenario);
    }
}

#[test]
fn what_is_read_can_be_run() {
    let workshop = Workshop::new();
    let name = &workshop.exercises[3];
    let file = exercise_file(name);
    let right = std::cell::Cell::new(0u64);
    let input = prop::collection::vec(step(), 1..8);
    holds("what_is_read_can_be_run", kept!("scenarios"), 2500, input, |steps| {
        let source = exercise(&steps);
        if let Some(exercise) = workshop.spoil(&file, name, source.as_bytes()) {
            check(&exercise, &source);
            right.set(right.get() + 1);
        }
    });
    println!("what_is_read_can_be_run: {} of them right", right.get());
    assert!(right.get() > 0, "all scenarios have faults: nothing was seen of the right ones");
}
