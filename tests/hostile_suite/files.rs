//! Against whoever takes in the files: sources that are none, results that are none.

use std::os::unix::fs::symlink;

use nix::sys::stat::Mode;

use super::row::{Ends, Row, run};
use crate::support::Mini;

#[test]
fn attacks_on_files() {
    run(ROWS);
}

macro_rules! program {
    ($name:literal) => {
        include_str!(concat!("../programs/hostile/suite/", $name, ".rs"))
    };
}

pub const ROWS: &[Row] = &[
    Row::new(&[35], "a link for a file", program!("link_for_a_file"), Ends::Fails(WRONG)).steps(
        r#"
  { start = "demo", args = ["HOSTDIR/secret.txt"] },
  { expect_exit = "demo", code = 0 }, { expect_file = "${dir}/dest.bin", text = "s3cr3t" },
"#,
    ),
    Row::new(&[35], "a link to a device", program!("link_for_a_file"), Ends::Fails(WRONG)).steps(
        r#"
  { start = "demo", args = ["/dev/zero"] },
  { expect_exit = "demo", code = 0 }, { expect_file = "${dir}/dest.bin", text = "s3cr3t" },
"#,
    ),
    Row::new(&[35], "a FIFO for a file", program!("fifo_for_a_file"), Ends::Fails(WRONG)).steps(
        r#"
  { start = "demo" },
  { expect_exit = "demo", code = 0 }, { expect_file = "${dir}/dest.bin", text = "s3cr3t" },
"#,
    ),
];

const WRONG: &str = "wrong_file";

/// Sources that are no files; each is told as what there is to compile, and nothing is read through it.
#[test]
fn a_source_that_is_no_file_is_not_read() {
    let elsewhere = tempfile::tempdir().unwrap();
    let other = elsewhere.path().join("main.rs");
    std::fs::write(&other, "fn main() {} // s3cr3t\n").unwrap();
    type Prepare<'a> = &'a dyn Fn(&Mini);
    let prepare: [(&str, Prepare); 5] = [
        ("main.rs is a link", &|course| {
            replace(course, "src/main.rs", |path| symlink(&other, path).unwrap());
        }),
        ("main.rs is a FIFO", &|course| {
            replace(course, "src/main.rs", |path| nix::unistd::mkfifo(path, Mode::S_IRWXU).unwrap());
        }),
        ("main.rs is a folder", &|course| {
            replace(course, "src/main.rs", |path| std::fs::create_dir(path).unwrap());
        }),
        ("src is a link", &|course| {
            replace(course, "src/main.rs", |_| {});
            replace(course, "src", |path| symlink(elsewhere.path(), path).unwrap());
        }),
        ("a module is a link", &|course| {
            replace(course, "src/other.rs", |path| symlink(&other, path).unwrap());
        }),
    ];
    for (what, prepare) in prepare {
        let course =
            Mini::demo("fn main() {}\n", r#"{ start = "demo" }, { expect_exit = "demo", code = 0 },"#);
        prepare(&course);
        let document = course.checker(["run", "1", "--boxed", "--format", "json"]).code(1).json();
        let build = &document["exercises"][0]["build"];
        assert_eq!(build["finding"], "no_source", "{what}: {document:#}");
        assert!(!document.to_string().contains("s3cr3t"), "{what}");
    }
}

fn replace(course: &Mini, path: &str, make: impl Fn(&std::path::Path)) {
    let path = course.path().join("exercises/01_demo").join(path);
    if path.is_dir() {
        std::fs::remove_dir(&path).unwrap();
    } else if path.exists() {
        std::fs::remove_file(&path).unwrap();
    }
    make(&path);
}

/// Sources of a size that nobody writes: bounded in time and memory, with a reason.
#[test]
fn a_source_without_measure_is_refused() {
    let course = Mini::demo("fn main() {}\n", r#"{ start = "demo" }, { expect_exit = "demo", code = 0 },"#);
    let large = std::fs::File::create(course.path().join("exercises/01_demo/src/large.rs")).unwrap();
    large.set_len(2 << 30).unwrap();
    let document = course.checker(["run", "1", "--boxed", "--format", "json"]).code(1).json();
    assert_eq!(document["exercises"][0]["build"]["finding"], "no_source", "{document:#}");
    let one_line = format!("fn main() {{ let x = \"{}\" + 1; }}\n", "x".repeat(4 << 20));
    let course = Mini::demo(&one_line, r#"{ start = "demo" }, { expect_exit = "demo", code = 0 },"#);
    let document = course.checker(["run", "1", "--boxed", "--format", "json"]).code(1).json();
    assert_eq!(document["exercises"][0]["build"]["finding"], "did_not_compile");
    assert!(document.to_string().len() < 1 << 20, "{} bytes", document.to_string().len());
}
