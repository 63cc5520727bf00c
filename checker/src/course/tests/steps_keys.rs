//! Keys, verbs and types of steps.

use super::support::{faults, step_faults, with_steps};

#[test]
fn keys_and_verbs() {
    step_faults(&[
        (
            "{ connect = 'a' }, { ¶exspect = 'a', line = 'x' }",
            "unknown key `exspect` in a step",
            "did you mean `expect`?",
        ),
        (
            "{ connect = 'a' }, { send = 'a', line = 'x', ¶utnil = 'read' }",
            "unknown key `utnil`",
            "did you mean `until`?",
        ),
        ("{ connect = 'a', ¶wy = 'x' }", "unknown key `wy`", "did you mean `why`?"),
        ("{ connect = 'a', ¶frobnicate = 1 }", "unknown key `frobnicate`", "`connect` takes `to`, `each`"),
        ("{ ¶'con nect' = 'a' }, { close = 'a' }", "unknown key `con nect`", "did you mean `connect`?"),
        ("{ ¶frobnicate = 'a' }, { close = 'a' }", "unknown key `frobnicate`", "known: `start`"),
        ("¶{ line = 'x' }", "this step has no verb", "say what it does"),
        ("¶{ }", "this step has no verb", "say what it does"),
        ("¶'x'", "a step must be a table, not a string", ""),
        (
            "{ connect = 'a' }, { send = 'a', ¶expect = 'a', line = 'x' }",
            "a second verb, `expect`, beside `send`",
            "make two steps",
        ),
        (
            "{ connect = 'a' }, { send = 'a', line = 'x', ¶how = 'both' }",
            "`how` does not go with `send`",
            "`send` takes `line`",
        ),
        (
            "{ connect = 'a' }, { hold = 'a', ¶line = 'x' }",
            "`line` does not go with `hold`",
            "takes nothing more but `why`",
        ),
    ]);
}

#[test]
fn missing_and_too_many() {
    step_faults(&[
        ("{ connect = 'a' }, ¶{ send = 'a' }", "`send` needs one of `line`, `text`, `bytes`, `blob`", ""),
        ("{ connect = 'a' }, ¶{ expect = 'a' }", "`expect` needs one of `line`", ""),
        (
            "{ connect = 'a' }, { send = 'a', text = 'x', ¶line = 'y' }",
            "`line` beside `text`: `send` takes one",
            "take one",
        ),
        ("{ connect = 'a' }, { expect = 'a', line = 'x', ¶eof = true }", "`eof` beside `line`", "take one"),
        (
            "{ connect = 'a' }, { expect = 'a', line = 'x', ¶or_reset = true }",
            "`or_reset` goes with `eof` alone",
            "",
        ),
        (
            "{ connect = 'a' }, { expect = 'a', eof = true, ¶or_nothing_ms = 5 }",
            "`or_nothing_ms` does not go with `eof`",
            "`line`, `text`",
        ),
        (
            "{ connect = 'a' }, { expect = 'a', line = 'x', ¶from = '${addr}' }",
            "`from` goes with `datagram` alone",
            "",
        ),
        ("{ start = 'server', ¶at = '${addr}' }", "`at` without `on`", "add `on"),
        ("{ start = 'server' }, ¶{ expect_exit = 'server' }", "needs one of `code`, `signal`", ""),
        (
            "{ start = 'server' }, { expect_exit = 'server', code = 0, ¶signal = 9 }",
            "`signal` beside `code`",
            "take one",
        ),
        ("¶{ expect_file = 'x' }", "needs one of `blob`, `text`, `absent`", ""),
        ("¶{ file = 'x' }", "`file` needs one of `blob`, `text`", ""),
        ("{ start = 'server' }, ¶{ expect_processes = 'server' }", "one of `connections`, `none`", ""),
        ("¶{ relay = 'tap' }", "a step has no `at`", "${front}"),
        ("¶{ repeat = 2 }", "a step has no `steps`", "add `steps"),
        ("{ repeat = 2, steps = ¶[] }", "there are no steps", "at least one"),
    ]);
}

