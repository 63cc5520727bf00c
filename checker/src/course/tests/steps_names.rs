//! Parts, variables and attributes that a step names.

use super::support::{right, step_faults};

#[test]
fn parts_that_are_not_there() {
    step_faults(&[
        (
            "{ connect = 'ann' }, { send = ¶'amn', line = 'x' }",
            "there is no part `amn`",
            "did you mean `ann`?",
        ),
        ("{ send = ¶'ann', line = 'x' }", "there is no part `ann`", "parts are made by"),
        (
            "{ send = ¶'ann', line = 'x' },\n{ connect = 'ann' }",
            "there is no part `ann` yet",
            "made later, on line 12",
        ),
        (
            "{ repeat = 2, steps = [{ connect = 'ann' }] },\n{ close = ¶'ann' }",
            "no part `ann` any more",
            "on line 11 within",
        ),
        ("{ accept = 'c', on = ¶'door' }, { listen = 'door' }", "there is no part `door` yet", "made later"),
        ("¶{ ¶accept = 'c' }".strip_prefix('¶').unwrap(), "there is no listener to accept from", "listen"),
        (
            "{ listen = 'a' }, { listen = 'b', at = '${front}' }, { ¶accept = 'c' }",
            "several listeners: `a`, `b`",
            "on = ",
        ),
        ("{ for = ¶'ann', steps = [{ wait_ms = 1 }] }", "there is no part `ann`", "made by"),
        ("{ connect = ¶'a b' }", "`a b` cannot be a part's name", "letters"),
        ("{ connect = ¶'n' }", "the name `n` is taken", "another name"),
        ("{ bind = ¶'dir' }", "the name `dir` is taken", "another name"),
        ("{ start = ¶'addr', program = 'server' }", "the name `addr` is taken", "another name"),
        ("{ relay = ¶'front', at = '127.0.0.1:5558' }", "the name `front` is taken", "another name"),
    ]);
}

#[test]
fn parts_of_another_kind() {
    step_faults(&[
        (
            "{ start = 'server' }, { expect = ¶'server', line = 'x' }",
            "`expect` does not fit `server`, which is a program",
            "`server.stdout` or `server.stderr`",
        ),
        (
            "{ start = 'server' }, { send = ¶'server', line = 'x' }",
            "`send` does not fit `server`",
            "`server.stdin`",
        ),
        (
            "{ start = 'server' }, { send = ¶'server.stdout', line = 'x' }",
            "does not fit `server.stdout`",
            "`server.stdin`",
        ),
        (
            "{ start = 'server' }, { expect = ¶'server.stdin', line = 'x' }",
            "does not fit `server.stdin`",
            "`server.stdout`",
        ),
        ("{ start = 'server' }, { stop = ¶'server.stdin' }", "`stop` does not fit", "did you mean `server`?"),
    ]);
}

#[test]
fn channels() {
    step_faults(&[
        (
            "{ start = 'server' }, { expect = ¶'server.stdot', line = 'x' }",
            "no channel `stdot`",
            "did you mean `stdout`?",
        ),
        (
            "{ connect = 'a' }, { expect = ¶'a.stdout', line = 'x' }",
            "`a` has no channel `stdout`",
            "write `a`",
        ),
        (
            "{ listen = 'd' }, { stop = ¶'d' }",
            "`stop` does not fit `d`, which is a listener",
            "is for a program, or a connection",
        ),
        ("{ start = 'server' }, { hold = ¶'server' }", "`hold` does not fit", "is for a connection"),
    ]);
}

#[test]
fn wishes_of_another_kind() {
    step_faults(&[
        (
            "{ listen = 'd' }, { send = ¶'d', line = 'x' }",
            "`send` does not fit `d`, which is a listener",
            "is for a connection",
        ),
        (
            "{ listen = 'd' }, { expect = 'd', ¶line = 'x' }",
            "`line` cannot be expected of `d`",
            "`nothing_ms`",
        ),
        (
            "{ relay = 't', at = '${front}' }, { expect = ¶'t', line = 'x' }",
            "does not fit `t`, which is a relay",
            "`t.up` or `t.down`",
        ),
        ("{ bind = 'p' }, { expect = 'p', ¶line = 'x' }", "`line` cannot be expected of `p`", "`datagram`"),
        (
            "{ connect = 'a' }, { expect = 'a', ¶datagram = 'x' }",
            "`datagram` cannot be expected of `a`",
            "`line`",
        ),
    ]);
}

