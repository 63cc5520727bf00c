//! Values of steps: numbers, bytes, addresses, paths, programs.

use super::support::{faults, read, right, step_faults, with_steps};

#[test]
fn payloads() {
    step_faults(&[
        (
            "{ connect = 'a' }, { send = 'a', bytes = 'ff ¶0 0d' }",
            "`0` is not a row of bytes",
            "two hexadecimal digits",
        ),
        (
            "{ connect = 'a' }, { send = 'a', bytes = 'ff ¶xy' }",
            "`xy` is not a row of bytes",
            "two hexadecimal digits",
        ),
        ("{ connect = 'a' }, { send = 'a', blob = ¶'w' }", "`w` is not a blob", "text = \"${w}\""),
        (
            "{ connect = 'a' }, { send = 'a', blob = ¶'${big}' }",
            "there is no variable `${big}`",
            "blob = \"big\"",
        ),
        (
            "{ connect = 'a' }, { send = 'a', blob = ¶'bigg' }",
            "there is no variable `bigg`",
            "did you mean `big`?",
        ),
        (
            "{ connect = 'a' }, { send = 'a', line = 'x', until = ¶'sent' }",
            "`sent` is not a value of `until`",
            "known: `read`",
        ),
        ("{ connect = 'a' }, { expect = 'a', lines = ¶[] }", "`lines` is empty", "name the lines"),
        (
            "{ connect = 'a' }, { close = 'a', how = ¶'rset' }",
            "`rset` is not a value of `how`",
            "did you mean `reset`?",
        ),
        ("{ connect = 'a' }, { expect = 'a', nothing_ms = ¶-1 }", "`nothing_ms` must be 0 to", ""),
    ]);
    right("{ connect = 'a' }, { send = 'a', bytes = 'ff00 0D' }, { expect = 'a', nothing_ms = 0 }");
}

#[test]
fn what_comes_in_any_case() {
    step_faults(&[
        ("{ connect = 'a' }, { expect = 'a', text = ¶'' }", "this `text` has no bytes", "`eof = true`"),
        ("{ connect = 'a' }, { expect = 'a', bytes = ¶' ' }", "this `bytes` has no bytes", "`eof = true`"),
        (
            "{ start = 'server' }, { expect = 'server.stdout', text = ¶'', or_nothing_ms = 5 }",
            "no bytes",
            "bytes",
        ),
    ]);
    right(
        "{ connect = 'a' }, { expect = 'a', line = '' }, { expect = 'a', text = ' ' }, { send = 'a', text = '' }",
    );
    right("{ bind = 'p' }, { expect = 'p', datagram = '' }, { expect_file = 'x', text = '' }");
}

#[test]
fn what_a_datagram_and_a_folder_hold() {
    step_faults(&[
        ("{ bind = 'p' }, { send = 'p', ¶blob = 'big' }", "a datagram cannot be a blob", "text ="),
        ("{ connect = 'c' }, { send = 'c', blob = 'big', cut = [1, ¶1048576] }", "not inside", "last byte"),
    ]);
    right("{ connect = 'c' }, { send = 'c', blob = 'big', cut = [1, 1048575] }");
    let with = |vars: &str, steps: &str| with_steps(steps).replace("w = {", &format!("{vars}, w = {{"));
    let long = with("long = { text = 65507 }", "{ bind = 'p' }, { send = 'p', text = ¶'x${long}' }");
    faults(&long, &[("a datagram cannot have 65508 bytes", "65507 fit")]);
    assert!(read(&long.replace("¶'x", "'")).is_ok());
    let empty = with(
        "none = { blob = 0 }",
        "{ connect = 'c' }, { send = 'c', blob = 'none' }, { expect = 'c', blob = ¶'none' }",
    );
    faults(&empty, &[("this `blob` has no bytes", "`eof = true`")]);
    let large = with("large = { blob = '65 MiB' }", "{ file = 'l', blob = ¶'large' }");
    faults(&large, &[("`large` does not fit: there is room for files of 64 MiB", "`files_mib`")]);
    let large = large.replace('¶', "");
    assert!(read(&large.replace("name = 's'", "name = 's'\nfiles_mib = 65")).is_ok());
    assert!(read(&large.replace("large = { blob", "large = { sparse")).is_ok());
}

