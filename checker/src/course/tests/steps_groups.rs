//! Regular expressions, and the named groups that they catch.

use super::support::{right, step_faults};

#[test]
fn groups_of_expressions() {
    step_faults(&[
        ("{ connect = 'a' }, { send = 'a', line = '¶${a.pid}' }", "`a` has no `.pid`", "catch it first"),
        (
            "{ connect = 'a' }, { expect = 'a', matches = '(?P<pid>\\d+)' }, { send = 'a', line = '¶${a.pidd}' }",
            "`a` has no `.pidd`",
            "did you mean `pid`?",
        ),
        (
            "{ connect = 'a' }, { expect = 'a', matches = ¶'(?P<pid>\\d+' }",
            "not a regular expression: found open group without closing ')'",
            "`\\`",
        ),
        ("{ connect = 'a' }, { expect = 'a', matches = ¶'${w}[' }", "not a regular expression", "`\\`"),
        (
            "{ connect = 'a' }, { expect = 'a', matches = ¶'(?P<addr>.*)' }",
            "the group `addr` can never be named",
            "none of",
        ),
        (
            "{ connect = 'a' }, { expect = 'a', matches = ¶'(?P<port>.*)' }",
            "the group `port` can never be named",
            "`port`",
        ),
        ("{ listen = 'd' }, { accept = 'c', first = ¶'*' }", "not a regular expression", "`\\`"),
        (
            "{ start = 'server' }, { connect = 'a' }, { expect_processes = 'server', connections = [¶'a'] }",
            "`a` has told no `${a.pid}`",
            "(?P<pid>",
        ),
        (
            "{ start = 'server' }, { connect = 'a', each = 2 }, { expect_processes = 'server', connections = [¶'a'] }",
            "`a` is a group",
            "single",
        ),
        (
            "{ start = 'server' }, { connect = 'a', each = 2 }, { stop = ¶'a' }",
            "`a` is a group",
            "a single connection",
        ),
        (
            "{ start = 'server' }, { expect_processes = 'server', connections = ¶[] }",
            "`connections` is empty",
            "none = true",
        ),
    ]);
}

#[test]
fn groups_that_are_known() {
    right(
        "{ listen = 'd' }, { accept = 'c', first = 'main (?P<pid>\\d+)' }, { send = 'c', line = '${c.pid}' }",
    );
    right(
        "{ connect = 'a', each = 2 }, { for = 'a', steps = [{ expect = 'a', matches = '(?<x>.){${n}}' }] }, { for = 'a', steps = [{ send = 'a', line = '${a.x}' }] }",
    );
}
