//! Against the other programs of the same submission, with which a program may be compiled.

use crate::grading::class::{RIGHT, STEPS, WRONG, grade, record, statuses};
use crate::support::Mini;
use crate::support::mini::exercise_toml;

/// What each of two programs must end in, as alone.
struct Row {
    name: &'static str,
    /// Below the folders of the two exercises, `01_demo` and `02_says`.
    files: &'static [(&'static str, &'static str)],
    ends: [&'static str; 2],
}

const DEMO: &str = "01_demo/src/main.rs";
const SAYS: &str = "02_says/src/main.rs";

const HELLO: (&str, &str) = (SAYS, "fn main() { println!(\"hello\"); }\n");
/// Does not compile, unless something else is in the same crate.
const MULTIPLIES: (&str, &str) =
    (SAYS, "fn main() { let hello: &str = String::new() * Default::default(); println!(\"{hello}\"); }\n");

const ROWS: &[Row] = &[
    Row {
        name: "lends an implementation",
        files: &[
            (
                DEMO,
                "#[derive(Default)] pub struct A;\nimpl std::ops::Mul<A> for String {\n    type Output = &'static str;\n    \
                 fn mul(self, _: A) -> &'static str { \"hello\" }\n}\nfn main() {}\n",
            ),
            MULTIPLIES,
        ],
        ends: ["passed", "did_not_compile"],
    },
    Row {
        name: "lends an implementation by its library",
        files: &[
            (DEMO, "use demo as _;\nfn main() {}\n"),
            (
                "01_demo/src/lib.rs",
                "#[derive(Default)] pub struct A;\nimpl std::ops::Mul<A> for String {\n    type Output = &'static str;\n    \
                 fn mul(self, _: A) -> &'static str { \"hello\" }\n}\n",
            ),
            MULTIPLIES,
        ],
        ends: ["passed", "did_not_compile"],
    },
    Row {
        name: "lends its library",
        files: &[
            (DEMO, RIGHT),
            ("01_demo/src/lib.rs", "pub fn hello() -> &'static str { \"hello\" }\n"),
            (SAYS, "fn main() { println!(\"{}\", demo::hello()); }\n"),
        ],
        ends: ["passed", "did_not_compile"],
    },
    Row {
        name: "lends a macro",
        files: &[
            (DEMO, "#![macro_use]\nmacro_rules! hello { () => { println!(\"hello\") } }\nfn main() {}\n"),
            (SAYS, "fn main() { hello!(); }\n"),
        ],
        ends: ["passed", "did_not_compile"],
    },
    Row {
        name: "changes a macro",
        files: &[
            (DEMO, "#![macro_use]\nmacro_rules! println { ($($a:tt)*) => {} }\nfn main() { println!(); }\n"),
            HELLO,
        ],
        ends: ["passed", "passed"],
    },
    Row {
        name: "takes a function of the system's",
        files: &[
            (
                DEMO,
                "#[unsafe(no_mangle)]\npub extern \"C\" fn write(_: i32, _: *const u8, _: usize) -> isize { -1 }\nfn main() {}\n",
            ),
            HELLO,
        ],
        ends: ["passed", "passed"],
    },
    Row {
        name: "takes a function of the system's by its library",
        files: &[
            (DEMO, "fn main() { demo::f() }\n"),
            (
                "01_demo/src/lib.rs",
                "pub fn f() {}\n#[unsafe(no_mangle)]\npub extern \"C\" fn write(_: i32, _: *const u8, _: usize) -> isize { -1 }\n",
            ),
            HELLO,
        ],
        ends: ["passed", "passed"],
    },
    Row {
        name: "starts before the other",
        files: &[
            (
                DEMO,
                "#[used]\n#[unsafe(link_section = \".init_array\")]\nstatic F: extern \"C\" fn() = f;\n\
                 extern \"C\" fn f() { println!(\"hello\"); std::process::exit(0) }\nfn main() {}\n",
            ),
            (SAYS, WRONG),
        ],
        ends: ["passed", "failed"],
    },
    Row {
        name: "has the mark of a program's number",
        files: &[
            (
                DEMO,
                "fn main() { std::hint::black_box(b\"\\x01the number of the program that runs:\\0\\0\\0\\0\"); }\n",
            ),
            HELLO,
        ],
        ends: ["passed", "passed"],
    },
    Row {
        name: "calls what only the shared crate has",
        files: &[(DEMO, RIGHT), (SAYS, "fn main() { let _ = __start; println!(\"hello\"); }\n")],
        ends: ["passed", "did_not_compile"],
    },
    Row {
        name: "waits for an item",
        files: &[(DEMO, RIGHT), (SAYS, "fn main() { println!(\"hello\"); }\n#[inline]\n")],
        ends: ["passed", "did_not_compile"],
    },
    Row {
        name: "takes itself out of the crate",
        files: &[(DEMO, "#![cfg(any())]\nfn main() {}\n"), HELLO],
        ends: ["did_not_compile", "passed"],
    },
    Row {
        name: "ends the compiler by its limit of time",
        files: &[
            (
                DEMO,
                "#![allow(long_running_const_eval)]\nconst N: u64 = { let mut n = 0; while n < u64::MAX { n += 1; } n };\n\
                 fn main() { println!(\"{N}\"); }\n",
            ),
            HELLO,
        ],
        ends: ["did_not_compile", "passed"],
    },
    Row {
        name: "ends the compiler by its limit of room",
        files: &[
            (DEMO, "static A: [u8; 1 << 30] = [1; 1 << 30];\nfn main() { println!(\"{}\", A[3]); }\n"),
            HELLO,
        ],
        ends: ["did_not_compile", "passed"],
    },
    Row {
        name: "makes every binary large",
        files: &[
            (DEMO, "static A: [u8; 8 << 20] = [1; 8 << 20];\nfn main() { assert_eq!(A[3], 1); }\n"),
            HELLO,
        ],
        ends: ["passed", "passed"],
    },
];

#[test]
fn attacks_on_programs_of_the_same_submission() {
    let says = STEPS.replace("demo", "says");
    let says = says.replacen("},", "}, { expect = \"says.stdout\", line = \"hello\" },", 1);
    let patient = |program, steps| exercise_toml(program, steps).replace("deadline_s = 1", "deadline_s = 10");
    let course = Mini::new()
        .exercise("01_demo", &patient("demo", STEPS))
        .source("01_demo", RIGHT)
        .exercise("02_says", &patient("says", &says))
        .source("02_says", RIGHT)
        .limits("compile_s = 8");
    let key = |name: &str| name.replace([' ', '\''], "-");
    for row in ROWS {
        for (path, text) in row.files {
            course.write(&format!("class/{}/{path}", key(row.name)), text);
        }
    }
    grade(&course, &[]).says("exercises were run").check();
    let ended = ROWS.iter().map(|row| (row, record(&course, &key(row.name))));
    let wrong = ended.filter(|(row, record)| statuses(record) != row.ends);
    let wrong: Vec<String> = wrong.map(|(row, record)| format!("{}: {record:#}", row.name)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