#[test]
fn values_that_cannot_stand_there() {
    let vars = "raw = { bytes = 9 }, odd = { text = 9 }";
    for (steps, message, cure) in [
        ("{ start = 'server', args = ['x', 'y ¶${odd} ${raw.len}'] }", "`odd` may hold a NUL", "`word`"),
        ("{ start = 'server', args = ['¶${raw} ${odd.len}'] }", "`raw` may hold a NUL", "`word`"),
        (
            "{ file = 'x', text = '${raw}' }, { expect_file = '¶${odd}', absent = true }",
            "`odd` may hold a NUL",
            "`word`",
        ),
        ("{ connect = 'c' }, { expect = 'c', matches = '${odd}¶${raw}' }", "`raw` is not UTF-8", "`text`"),
        ("{ listen = 'd' }, { accept = 'c', first = '${odd}¶${raw}' }", "`raw` is not UTF-8", "`text`"),
    ] {
        faults(&with_steps(steps).replace("w = {", &format!("{vars}, w = {{")), &[(message, cure)]);
    }
}

#[test]
fn cuts() {
    step_faults(&[
        (
            "{ connect = 'a' }, { send = 'a', line = 'abcdef', cut = [3, ¶3] }",
            "cut at 3 is not behind",
            "sort them",
        ),
        ("{ connect = 'a' }, { send = 'a', line = 'abcdef', cut = [¶0, 3] }", "`cut` must be 1 to", ""),
        (
            "{ connect = 'a' }, { send = 'a', line = 'abcdef', cut = [3, ¶7] }",
            "not inside the payload of 7 bytes",
            "last byte",
        ),
        (
            "{ connect = 'a' }, { send = 'a', text = '${w}', cut = [¶8] }",
            "not inside the payload of 8 bytes",
            "last byte",
        ),
        ("{ connect = 'a' }, { send = 'a', text = 'abc', cut = ¶[] }", "`cut` is empty", "leave it out"),
        (
            "{ connect = 'a' }, { send = 'a', text = 'abc', cut = ¶'byte' }",
            "`byte` is not a value of `cut`",
            "did you mean `bytes`?",
        ),
        (
            "{ connect = 'a' }, { send = 'a', text = 'abc', cut = ¶3 }",
            "`cut` must be a list of byte offsets",
            "",
        ),
        ("{ relay = 't', at = '${front}', cut = ¶[3] }", "`cut` must be a string, not a list", ""),
    ]);
    right(
        "{ connect = 'a' }, { send = 'a', line = '${w}', cut = [1, 8] }, { send = 'a', text = '${a.addr}', cut = [99] }",
    );
}

#[test]
fn addresses() {
    step_faults(&[
        ("{ connect = 'a', to = ¶'localhost:80' }", "`localhost:80` is not an address", "127.0.0.1:PORT"),
        ("{ connect = 'a', to = ¶'8.8.8.8:5000' }", "`8.8.8.8` is not a loopback address", "127.0.0.1"),
        ("{ listen = 'a', at = ¶'127.0.0.1:80' }", "port 80 cannot be used", "1024 to 32767"),
        ("{ listen = 'a', at = ¶'[::1]:32768' }", "port 32768 cannot be used", "1024 to 32767"),
        ("{ listen = 'a', at = ¶'127.0.0.1:0' }", "port 0 cannot be used", "1024 to 32767"),
        ("{ connect = 'a', to = ¶'${w}' }", "`${w}` is not an address", "`addr`"),
        ("{ start = 'server', on = 'listening', at = '¶${fron}' }", "there is no variable `fron`", "`front`"),
        ("{ start = 'server', on = ¶'listning' }", "`listning` is not a value of `on`", "`listening`"),
    ]);
    right(
        "{ bind = 'a', at = '127.0.0.1:0' }, { bind = 'b', at = '[::1]:5557' }, { expect = 'b', datagram = 'x', from = '${a.addr}' }",
    );
}

