//! Right files become the typed steps that they mean.

use super::support::{read, right};
use crate::scenario::step::{
    Action, Channel, Cut, Data, Ending, Expected, How, PartRef, Processes, Ready, Reason, Step, Transport,
};
use crate::scenario::template::{Piece, Template};

/// The scenario that the authors' guide takes as its example.
const EXAMPLE: &str = r##"title = "Serve many clients"
programs = ["multi_client"]
addr = "127.0.0.1:5556"
hints = ["a gentle push", "the idea", "nearly the code"]

[vars]
a = { word = 8 }
b = { word = 8 }

[[scenario]]
name = "bob is answered while ann stays silent"
points = 2
steps = [
  { start = "multi_client", args = ["${addr}"], on = "listening" },
  { connect = "ann" }, { connect = "bob" },
  { expect = "bob", line = "Welcome to study socket!", why = "serve bob while ann thinks" },
  { send = "bob", line = "${b}" }, { expect = "bob", eof = true },
  { expect = "multi_client.stdout", line = "${bob.addr}: ${b}" },
  { send = "ann", line = "${a}", cut = [3] },
]
"##;

/// Each verb, and each key, at least once.
const EVERY_VERB: &str = r#"{ file = "src.bin", blob = "big", mode = "444" }, { folder = "${dir}/box", mode = "555" },
{ listen = "door", at = "127.0.0.1:5559" },
{ start = "s", program = "server", args = ["${addr}", "${dir}"], on = "bound", at = "${front}", memory_mib = 32 },
{ accept = "main", on = "door", first = 'main (?P<pid>\d+)' },
{ connect = "ann", each = 2 }, { connect = "bob" }, { bind = "peer" }, { bind = "two", at = "127.0.0.1:0", each = 2 },
{ relay = "tap", at = "${front}", to = "${addr}", cut = "bytes" },
{ send = "ann", text = "x", cut = "bytes", until = "read" }, { send = "s.stdin", bytes = "ff 00" },
{ send = "peer", text = "${w}", to = "${front}" }, { send = "main", blob = "big" },
{ expect = "tap.up", text = "x" }, { expect = "tap.down", bytes = "00" }, { expect = "s.stderr", blob = "big" },
{ expect = "s.stdout", lines = ["a", "b"] }, { expect = "main", matches = "x+" },
{ expect = "ann", eof = true, or_reset = true }, { expect = "ann", reset = true },
{ expect = "peer", datagram = "${w}", from = "${front}", or_nothing_ms = 0 }, { expect = "door", nothing_ms = 200 },
{ close = "bob", how = "reset" }, { close = "door" }, { hold = "main" }, { release = "main" },
{ pause = "s" }, { resume = "s" }, { stop = "s" },
{ expect_exit = "s", code = 1, reason = "coding", alone = true }, { start = "s", program = "server" }, { expect_exit = "s", signal = 9, reason = true },
{ expect_file = "${dir}/dest.bin", blob = "big", alone = true }, { expect_file = "no", absent = true },
{ expect_processes = "s", connections = ["main"] }, { expect_processes = "s", none = true },
{ wait_ms = 1000 },
{ repeat = 10, steps = [{ connect = "c" }, { send = "c", line = "${n}" }] },
{ for = "ann", order = "shuffled", steps = [{ send = "ann", line = "${ann.addr}" }] },"#;

fn addr() -> Template {
    Template(vec![Piece::Name("addr".into())])
}

fn name(name: &str) -> Template {
    Template(vec![Piece::Name(name.into())])
}

fn whole(part: &str) -> PartRef {
    PartRef { part: part.into(), channel: None }
}

fn connect(part: &str) -> Action {
    Action::Connect { part: part.into(), to: addr(), each: None, or_refused: false }
}

fn expect(part: &str, line: &str) -> Action {
    let what = Expected::Data(Data::Line(Template::literal(line)));
    expect_of(whole(part), what)
}

fn expect_of(of: PartRef, what: Expected) -> Action {
    Action::Expect { of, what, or_nothing_ms: None }
}

