//! `[vars]`: generators, and variables that nobody uses.

use super::support::{faults, read};
use crate::scenario::step::Generator;

const HEAD: &str = "title = 'T'\naddr = '127.0.0.1:5556'\nhints = ['a', 'b']\n";

fn file(vars: &str, line: &str) -> String {
    format!(
        "{HEAD}vars = {{ {vars} }}\n[[scenario]]\nname = 's'\nsteps = [{{ start = 'multi_client' }}, {{ connect = 'c' }}, {{ send = 'c', {line} }}]\n"
    )
}

#[test]
fn generators() {
    let text = file(
        "a = { word = 8 }, b = { han = 4 }, c = { text = 9 }, d = { bytes = 1 }, e = { lines = 3 }, \
         f = { number = [1, 9] }, g = { blob = '16 MiB' }, h = { blob = 7 }, i = { sparse = '256 MiB' }",
        "line = '${a}${b}${c}${d}${e}${f}${g.len}${h.len}${i.len}'",
    );
    let vars = read(&text).unwrap().scenarios.remove(0).vars;
    let wanted = [
        Generator::Word(8),
        Generator::Han(4),
        Generator::Text(9),
        Generator::Bytes(1),
        Generator::Lines(3),
        Generator::Number(1, 9),
        Generator::Blob(16 << 20),
        Generator::Blob(7),
        Generator::Sparse(256 << 20),
    ];
    assert!(vars.values().eq(&wanted), "{vars:?}");
}

#[test]
fn faulty_generators() {
    for (vars, message, cure) in [
        ("a = { ¶wrd = 8 }", "unknown key `wrd` in a variable", "did you mean `word`?"),
        ("a = ¶{ }", "a variable needs one of", ""),
        ("a = { word = 8, ¶han = 1 }", "`han` beside `word`", "take one of them out"),
        ("a = ¶8", "a variable must be a table, not a whole number", ""),
        ("a = { word = ¶0 }", "`word` must be 1 to", ""),
        ("a = { bytes = ¶0 }", "`bytes` must be 1 to", ""),
        ("a = { lines = ¶'3' }", "`lines` must be a whole number", ""),
        ("a = { number = ¶[1] }", "`number` must be a list of two whole numbers", "[1, 9]"),
        ("a = { number = ¶[9, 1] }", "`number` goes from 9 down to 1", "[1, 9]"),
        ("a = { number = [¶-1, 1] }", "`number` must be 0 to", ""),
        ("a = { blob = ¶'16 MB' }", "`16 MB` is not a size", "`KiB` or `MiB`"),
        ("a = { sparse = ¶'1 GB' }", "`1 GB` is not a size", "`KiB` or `MiB`"),
        ("a = { blob = ¶true }", "`blob` must be a number of bytes, or a string", ""),
    ] {
        faults(&file(vars, "line = '${a}'"), &[(message, cure)]);
    }
    let taken = file("¶n = { word = 1 }", "line = 'x'");
    faults(&taken, &[("the name `n` is taken", "another name")]);
}

#[test]
fn unused_variables() {
    faults(&file("¶a = { word = 1 }", "line = 'x'"), &[("the variable `a` is never used", "take it out")]);
    // A template that has a fault uses its other variables all the same.
    faults(&file("a = { word = 1 }", "line = '${a} ¶${b}'"), &[("no variable `b`", "`a`")]);
    faults(
        &file("a = { word = 1 }", "¶lines = '${a}', line = 'x'"),
        &[("`lines` does not go with `send`", "takes")],
    );
    let own =
        file("a = { word = 1 }", "line = '${a}'").replace("name =", "vars = { ¶x = { word = 1 } }\nname =");
    faults(&own, &[("the variable `x` is never used", "take it out")]);
}

#[test]
fn a_scenario_overrides() {
    let text =
        file("¶a = { word = 1 }", "line = '${a}'").replace("name =", "vars = { a = { word = 2 } }\nname =");
    faults(&text, &[("the variable `a` is never used", "take it out")]);
    let both = text.replace('¶', "")
        + "[[scenario]]\nname = 't'\nsteps = [{ start = 'multi_client' }, { connect = 'c' }, { send = 'c', line = '${a}' }]\n";
    let exercise = read(&both).unwrap();
    assert_eq!(exercise.scenarios[0].vars["a"], Generator::Word(2));
    assert_eq!(exercise.scenarios[1].vars["a"], Generator::Word(1));
    let clash = both.replace("name = 't'", "name = 't'\naddrs = { ¶a = '127.0.0.1:5000' }");
    faults(&clash, &[("`a` is both an address and a variable", "rename")]);
}