#[test]
fn counts() {
    step_faults(&[
        ("{ connect = 'a', each = ¶0 }", "`each` must be 1 to 1000, not 0", ""),
        ("{ bind = 'a', each = ¶1001 }", "`each` must be 1 to 1000, not 1001", ""),
        ("{ repeat = ¶0, steps = [{ wait_ms = 1 }] }", "`repeat` must be 1 to 100000, not 0", ""),
        ("{ repeat = ¶100001, steps = [{ wait_ms = 1 }] }", "`repeat` must be 1 to 100000", ""),
        ("{ wait_ms = ¶0 }", "`wait_ms` must be 1 to 600000, not 0", ""),
        ("{ start = 'server', memory_mib = ¶0 }", "`memory_mib` must be 1 to", ""),
        ("{ start = 'server', memory_mib = ¶513 }", "no program gets 513 MiB", "course.toml"),
        ("{ wait_ms = ¶99999999999999999999999999 }", "`wait_ms` must be 1 to 600000", ""),
        (
            "{ connect = 'a', each = 2 }, { for = 'a', order = ¶'backward', steps = [{ wait_ms = 1 }] }",
            "`backward` is not a value of `order`",
            "`forward`",
        ),
    ]);
}

#[test]
fn programs() {
    step_faults(&[
        ("{ start = ¶'sever' }", "there is no program `sever`", "did you mean `server`?"),
        ("{ start = 'one', program = ¶'clint' }", "there is no program `clint`", "did you mean `client`?"),
        ("{ start = ¶'one' }", "there is no program `one`", "program ="),
        ("{ start = 'server' }, { expect_exit = 'server', code = ¶256 }", "`code` must be 0 to 255", ""),
        ("{ start = 'server' }, { expect_exit = 'server', signal = ¶0 }", "`signal` must be 1 to 64", ""),
        (
            "{ start = 'server' }, { expect_exit = 'server', code = 1, reason = ¶false }",
            "`reason` must be `true` or a string",
            "leave it out",
        ),
        (
            "{ start = 'server' }, { expect_processes = 'server', none = ¶false }",
            "`none` must be `true`",
            "leave `none` out",
        ),
    ]);
}

#[test]
fn files() {
    step_faults(&[
        ("{ file = 'x', text = 'y', mode = ¶'999' }", "`999` is not a mode", "`\"444\"`"),
        ("{ folder = 'x', mode = ¶'7777' }", "`7777` is not a mode", "`\"444\"`"),
        ("{ folder = 'x', mode = ¶444 }", "`mode` must be a string of octal digits", ""),
        ("{ file = ¶'/etc/x', text = 'y' }", "is not below `${dir}`", "`${dir}/name`"),
        ("{ expect_file = ¶'${dir}/../x', absent = true }", "is not below `${dir}`", "`${dir}/name`"),
        ("{ folder = ¶'' }", "the path is empty", "`${dir}/name`"),
        ("{ expect_file = ¶'${addr}/x', absent = true }", "is not a path below", "`${dir}/name`"),
        ("{ expect_file = 'x', absent = ¶false }", "`absent` must be `true`", "leave `absent` out"),
        ("{ expect_file = 'x', blob = ¶'w' }", "`w` is not a blob", "text ="),
        ("{ file = ¶'${dir}', text = 'y' }", "this is the scenario's folder itself", "`${dir}/name`"),
        ("{ folder = ¶'x/' }", "`x/` is not plain", "without `./`"),
        ("{ expect_file = ¶'./x', absent = true }", "`./x` is not plain", "without `./`"),
        ("{ folder = 'a' }, { file = ¶'a//x', text = 'y' }", "`a//x` is not plain", "`//`"),
        ("{ file = ¶'${addr}/x', text = 'y' }", "is not a path below", "`${dir}/name`"),
        ("{ file = ¶'a/x', text = 'y' }", "no step has made the folder `a`", "{ folder = \"a\" }"),
        ("{ folder = 'a' }, { folder = ¶'${dir}/a/b/c' }", "no step has made the folder `a/b`", "add"),
    ]);
    right("{ folder = '${dir}/a' }, { folder = 'a/b' }, { file = '${dir}/a/b/${w}', text = 'x' }");
    right("{ expect_file = 'made/by/it', absent = true }");
}