fn send(part: &str, variable: &str, cut: Cut) -> Action {
    let data = Data::Line(name(variable));
    Action::Send { to: whole(part), data, address: addr(), cut, until_read: false }
}

#[test]
fn the_example_of_the_guide() {
    let exercise = read(EXAMPLE).unwrap_or_else(|problems| panic!("{problems}"));
    let scenario = &exercise.scenarios[0];
    assert_eq!((scenario.line, scenario.points, exercise.points(), exercise.hints.len()), (11, 2, 2, 3));
    let printed = vec![Piece::Addr("bob".into()), Piece::Literal(": ".into()), Piece::Name("b".into())];
    let stdout = PartRef { part: "multi_client".into(), channel: Some(Channel::Stdout) };
    let start = Action::Start {
        part: "multi_client".into(),
        program: "multi_client".into(),
        args: vec![addr()],
        ready: Some(Ready { transport: Transport::Tcp, at: addr(), or_ended: false }),
        memory_mib: None,
    };
    let step = |line, action| Step { line, why: None, action };
    let why = Some("serve bob while ann thinks".to_owned());
    let wanted = [
        step(14, start),
        step(15, connect("ann")),
        step(15, connect("bob")),
        Step { line: 16, why, action: expect("bob", "Welcome to study socket!") },
        step(17, send("bob", "b", Cut::Whole)),
        step(17, expect_of(whole("bob"), Expected::Eof { or_reset: false })),
        step(18, expect_of(stdout, Expected::Data(Data::Line(Template(printed))))),
        step(19, send("ann", "a", Cut::At(vec![3]))),
    ];
    assert_eq!(scenario.steps, wanted);
}

#[test]
fn every_verb() {
    let exercise = right(EVERY_VERB);
    let steps = &exercise.scenarios[0].steps;
    insta::assert_snapshot!(steps.len(), @"44");
    let has = |wanted: &Action| assert!(steps.iter().any(|step| step.action == *wanted), "{wanted:?}");
    has(&Action::Accept {
        part: "main".into(),
        on: "door".into(),
        first: Some(Template::literal(r"main (?P<pid>\d+)")),
    });
    has(&Action::Relay { part: "tap".into(), at: name("front"), to: addr(), bytewise: true });
    has(&Action::Bind { part: "peer".into(), at: None, each: None });
    has(&Action::Close { what: whole("bob"), how: How::Reset });
    has(&Action::File {
        path: Template::literal("src.bin"),
        content: Data::Blob("big".into()),
        mode: Some(0o444),
    });
    has(&Action::ExpectExit {
        part: "s".into(),
        ending: Ending::Codes(vec![1]),
        reason: Reason::Contains(Template::literal("coding")),
        alone: true,
    });
    let ending = Ending::Signal(9);
    has(&Action::ExpectExit { part: "s".into(), ending, reason: Reason::Some, alone: false });
    has(&Action::ExpectProcesses { part: "s".into(), want: Processes::Holding(vec!["main".into()]) });
    let stdin = PartRef { part: "s".into(), channel: Some(Channel::Stdin) };
    let data = Data::Bytes(vec![0xff, 0]);
    has(&Action::Send { to: stdin, data, address: addr(), cut: Cut::Whole, until_read: false });
}

#[test]
fn steps_may_be_written_as_tables() {
    let exercise = read(
        "title = 'T'\naddr = '127.0.0.1:5556'\nhints = ['a', 'b']\n[[scenario]]\nname = 's'\n\
         [[scenario.steps]]\nstart = 'multi_client'\n\n[[scenario.steps]]\nconnect = 'a'\n\n[[scenario.steps]]\nsend = 'a'\nline = 'x'\n",
    )
    .unwrap_or_else(|problems| panic!("{problems}"));
    let lines: Vec<u32> = exercise.scenarios[0].steps.iter().map(|step| step.line).collect();
    assert_eq!(lines, [6, 9, 12]);
}
