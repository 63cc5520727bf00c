//! Every kind of change, from tables: a function's body, and the bodies of its mutants.

use super::{Mutant, mutants};

fn made(source: &str) -> Vec<Mutant> {
    mutants("src/main.rs", source).unwrap()
}

/// What `from` becomes in the mutants of `fn f() { FROM }`, without those that empty the whole body.
fn changes(from: &str) -> Vec<String> {
    let source = format!("fn f() {{ {from} }}");
    let bodies = made(&source).into_iter().map(|mutant| {
        let inner = mutant.source.strip_prefix("fn f() {").and_then(|rest| rest.strip_suffix('}'));
        inner.unwrap_or_default().trim().to_owned()
    });
    bodies.filter(|body| body != "()").collect()
}

#[track_caller]
fn becomes(from: &str, wanted: &[&str]) {
    let changes = changes(from);
    for wanted in wanted {
        assert!(changes.iter().any(|change| change == wanted), "{from} never became {wanted}: {changes:#?}");
    }
}

#[test]
fn operators_literals_and_calls() {
    for (from, wanted) in [
        ("g(a + b)", &["g(a - b)", "g(a * b)"][..]),
        ("g(a % b)", &["g(a / b)"]),
        ("g(a == b)", &["g(a != b)"]),
        ("g(a < b)", &["g(a <= b)", "g(a >= b)"]),
        ("g(a && b)", &["g(a || b)"]),
        ("g(a || !b)", &["g(a && !b)", "g(a || b)"]),
        ("n += 1", &["n -= 1", "n = 1", "n += 0", "n += 2"]),
        ("g(-x)", &["g(x)"]),
        ("g(65_507)", &["g(0)", "g(65508)", "g(65506)"]),
        ("g(0u8)", &["g(1u8)"]),
        ("g(true)", &["g(false)"]),
        ("g(b'\\n')", &["g(b'~')"]),
        ("g(\"hello\\n\")", &["g(\"\")", "g(\"hello\")"]),
        ("g(b\"ok\\n\")", &["g(b\"\")", "g(b\"ok\")"]),
        ("g(\"\")", &["g(\"~\")"]),
        ("write!(out, \"{n} bytes\")", &["write!(out, \"\")"]),
        ("vec![0; 9]", &["vec![0; 10]", "vec![1; 9]"]),
        ("g(matches!(a, B(_)) && c)", &["g(matches!(a, B(_)) || c)"]),
        ("ExitCode::from(2)", &["ExitCode::from(0)", "ExitCode::from(3)", "ExitCode::from(1)"]),
        ("ExitCode::SUCCESS", &["ExitCode::FAILURE"]),
        ("write(a).and_then(|()| flush())", &["write(a)"]),
        ("input.take(9).read(b)", &["input.take(9)", "input.read(b)"]),
    ] {
        becomes(from, wanted);
    }
}

#[test]
fn statements_and_branches() {
    for (from, wanted) in [
        ("out.flush()?; g()", &["g()", "let _ = out.flush(); g()"][..]),
        ("say!(\"x\"); g()", &["g()"]),
        ("drop(a); g()", &["g()"]),
        ("let _ = a(); g()", &["g()"]),
        ("for a in b { c() } g()", &["g()"]),
        ("if a { b() }", &["if true { b() }", "if false { b() }"]),
        ("if a && let B = c { d() }", &["if true && let B = c { d() }", "if false && let B = c { d() }"]),
        ("while a { b() }", &["while true { b() }", "while false { b() }"]),
        ("loop { break }", &["loop { continue }"]),
        ("loop { continue }", &["loop { break }"]),
        ("match a { B => c, _ => d }", &["match a {  _ => d }", "match a { B => c,  }"]),
        ("match a { B if c => d, _ => e }", &["match a { B if true => d, _ => e }", "match a {  _ => e }"]),
        ("match a { Ok(0) => b, c => d }", &["match a { Ok(1) => b, c => d }"]),
    ] {
        becomes(from, wanted);
    }
}

#[test]
fn what_stays() {
    for from in
        ["return", "let a = g(); h(a)", "let a: [u8; 9] = g(); h(a)", "#[a = \"b\"] g()", "if let A = b {}"]
    {
        assert_eq!(changes(from), [""; 0], "{from}");
    }
}

#[test]
fn bodies_by_type() {
    for (returned, wanted) in [
        ("", &["{ () }"][..]),
        ("-> bool", &["{ true }", "{ false }"]),
        ("-> u64", &["{ 0 }", "{ 1 }"]),
        ("-> String", &["{ String::new() }", "{ \"xyzzy\".to_owned() }"]),
        ("-> Option<bool>", &["{ None }", "{ Some(true) }", "{ Some(false) }"]),
        ("-> io::Result<Vec<u8>>", &["{ Ok(Vec::new()) }"]),
        ("-> Result<(), String>", &["{ Ok(()) }"]),
        ("-> Result<(usize, SocketAddr), E>", &["{ Ok((0, Default::default())) }"]),
        ("-> ExitCode", &["{ std::process::ExitCode::SUCCESS }", "{ std::process::ExitCode::FAILURE }"]),
        ("-> &'static str", &["{ \"\" }", "{ \"xyzzy\" }"]),
        ("-> !", &[]),
    ] {
        let found = made(&format!("fn f() {returned} {{ g() }}"));
        let bodies: Vec<&str> =
            found.iter().map(|mutant| &mutant.source[mutant.source.find('{').unwrap()..]).collect();
        assert_eq!(bodies, wanted, "{returned}");
    }
}

#[test]
fn names_and_places() {
    let source = "const N: u8 = 7;\n\nimpl Drop for Part {\n    fn drop(&mut self) {\n        \
                  你(self.a == 1);\n        g(self.b);\n        g(self.b);\n    }\n}\n";
    let found = made(source);
    let shown: Vec<String> = found.iter().map(|m| format!("{}:{} {}", m.line, m.column, m.name)).collect();
    insta::assert_snapshot!(shown.join("\n"), @r"
    1:15 src/main.rs, N: replace `7` with `0`
    1:15 src/main.rs, N: replace `7` with `8`
    1:15 src/main.rs, N: replace `7` with `6`
    4:24 src/main.rs, Part::drop: replace the body with `()`
    5:9 src/main.rs, Part::drop: remove `你(self.a == 1);`
    5:11 src/main.rs, Part::drop: replace `==` with `!=` in `self.a == 1`
    5:21 src/main.rs, Part::drop: replace `1` with `0`
    5:21 src/main.rs, Part::drop: replace `1` with `2`
    6:9 src/main.rs, Part::drop: remove `g(self.b);`
    7:9 src/main.rs, Part::drop: remove `g(self.b);` (2)
    ");
    let first = &found[0];
    assert_eq!(first.diff, ("const N: u8 = 7;".to_owned(), "const N: u8 = 0;".to_owned()));
}

#[test]
fn what_is_no_rust_is_told_with_its_place() {
    let error = mutants("src/lib.rs", "fn f() {\n  let = x;\n}\n").unwrap_err();
    assert!(error.starts_with("src/lib.rs:2:"), "{error}");
}
