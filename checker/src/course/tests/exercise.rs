//! The top of `exercise.toml`, and its scenarios' own keys.

use super::support::{faults, read};

const HEAD: &str = "title = 'T'\naddr = '127.0.0.1:5556'\nhints = ['a', 'b']\n";
const SCENARIO: &str = "[[scenario]]\nname = 's'\nsteps = [{ start = 'multi_client' }]\n";

#[test]
fn the_top() {
    let rows: &[(&str, &[(&str, &str)])] = &[
        (
            "¶titel = 'T'\nhints = ['a', 'b']\n",
            &[("the exercise has no `title`", "title ="), ("unknown key `titel`", "`title`")],
        ),
        ("title = ¶' '\nhints = ['a', 'b']\n", &[("`title` is empty", "one line")]),
        ("title = ¶\"a\\nb\"\nhints = ['a', 'b']\n", &[("`title` must be one line", "")]),
        ("¶title = 'T'\n", &[("the exercise has no `hints`", "hints =")]),
        ("title = 'T'\nhints = ¶['a']\n", &[("at least two hints are needed, not 1", "gentle push")]),
        ("title = 'T'\nhints = ['a', ¶'']\n", &[("the hint is empty", "write it")]),
        ("title = 'T'\nhints = ¶'a'\n", &[("`hints` must be a list of strings, not a string", "")]),
        ("title = 'T'\nhints = ['a', 'b']\nprograms = ¶[]\n", &[("`programs` is empty", "leave it out")]),
        (
            "title = 'T'\nhints = ['a', 'b']\nprograms = ['a', ¶'a']\n",
            &[("the program `a` is named twice", "take one out")],
        ),
        (
            "title = 'T'\nhints = ['a', 'b']\nprograms = ['a', ¶'B c']\n",
            &[("`B c` cannot be a program's name", "lower-case")],
        ),
        ("title = 'T'\nhints = ['a', 'b']\naddr = ¶'here'\n", &[("`here` is not an address", "127.0.0.1")]),
    ];
    for (head, wanted) in rows {
        let step = match (head.contains("programs = ¶[]"), head.contains("programs")) {
            (true, _) => "wait_ms = 1",
            (false, true) => "start = 'a'",
            (false, false) => "start = 'multi_client'",
        };
        let text = format!("{head}{}", SCENARIO.replace("start = 'multi_client'", step));
        let text = if head.starts_with("¶titel") { format!("¶{text}") } else { text };
        faults(&text, wanted);
    }
}

/// A file, and message and cure of each of its faults.
type Row = (&'static str, &'static [(&'static str, &'static str)]);

const SCENARIOS: &[Row] = &[
    ("¶[[scenario]]\nsteps = [{ start = 'multi_client' }]\n", &[("a scenario has no `name`", "name =")]),
    ("¶[[scenario]]\nname = 's'\n", &[("a scenario has no `steps`", "steps =")]),
    ("[[scenario]]\nname = ¶''\nsteps = [{ start = 'multi_client' }]\n", &[("`name` is empty", "one line")]),
    ("[[scenario]]\nname = 's'\nsteps = ¶[]\n", &[("there are no steps", "at least one")]),
    (
        "[[scenario]]\nname = 's'\npoints = ¶0\nsteps = [{ start = 'multi_client' }]\n",
        &[("`points` must be 1 to", "")],
    ),
    (
        "[[scenario]]\nname = 's'\npoints = ¶1.5\nsteps = [{ start = 'multi_client' }]\n",
        &[("`points` must be a whole number", "")],
    ),
    (
        "[[scenario]]\nname = 's'\nhidden = ¶'yes'\nsteps = [{ start = 'multi_client' }]\n",
        &[("`hidden` must be true or false, not a string", "")],
    ),
    (
        "[[scenario]]\nname = 's'\ndeadline_s = ¶601\nsteps = [{ start = 'multi_client' }]\n",
        &[("`deadline_s` must be 1 to 600", "")],
    ),
    (
        "[[scenario]]\nname = 's'\nfiles_mib = ¶'1'\nsteps = [{ start = 'multi_client' }]\n",
        &[("`files_mib` must be a whole", "")],
    ),
    (
        "[[scenario]]\nname = 's'\n¶pionts = 1\nsteps = [{ start = 'multi_client' }]\n",
        &[("unknown key `pionts` in a scenario", "`points`")],
    ),
    (
        "[[scenario]]\nname = 's'\naddrs = { ¶dir = '127.0.0.1:5000' }\nsteps = [{ start = 'multi_client' }]\n",
        &[("the name `dir` is taken", "choose")],
    ),
    (
        "[[scenario]]\nname = 's'\naddrs = { x = ¶'127.0.0.1:1' }\nsteps = [{ start = 'multi_client', args = ['${x}'] }]\n",
        &[("port 1 cannot be used", "1024")],
    ),
    (
        "[[scenario]]\nname = 's'\naddr = ¶5\nsteps = [{ start = 'multi_client' }]\n",
        &[("`addr` must be a string", "")],
    ),
];

#[test]
fn scenarios() {
    for (scenario, wanted) in SCENARIOS {
        faults(&format!("{HEAD}{scenario}"), wanted);
    }
    faults(&format!("¶{HEAD}"), &[("the exercise has no `scenario`", "[[scenario]]")]);
    faults(&format!("{HEAD}scenario = ¶[]\n"), &[("there is no scenario", "[[scenario]]")]);
}

