//! Against the compiler, and what it reads.

use super::row::{Ends, Row, run};

#[test]
fn attacks_on_compiling() {
    run(ROWS);
}

macro_rules! ten {
    ($text:expr) => {
        concat!($text, $text, $text, $text, $text, $text, $text, $text, $text, $text)
    };
}

const MANY_ERRORS: &str =
    concat!("fn main() {\n", ten!(ten!(ten!(ten!("let _: u8 = \"no number\";\n")))), "}\n");

const MAIN: &str = "fn main() {}\n";

pub const ROWS: &[Row] = &[
    Row::new(
        &[1],
        "include str",
        "fn main() { println!(\"{}\", include_str!(\"HOSTDIR/secret.txt\")); }\n",
        Ends::Refused("No such file or directory"),
    ),
    Row::new(
        &[2],
        "path attribute",
        "#[path = \"HOSTDIR/secret.rs\"]\nmod secret;\nfn main() { println!(\"{}\", secret::SECRET); }\n",
        Ends::Refused("couldn't read"),
    ),
    Row::new(
        &[2],
        "incbin",
        "std::arch::global_asm!(\".incbin \\\"HOSTDIR/secret.txt\\\"\");\nfn main() {}\n",
        Ends::Refused("Could not find incbin file"),
    ),
    Row::new(
        &[2],
        "link a file of the host",
        "#[link(name = \":../../../../HOSTDIR/secret.txt\")]\nunsafe extern \"C\" {}\nfn main() {}\n",
        Ends::Refused("error: linking with"),
    ),
    Row::new(
        &[3],
        "option env",
        "fn main() { assert_eq!(option_env!(\"CHECKER_SECRET\"), None); assert_eq!(option_env!(\"USER\"), None); }\n",
        Ends::Denied,
    ),
    Row::new(&[4], "build script", MAIN, Ends::Denied).files(&[
        (
            "build.rs",
            "fn main() { std::fs::write(\"HOSTDIR/built\", std::fs::read(\"HOSTDIR/secret.txt\").unwrap()).unwrap(); }",
        ),
        ("Cargo.toml", "[package]\nname = \"demo\"\nbuild = \"build.rs\"\n"),
        (".cargo/config.toml", "[build]\nrustc-wrapper = \"/bin/false\"\n"),
        ("rust-toolchain.toml", "[toolchain]\nchannel = \"nightly-2000-01-01\"\n"),
    ]),
    Row::new(&[5], "proc macro", "use hostile_macro::m;\nm!();\nfn main() {}\n", Ends::Refused("unresolved import"))
        .files(&[
            ("macro/src/lib.rs", "#[proc_macro] pub fn m(t: proc_macro::TokenStream) -> proc_macro::TokenStream { t }"),
            ("Cargo.toml", "[package]\nname = \"demo\"\n[dependencies]\nhostile_macro = { path = \"macro\" }\n"),
        ]),
    Row::new(
        &[6],
        "endless const evaluation",
        "const N: u64 = { let mut n = 0; while n < u64::MAX { n += 1; } n };\nfn main() { println!(\"{N}\"); }\n",
        Ends::Refused("constant evaluation is taking a long time"),
    )
    .limits("compile_s = 60"),
    Row::new(
        &[7],
        "endless const evaluation, allowed",
        "#![allow(long_running_const_eval)]\nconst N: u64 = { let mut n = 0; while n < u64::MAX { n += 1; } n };\nfn main() { println!(\"{N}\"); }\n",
        Ends::Stopped(&["time"]),
    )
    .limits("compile_s = 2"),
    Row::new(
        &[8],
        "static of 16 GiB",
        "static A: [u8; 16 << 30] = [1; 16 << 30];\nfn main() { println!(\"{}\", A[3]); }\n",
        Ends::Refused("tried to allocate more memory than available to compiler"),
    ),
    Row::new(
        &[9],
        "static of 1 GiB",
        "static A: [u8; 1 << 30] = [1; 1 << 30];\nfn main() { println!(\"{}\", A[3]); }\n",
        Ends::Stopped(&["room"]),
    )
    .limits("compile_s = 60"),
    Row::new(
        &[10],
        "doubling macro",
        "#![recursion_limit = \"100000\"]\nmacro_rules! d { ($($t:tt)*) => { d!($($t)* $($t)*); } }\nd!(a b c d);\nfn main() {}\n",
        Ends::Stopped(&["room", "time"]),
    ),
    Row::new(
        &[11],
        "type recursion",
        include_str!("../programs/hostile/suite/type_recursion.rs"),
        Ends::Stopped(&["room", "time"]),
    ),
    Row::new(
        &[12],
        "megabytes of errors",
        MANY_ERRORS,
        Ends::Refused("more than is kept"),
    )
    .limits("compile_s = 60"),
    Row::new(
        &[37],
        "link with a climbing path",
        "#[link(name = \"../../../../../../HOSTDIR/secret.txt\", kind = \"static\")]\nunsafe extern \"C\" {}\nfn main() {}\n",
        Ends::Refused("error"),
    ),
    Row::new(&[38], "proc macro by attribute", MAIN, Ends::Refused("proc_macro")).files(&[(
        "src/lib.rs",
        "#![crate_type = \"proc-macro\"]\nextern crate proc_macro;\n#[proc_macro]\npub fn m(t: proc_macro::TokenStream) -> proc_macro::TokenStream { std::fs::write(\"HOSTDIR/ran\", \"\").unwrap(); t }\n",
    )]),
    Row::new(&[39], "unstable features", "#![feature(rustc_attrs)]\nfn main() {}\n", Ends::Refused("stable release channel")),
    Row::new(
        &[40],
        "home by env",
        "fn main() { assert_eq!(env!(\"HOME\"), \"/work\"); assert!(!env!(\"CARGO_MANIFEST_DIR\").contains(\"mini\")); }\n",
        Ends::Denied,
    ),
    Row::new(
        &[41],
        "include from proc",
        "fn main() { println!(\"{:?}\", include_bytes!(\"/proc/self/environ\")); }\n",
        Ends::NoSource,
    ),
    Row::new(
        &[41],
        "include from the first process",
        "fn main() { println!(\"{:?}\", include_bytes!(\"/proc/1/environ\")); }\n",
        Ends::Refused("No such file"),
    ),
    Row::new(
        &[41],
        "include a device",
        "fn main() { println!(\"{}\", include_bytes!(\"/dev/zero\").len()); }\n",
        Ends::Stopped(&["room", "time"]),
    ),
    Row::new(
        &[42],
        "arguments for the linker",
        "#[link(name = \"c -Wl,-Map=/course/map\")]\nunsafe extern \"C\" {}\nfn main() {}\n",
        Ends::Refused("error: linking with"),
    ),
    Row::new(
        &[42],
        "linker script",
        "#[link(name = \":../../course/exercises/01_hostile/src/script.ld\")]\nunsafe extern \"C\" {}\nfn main() {}\n",
        Ends::Refused("error: linking with"),
    )
    .files(&[("src/script.ld", "INPUT(HOSTDIR/secret.txt)\n")]),
    Row::new(
        &[43],
        "crate name that climbs",
        "#![crate_name = \"../../evil\"]\nfn main() {}\n",
        Ends::Refused("crate"),
    ),
    Row::new(
        &[43],
        "crate type by attribute",
        "#![crate_type = \"cdylib\"]\nfn main() {}\n",
        Ends::Denied,
    ),
    Row::new(
        &[44],
        "escape sequences in an error",
        "compile_error!(\"\\u{1b}[2J\\u{1b}]0;owned\\u{7} 1 of 1 scenario\");\nfn main() {}\n",
        Ends::Refused("1 of 1 scenario"),
    ),
];
