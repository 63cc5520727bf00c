//! What is far too large: a row with the reason, and never in memory.

use std::fs::{self, File};
use std::process::Command;

use flate2::{Compress, Compression, Crc, FlushCompress, Status};

use super::class::{RIGHT, class, grade, record, statuses};
use crate::support::checked::command_by;
use crate::support::{Checked, Mini};

const TWO_GIB: u64 = 2 << 30;
/// KiB of address space: less than the file, and enough for a compiler.
const ROOM: u64 = 1900 << 10;
const SOURCE: &str = "01_demo/src/main.rs";

/// `checker grade class --out out` with less room than the file needs, and everything that it starts, too.
fn grade_in_little_room(course: &Mini) -> Checked {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("ulimit -v {ROOM} && exec \"$@\""), "sh"]);
    let mut shell = command_by(shell);
    shell.args(["grade", "class", "--out", "out"]);
    Checked::of(shell).current_dir(course.path())
}

/// A file of 2 GiB that takes no room on the disk.
fn put_sparse(course: &Mini, path: &str) {
    let path = course.path().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    File::create(path).unwrap().set_len(TWO_GIB).unwrap();
}

/// A zip of one file, which is 2 GiB of zeros and says that it is `told` bytes. One MiB is packed once, and
/// stands there 2,048 times.
fn zip_of_zeros(name: &str, told: u32) -> Vec<u8> {
    let piece = vec![0; 1 << 20];
    let mut once = Crc::new();
    once.update(&piece);
    let mut crc = Crc::new();
    let mut packed = Vec::with_capacity(1 << 16);
    let mut packer = Compress::new(Compression::fast(), false);
    assert_eq!(packer.compress_vec(&piece, &mut packed, FlushCompress::Full).unwrap(), Status::Ok);
    let times = usize::try_from(TWO_GIB).unwrap() / piece.len();
    for _ in 0..times {
        crc.combine(&once);
    }
    let mut packed = packed.repeat(times);
    // The last block, with nothing in it.
    packed.extend([0x03, 0x00]);
    let mut common = Vec::new();
    for number in [20_u16, 0, 8, 0, 0x5a21] {
        common.extend(number.to_le_bytes());
    }
    for number in [crc.sum(), u32::try_from(packed.len()).unwrap(), told] {
        common.extend(number.to_le_bytes());
    }
    common.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
    common.extend([0, 0]);
    let mut zip = [b"PK\x03\x04", &common[..], name.as_bytes(), &packed].concat();
    let list = u32::try_from(zip.len()).unwrap();
    zip.extend([b"PK\x01\x02\x14\x00", &common[..], &[0; 14], name.as_bytes()].concat());
    let length = u32::try_from(zip.len()).unwrap() - list;
    zip.extend(b"PK\x05\x06\0\0\0\0\x01\x00\x01\x00");
    zip.extend([length.to_le_bytes(), list.to_le_bytes()].concat());
    zip.extend([0, 0]);
    zip
}

/// The status of `01_demo`, and why.
fn outcome(course: &Mini, key: &str) -> (String, String) {
    let record = record(course, key);
    let message = record["exercises"][0]["message"].as_str().unwrap_or_default().to_owned();
    (statuses(&record)[0].to_owned(), message)
}

#[test]
fn two_gib_are_a_row_and_never_in_memory() {
    let honest = zip_of_zeros(SOURCE, u32::try_from(TWO_GIB).unwrap());
    let lying = zip_of_zeros(SOURCE, 1000);
    let nested = super::class::zip(&[("work.zip", &zip_of_zeros("01_demo.zip", 1000))]);
    let course = class(&[("good", RIGHT), ("beside", RIGHT)])
        .file("class/honest.zip", honest)
        .file("class/lying.zip", lying)
        .file("class/nested.zip", nested);
    put_sparse(&course, "class/source/01_demo/src/main.rs");
    put_sparse(&course, "class/beside/01_demo/src/data.bin");
    put_sparse(&course, "class/archive.zip");
    grade_in_little_room(&course).says("7 submissions").says("2 exercises were run").check();
    for key in ["source", "honest"] {
        let (status, why) = outcome(&course, key);
        assert_eq!(status, "not_taken", "{key}");
        assert_eq!(why, "src/main.rs is larger than 1 MiB; a source is shorter", "{key}");
    }
    let (status, why) = outcome(&course, "lying");
    assert_eq!(status, "not_taken");
    assert!(why.starts_with("src/main.rs cannot be read: "), "{why}");
    for (key, kind) in [("nested", "bomb"), ("archive", "too_large")] {
        let one = record(&course, key);
        assert_eq!(one["trouble"]["kind"], kind, "{one}");
    }
    for key in ["good", "beside"] {
        assert_eq!(outcome(&course, key), ("passed".into(), String::new()), "{key}");
    }
}

#[test]
fn a_million_lines_are_a_row() {
    const MILLION: usize = 1_000_000;
    // As many as fit into one source; in eight of them; and more than is taken.
    let blank = "\n".repeat(MILLION) + RIGHT;
    let module = |_| format!("pub fn f() {{\n{}}}\n", "();\n".repeat(MILLION / 8));
    let modules: String = (0..8).map(|at| format!("mod m{at};\n")).collect();
    let long = "// a line\n".repeat(MILLION) + RIGHT;
    let mut course =
        class(&[("blank", &blank), ("long", &long), ("modules", &(modules + RIGHT)), ("good", RIGHT)]);
    for (at, text) in (0..8).map(module).enumerate() {
        course = course.file(&format!("class/modules/01_demo/src/m{at}.rs"), text);
    }
    let course = course.limits("compile_s = 10");
    grade(&course, &[]).says("4 submissions").says("3 exercises were run").check();
    assert_eq!(outcome(&course, "blank").0, "passed");
    let why = "src/main.rs is larger than 1 MiB; a source is shorter";
    assert_eq!(outcome(&course, "long"), ("not_taken".into(), why.into()));
    // By how fast the machine is, it is compiled in time or not; either way it is a row, and the others too.
    let (status, why) = outcome(&course, "modules");
    assert!(status == "passed" || status == "did_not_compile" && why.contains("longer than it may"), "{why}");
    assert_eq!(outcome(&course, "good").0, "passed");
}