#[test]
fn keys_of_another_kind() {
    step_faults(&[
        (
            "{ start = 'server' }, { expect = 'server.stdout', ¶reset = true }",
            "cannot be expected of `server.stdout`",
            "`eof`",
        ),
        ("{ start = 'server' }, { expect = 'server.stdout', eof = true, ¶or_reset = true }", "is a pipe", ""),
        ("{ connect = 'a' }, { accept = 'c', on = ¶'a' }", "`on` does not fit `a`", "is for a listener"),
        (
            "{ connect = 'a' }, { send = 'a', line = 'x', ¶to = '${addr}' }",
            "`to` does not go with `a`",
            "take it out",
        ),
        (
            "{ bind = 'p' }, { send = 'p', text = 'xyz', ¶cut = [1] }",
            "`cut` does not go with a UDP peer",
            "send several",
        ),
        ("{ bind = 'p' }, { close = 'p', how = ¶'write' }", "`p` is not a connection", "take `how` out"),
        ("{ connect = 'a' }, { for = ¶'a', steps = [{ wait_ms = 1 }] }", "`a` is not a group", "`each`"),
    ]);
}

#[test]
fn parts_made_twice() {
    step_faults(&[
        ("{ connect = 'a' },\n{ connect = ¶'a' }", "there is a part `a` already", "made on line 11"),
        (
            "{ start = 'server' },\n{ start = ¶'server' }",
            "there is a part `server` already",
            "after its `stop` or `expect_exit`",
        ),
        ("{ connect = 'a' }, { repeat = 2, steps = [{ connect = ¶'a' }] }", "a part `a` already", "line 11"),
        (
            "{ start = 'server' }, { stop = 'server' }, { connect = ¶'server' }",
            "a part `server` already",
            "line 11",
        ),
    ]);
    right(
        "{ start = 'server' }, { stop = 'server' }, { start = 'server' }, { expect_exit = 'server', code = 0 }, { start = 'server' }",
    );
    right("{ repeat = 2, steps = [{ connect = 'a' }] }, { connect = 'a' }");
    right("{ start = 'server' }, { repeat = 2, steps = [{ stop = 'server' }, { start = 'server' }] }");
}

#[test]
fn variables_and_attributes() {
    step_faults(&[
        ("{ connect = 'a' }, { send = 'a', line = '한 ¶${ww}' }", "there is no variable `ww`", "`w`"),
        ("{ connect = 'a' }, { send = 'a', line = '$${ww} ¶${ww} ${ww}' }", "no variable `ww`", "`w`"),
        ("{ connect = 'a' }, { send = 'a', line = '¶${a}' }", "`a` is a part, not a variable", "${a.addr}"),
        ("{ connect = 'a' }, { send = 'a', line = '¶${addr.len}' }", "`addr` has no `.len`", "`${addr}`"),
        (
            "{ connect = 'a' }, { send = 'a', line = '¶${front.addr}' }",
            "`front` has no `.addr`",
            "`${front}`",
        ),
        ("{ connect = 'a' }, { send = 'a', line = '¶${w.addr}' }", "`w` has no `.addr`", "`${w.len}`"),
        ("{ connect = 'a' }, { send = 'a', line = '¶${b.addr}' }", "there is no part `b` here", "known: `a`"),
        ("{ connect = 'a' }, { send = 'a', line = '¶${b.len}' }", "there is no variable `b`", "`w`"),
        ("{ connect = 'a' }, { send = 'a', line = '¶${a.len}' }", "`a` has no `.len`", "a part"),
    ]);
}

#[test]
fn attributes_that_have_no_value() {
    step_faults(&[
        (
            "{ start = 'server' }, { send = 'server.stdin', line = '¶${server.addr}' }",
            "`server` has no `.addr`",
            "the checker opened",
        ),
        (
            "{ listen = 'd' }, { accept = 'c' }, { send = 'c', line = '¶${c.addr}' }",
            "`c` has no `.addr`",
            "the checker opened",
        ),
        ("{ connect = 'a' }, { send = 'a', line = '¶${a.stdout.line}' }", "`a` is not a program", ""),
        ("{ connect = 'a' }, { send = 'a', line = '¶${n}' }", "`${n}` has no value outside", "$${n}"),
        ("{ connect = 'a' }, { send = 'a', line = '¶${big}' }", "`big` is a blob", "blob = \"big\""),
        ("{ connect = 'a' }, { send = 'a', line = 'x ¶${w' }", "`${` is never closed", ""),
        ("{ connect = 'a' }, { send = 'a', line = 'x ¶${w w} y' }", "is not a variable: names have", ""),
        (
            "{ connect = 'a', each = 3 }, { send = 'a', line = '¶${a.addr}' }",
            "`a` is a group of 3",
            "for = \"a\"",
        ),
    ]);
    right(
        "{ connect = 'a' }, { send = 'a', line = '${a.addr} ${w.len} ${big.len} ${dir} ${front} ${addr} $${n}' }",
    );
    right("{ connect = 'a', each = 3 }, { for = 'a', steps = [{ send = 'a', line = '${a.addr} ${n}' }] }");
    right("{ start = 'server' }, { expect = 'server.stdout', line = '#${server.stdout.line}' }");
}