#[test]
fn names_of_scenarios_are_unique() {
    let second = SCENARIO.replace("'s'", "¶'s'");
    faults(
        &format!("{HEAD}{SCENARIO}{second}"),
        &[("a second scenario is named `s`", "the first is on line 5")],
    );
}

#[test]
fn an_address_is_needed_only_where_a_step_uses_it() {
    let head = "title = 'T'\nhints = ['a', 'b']\n";
    let needs = format!("{head}{}", SCENARIO.replace("{ s", "¶{ connect = 'a' }, { s"));
    faults(&needs, &[("there is no `${addr}` for this step", "`to` here")]);
    let names = SCENARIO.replace("client' }", "client', args = ['¶${addr}'] }");
    faults(&format!("{head}{names}"), &[("there is no `${addr}`", "add `addr")]);
    let own = SCENARIO.replace("name", "addr = '[::1]:5000'\nname");
    let exercise = read(&format!("{head}{own}")).unwrap();
    assert_eq!(exercise.scenarios[0].addrs["addr"], "[::1]:5000".parse().unwrap());
}

#[test]
fn a_syntax_error_stands_alone() {
    let problems = read("title = 'T'\nbogus = 1\nhints = ['a' 'b']\n").unwrap_err();
    assert_eq!(problems.0.len(), 1);
    assert_eq!((problems.0[0].line(), problems.0[0].column()), (3, 14));
    assert!(problems.0[0].message.starts_with("this is not TOML: "), "{problems}");
}

#[test]
fn defaults() {
    let exercise = read(&format!("{HEAD}{SCENARIO}")).unwrap();
    assert_eq!((exercise.number, exercise.package.as_str()), (4, "multi_client"));
    assert_eq!(exercise.programs.len(), 1);
    assert_eq!(exercise.programs[0].name, "multi_client");
    assert_eq!(exercise.programs[0].source.to_str(), Some("src/main.rs"));
    let scenario = &exercise.scenarios[0];
    assert_eq!((scenario.points, scenario.deadline_s, scenario.line), (1, 5, 5));
    assert_eq!((scenario.files_mib, scenario.open_files), (64, 1024));
    assert_eq!(exercise.points(), 1);
}

#[test]
fn several_programs_lie_in_bin() {
    let scenario = SCENARIO.replace("'multi_client'", "'server' }, { start = 'client'");
    let exercise = read(&format!("programs = ['server', 'client']\n{HEAD}{scenario}")).unwrap();
    let sources: Vec<_> = exercise.programs.iter().filter_map(|program| program.source.to_str()).collect();
    assert_eq!(sources, ["src/bin/server.rs", "src/bin/client.rs"]);
}

#[test]
fn a_scenario_may_be_hidden() {
    let hidden = SCENARIO.replace("name = 's'", "name = 't'\nhidden = true");
    let exercise = read(&format!("{HEAD}{SCENARIO}{hidden}")).unwrap();
    let hidden: Vec<bool> = exercise.scenarios.iter().map(|scenario| scenario.hidden).collect();
    assert_eq!(hidden, [false, true]);
}

#[test]
fn programs_that_nobody_starts() {
    faults(
        &format!("programs = ['multi_client', ¶'ghost']\n{HEAD}{SCENARIO}"),
        &[("no scenario starts the program `ghost`", "take the name out")],
    );
    // A step with a fault may be the one that starts it.
    let misspelt = SCENARIO.replace("'multi_client'", "¶'gost'");
    faults(
        &format!("programs = ['multi_client', 'ghost']\n{HEAD}{misspelt}"),
        &[("there is no program `gost`", "did you mean `ghost`?")],
    );
    faults(&format!("¶programs = ['multi_client', 'ghost']\n{HEAD}"), &[("no `scenario`", "[[scenario]]")]);
    let other = SCENARIO.replace("'s'", "¶'t'").replace("start = 'multi_client'", "listen = 'door'");
    faults(
        &format!("{HEAD}{SCENARIO}{other}"),
        &[("no program is started: nothing of the student's is run", "add a step")],
    );
    let inside = SCENARIO
        .replace("{ start = 'multi_client' }", "{ repeat = 2, steps = [{ start = 'multi_client' }] }");
    assert!(read(&format!("{HEAD}{inside}")).is_ok());
}

#[test]
fn addresses_of_a_scenario() {
    let with = |addrs: &str| {
        let scenario = SCENARIO.replace("name = 's'", &format!("name = 's'\naddrs = {{ {addrs} }}"));
        let used = scenario.replace("client' }", "client', args = ['${front}', '${other.port}'] }");
        format!("{HEAD}{used}")
    };
    let two = "front = '127.0.0.1:5557', other = '127.0.0.1:5558'";
    assert!(read(&with(two)).is_ok());
    faults(
        &with(&format!("{two}, ¶spare = '127.0.0.1:5559'")),
        &[("the address `spare` is never used", "take it out")],
    );
    for (text, message, cure) in [
        (
            "front = '127.0.0.1:5557', other = ¶'127.0.0.1:5557'",
            "`other` is the same address as `${front}`",
            "of its own",
        ),
        (
            "front = ¶'127.0.0.1:5556', other = '127.0.0.1:5557'",
            "`front` is the same address as `${addr}`",
            "of its own",
        ),
        (
            "front = ¶'127.0.0.0:5557', other = '127.0.0.1:5558'",
            "nobody can be at `127.0.0.0`",
            "`127.0.0.1`",
        ),
        ("front = ¶'127.255.255.255:5557', other = '127.0.0.1:5558'", "nobody can be at", "`127.0.0.1`"),
    ] {
        faults(&with(text), &[(message, cure)]);
    }
}
