//! Steps on parts that are over, and parts where another one is.

use super::support::{right, step_faults};

#[test]
fn what_was_closed() {
    step_faults(&[
        (
            "{ connect = 'a' },\n{ close = 'a' },\n{ close = ¶'a', how = 'reset' }",
            "`close` comes too late: `a` was closed on line 12",
            "before",
        ),
        (
            "{ connect = 'a' }, { close = 'a', how = 'write' }, { close = ¶'a', how = 'write' }",
            "`a` was closed for writing",
            "take",
        ),
        ("{ connect = 'a' }, { close = 'a' }, { close = ¶'a', how = 'write' }", "`a` was closed on", "take"),
        ("{ connect = 'a' }, { close = 'a' }, { hold = ¶'a' }", "`hold` comes too late", "take"),
        ("{ connect = 'a' }, { close = 'a' }, { release = ¶'a' }", "`release` comes too late", "take"),
        ("{ connect = 'a' }, { close = 'a' }, { send = ¶'a', text = '' }", "`send` comes too late", "take"),
        (
            "{ connect = 'a' }, { close = 'a', how = 'write' }, { send = ¶'a', text = 'x' }",
            "closed for writing",
            "take",
        ),
        (
            "{ start = 'server' }, { close = 'server.stdin' }, { send = ¶'server.stdin', text = 'x' }",
            "`server.stdin` was closed",
            "take",
        ),
        ("{ bind = 'p' }, { close = 'p' }, { send = ¶'p', text = 'x' }", "`p` was closed", "take"),
        ("{ listen = 'd' }, { close = 'd' }, { close = ¶'d' }", "`d` was closed", "take"),
        (
            "{ connect = 'a', each = 2 }, { for = 'a', steps = [{ close = 'a' }] }, { send = ¶'a', text = 'x' }",
            "`a` was closed",
            "take",
        ),
    ]);
    right(
        "{ connect = 'a' }, { close = 'a', how = 'write' }, { hold = 'a' }, { release = 'a' }, { expect = 'a', eof = true }, { close = 'a' }",
    );
    right(
        "{ repeat = 2, steps = [{ connect = 'a' }, { close = 'a' }] }, { connect = 'a' }, { send = 'a', text = 'x' }",
    );
    right(
        "{ start = 'server' }, { close = 'server.stdin' }, { expect_exit = 'server', code = 0 }, { start = 'server' }, { close = 'server.stdin' }",
    );
}

#[test]
fn who_has_ended() {
    let ended = "{ start = 'server' }, { expect_exit = 'server', code = 0 }, ";
    for verb in ["stop", "pause", "resume"] {
        let steps = format!("{ended}{{ {verb} = ¶'server' }}");
        step_faults(&[(&steps, "too late: `server` has ended on line 11", "start it again")]);
    }
    step_faults(&[
        ("{ start = 'server' }, { stop = 'server' }, { stop = ¶'server' }", "`server` was stopped", "again"),
        (&format!("{ended}{{ expect_exit = ¶'server', code = 0 }}"), "`expect_exit` comes too late", "again"),
    ]);
    right(
        "{ start = 'server' }, { stop = 'server' }, { expect_exit = 'server', signal = 9 }, { start = 'server' }, { stop = 'server' }",
    );
    // Its other processes live on.
    right("{ start = 'server' }, { pause = 'server' }, { stop = 'server' }, { resume = 'server' }");
    right(
        "{ connect = 'a' }, { pause = 'a' }, { resume = 'a' }, { stop = 'a' }, { expect = 'a', eof = true }, { close = 'a' }",
    );
}

#[test]
fn where_another_one_is() {
    step_faults(&[
        ("{ listen = 'a' },\n{ listen = ¶'b' }", "`a` is there already, since line 11", "close `a` before"),
        (
            "{ listen = 'a' }, { relay = 'b', at = ¶'127.0.0.1:5556', to = '${front}' }",
            "`a` is there already",
            "another",
        ),
        (
            "{ bind = 'a', at = '${front}' }, { repeat = 2, steps = [{ bind = 'b', at = ¶'${front}' }] }",
            "`a` is there",
            "another",
        ),
        ("{ bind = 'a', at = ¶'${front}', each = 2 }", "`each` makes several", "leave `at` out"),
        ("{ relay = 'a', at = ¶'${addr}' }", "would connect to itself", "two addresses"),
        (
            "{ relay = 'a', at = '${front}', to = ¶'127.0.0.1:5557' }",
            "would connect to itself",
            "two addresses",
        ),
    ]);
    right("{ listen = 'a' }, { bind = 'b', at = '${addr}' }, { close = 'a' }, { listen = 'c' }");
    right(
        "{ bind = 'a', at = '127.0.0.1:0', each = 2 }, { bind = 'b', at = '127.0.0.1:0' }, { bind = 'c', each = 2 }",
    );
    right(
        "{ repeat = 2, steps = [{ listen = 'a' }] }, { listen = 'b' }, { bind = 'c', at = '${front}', each = 1 }",
    );
}