#[test]
fn wrong_types() {
    step_faults(&[
        ("{ connect = ¶5 }", "`connect` must be a string, not a whole number", ""),
        ("{ start = ¶true }", "`start` must be a string, not true or false", ""),
        ("{ start = 'server', args = ¶'x' }", "`args` must be a list of strings, not a string", ""),
        ("{ start = 'server', args = ['x', ¶3] }", "`args` must be a string, not a whole number", ""),
        ("{ connect = 'a', each = ¶'5' }", "`each` must be a whole number, not a string", ""),
        ("{ connect = 'a', each = ¶1.5 }", "`each` must be a whole number, not a fraction", ""),
        ("{ connect = 'a' }, { expect = 'a', eof = ¶1 }", "`eof` must be `true`, not a whole number", ""),
        ("{ connect = 'a' }, { expect = 'a', eof = ¶false }", "`eof` must be `true`", "leave `eof` out"),
        (
            "{ connect = 'a' }, { expect = 'a', reset = ¶false }",
            "`reset` must be `true`",
            "leave `reset` out",
        ),
        ("{ connect = 'a' }, { expect = 'a', lines = ¶'x' }", "`lines` must be a list of strings", ""),
        (
            "{ connect = 'a' }, { expect = 'a', line = ¶{ x = 1 } }",
            "`line` must be a string, not a table",
            "",
        ),
        ("{ connect = 'a', why = ¶'' }", "`why` is empty", "one line"),
        (
            "{ connect = 'a', why = 'say ¶${w} to $${x} ${w}' }",
            "`${w}` has no value here: `why` is shown as it stands",
            "in words",
        ),
        ("{ connect = 'a', why = ¶2026-01-01 }", "`why` must be a string, not a date", ""),
        ("{ repeat = 2, steps = ¶'x' }", "`steps` must be a list of steps", ""),
        ("{ wait_ms = ¶'1' }", "`wait_ms` must be a whole number", ""),
        (
            "{ start = 'server' }, { expect_exit = 'server', code = 1, reason = ¶7 }",
            "`reason` must be `true`, or a string",
            "",
        ),
    ]);
}

#[test]
fn all_faults_of_a_file_are_told_at_once() {
    let steps = "{ ¶conect = 'a', ¶lime = 'x' },\n\
                 { send = 'a', line = '${¶y}', ¶how = 'both' },\n\
                 { expect = ¶'b', nothing_ms = ¶'long' },\n\
                 { wait_ms = ¶0 }"
        .replace("'${¶y}'", "'¶${y}'");
    let wanted = [
        ("unknown key `conect`", "`connect`"),
        ("unknown key `lime`", "`line`"),
        ("there is no variable `y`", "known"),
        ("`how` does not go with `send`", "takes"),
        ("there is no part `b`", "known: `a`"),
        ("`nothing_ms` must be a whole number", ""),
        ("`wait_ms` must be 1 to 600000, not 0", ""),
    ];
    let text = with_steps(&steps)
        .replace("title = 'T'", "title = ¶''")
        .replace("name = 's'", "name = 's'\npoints = ¶0");
    let all: Vec<_> =
        [("`title` is empty", "one line"), ("`points` must be 1 to", "")].into_iter().chain(wanted).collect();
    faults(&text, &all);
}

#[test]
fn one_fault_does_not_hide_behind_another() {
    // The part is made and the variable used, although the steps that do so have faults.
    step_faults(&[
        (
            "{ connect = 'a', each = ¶0 }, { send = 'a', line = 'x' }, { for = 'a', steps = [{ close = 'a' }] }",
            "`each` must be",
            "",
        ),
        ("{ ¶strat = 'server' }, { stop = 'server' }", "unknown key `strat`", "`start`"),
        (
            "{ listen = 'd', at = ¶'nowhere' }, { accept = 'c' }",
            "`nowhere` is not an address",
            "127.0.0.1:PORT",
        ),
    ]);
}
