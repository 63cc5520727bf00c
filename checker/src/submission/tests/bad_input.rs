//! What bad input gets: a row with the reason, and the others go on.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use super::support::{Bench, CLIENT, Lie, MAIN, SERVER, gzip, kind, kinds, tar, zip, zip_of};

#[test]
fn an_empty_submission() {
    let bench = Bench::new();
    fs::create_dir(bench.path("ann")).unwrap();
    bench.put("bob.zip", zip(&[])).put("cyd.zip", "").put("dan.tar", [0; 1024]).put("eve/.git/HEAD", "x");
    let found = bench.discover().found;
    assert_eq!(found.len(), 5);
    for found in found {
        assert_eq!(kind(found.trouble.as_ref()), "empty", "{}", found.source);
    }
}

#[test]
fn a_wrong_layout() {
    let bench = Bench::new();
    bench
        .put("ann/report.pdf", "x")
        .put("ann/code/task1.rs", "x")
        .put("bob.zip", zip(&[("src/main.rs", "x")]));
    let found = bench.discover().found;
    for found in &found {
        assert_eq!(kind(found.trouble.as_ref()), "wrong_layout", "{}", found.source);
    }
    let message = &found[0].trouble.as_ref().unwrap().message;
    assert!(message.contains("01_udp_send/src/main.rs") && message.contains("`report.pdf`"), "{message}");
}

#[test]
fn a_broken_archive() {
    let whole = zip(&[(MAIN, "fn main() {}")]);
    let gz = gzip(&tar(&[(MAIN, &"fn main() {}\n".repeat(1000))]));
    for (name, bytes) in [
        ("a.zip", &whole[..whole.len() - 10]),
        ("a.zip", &whole[..40]),
        ("a.zip", b"PK\x03\x04".as_slice()),
        ("a.zip", b"<html>not found</html>"),
        ("a.tgz", &gz[..gz.len() / 2]),
        ("a.tgz", &gzip(b"no tar")),
        ("a.tar", &tar(&[(MAIN, "x")])[..512]),
    ] {
        assert_eq!(Bench::new().refused(name, bytes), "broken_archive", "{name}, {} bytes", bytes.len());
    }
    for name in ["a.rar", "a.7z", "a.tar.xz"] {
        assert_eq!(Bench::new().refused(name, b"Rar!"), "unsupported", "{name}");
    }
}

#[test]
fn a_broken_entry_is_told_when_it_is_read() {
    let mut wrong_sum = Lie::new(MAIN, "fn main() {}");
    wrong_sum.crc ^= 1;
    let mut no_deflate = Lie::new(MAIN, "fn main() {}");
    no_deflate.packed = vec![0xff; 20];
    for lie in [wrong_sum, no_deflate] {
        let others = [Lie::new(SERVER, "s"), Lie::new(CLIENT, "c"), lie];
        let (_, taken, written) = Bench::new().archive("a.zip", &zip_of(&others));
        assert_eq!(kinds(&taken), ["broken_archive", "-"]);
        assert_eq!(written.into_keys().collect::<Vec<_>>(), [CLIENT, SERVER], "all of it or nothing");
    }
}

#[test]
fn a_path_that_climbs_out() {
    for name in
        ["../evil", "a/../../evil", "/tmp/evil", "C:\\evil", "..\\..\\evil", "01_udp_send/src/../../../evil"]
    {
        let entries = [Lie::new(MAIN, "x"), Lie::new(name, "x")];
        assert_eq!(Bench::new().refused("a.zip", &zip_of(&entries)), "climbs_out", "{name}");
        let mut bytes = tar(&[(MAIN, "x"), ("evil", "x")]);
        // The library would not write such a name: it is put in by hand, with its sum.
        let header = &mut bytes[1024..1536];
        header[..100].fill(0);
        header[..name.len()].copy_from_slice(name.as_bytes());
        let mut fixed = tar::Header::from_byte_slice(header).clone();
        fixed.set_cksum();
        header.copy_from_slice(fixed.as_bytes());
        assert_eq!(Bench::new().refused("a.tgz", &gzip(&bytes)), "climbs_out", "{name}");
    }
}

#[test]
fn names_in_any_script() {
    let bench = Bench::new();
    for name in [
        "学生 甲",
        "طالب",
        "🦀",
        "a.*(b)+[c]{2}$^|?",
        "$(touch x)",
        "-rf",
        "'\"`;&",
        "Ægir Ölafsson",
        "e\u{301}",
    ] {
        bench.put(&format!("{name}/01_udp_send/src/main.rs"), name);
    }
    let intake = bench.discover();
    assert_eq!((intake.found.len(), intake.unrecognised.len()), (9, 0));
    for found in &intake.found {
        assert_eq!(bench.take(found).1[MAIN], found.student.key);
    }
}

#[test]
fn names_that_are_no_text_are_told_where_they_matter() {
    let gbk = b"\xd7\xf7\xd2\xb5";
    let above = [gbk, &b"/01_udp_send/src/main.rs"[..]].concat();
    let (_, taken, written) = Bench::new().archive("a.zip", &zip_of(&[Lie::new(&above, "x")]));
    assert_eq!((kinds(&taken), written.len()), (vec!["-".into(), "-".into()], 1));
    let below = [b"01_udp_send/src/", &gbk[..], b".rs"].concat();
    for bad in
        [below, b"01_udp_send/src/a\x1b[31m.rs".to_vec(), [b"01_udp_send/src/", &[b'x'; 300][..]].concat()]
    {
        let entries = [Lie::new(MAIN, "x"), Lie::new(&bad, "x")];
        let (_, taken, written) = Bench::new().archive("a.zip", &zip_of(&entries));
        assert_eq!((kinds(&taken), written.len()), (vec!["bad_name".into(), "-".into()], 0));
    }
}

#[test]
fn a_2_gib_file() {
    let bench = Bench::new();
    // All holes: no byte of it is on the disk, and none is read.
    for path in ["ann/01_udp_send/src/main.rs", "bob.zip", "cyd.tar.gz"] {
        bench.put(path, "");
        fs::File::options().write(true).open(bench.path(path)).unwrap().set_len(2 << 30).unwrap();
    }
    let found = bench.discover().found;
    assert_eq!(found[0].exercises[0].trouble.as_ref().unwrap().kind, "too_large");
    assert_eq!(found[1].trouble.as_ref().unwrap().kind, "too_large");
    assert_eq!(found[2].trouble.as_ref().unwrap().kind, "too_large");
    // Named by itself, it is a zip of nothing that is known, and a tar of nothing; what is no whole zip is no class.
    let mut bench = bench;
    bench.put("cyd.zip", "PK\x03\x04");
    fs::File::options().write(true).open(bench.path("cyd.zip")).unwrap().set_len(2 << 30).unwrap();
    for (path, word) in [("bob.zip", "too_large"), ("ann/01_udp_send/src/main.rs", "wrong_layout")] {
        let found = bench.only(path).one();
        assert_eq!(kind(found.trouble.as_ref()), word, "{path}");
        assert_eq!(found.present().count(), 0, "{path}");
    }
    let error = bench.only("cyd.zip").request.discover(&|_, _| ()).unwrap_err().to_string();
    assert!(error.contains("cyd.zip: the zip is cut off"), "{error}");
}

#[test]
fn a_source_of_a_million_lines() {
    let long = "x = 1;\n".repeat(1_000_000);
    let bench = Bench::new();
    bench
        .put("ann/01_udp_send/src/main.rs", &long)
        .put("bob/01_udp_send/src/main.rs", "\n".repeat(1_000_000));
    let found = bench.discover().found;
    assert_eq!(kinds(&bench.take(&found[0]).0), ["too_large", "-"]);
    assert_eq!(kinds(&bench.take(&found[1]).0), ["-", "-"], "a million empty lines are within the megabyte");
    let (_, taken, _) = Bench::new().archive("a.zip", &zip(&[(MAIN, &long)]));
    assert_eq!(kinds(&taken), ["too_large", "-"]);
}

#[test]
fn a_program_left_in_src_is_left_out() {
    let bench = Bench::new();
    bench.put("ann/01_udp_send/src/main.rs", "x").put("ann/01_udp_send/src/main", vec![0; 3 << 20]);
    let (taken, written) = bench.take(&bench.one());
    assert_eq!(written.into_keys().collect::<Vec<_>>(), [MAIN]);
    assert_eq!(taken.exercises[0].left_out, ["src/main"]);
}

#[test]
fn links_and_pipes_on_the_disk_are_not_followed() {
    let bench = Bench::new();
    bench
        .put("secret", "secret")
        .put("ann/01_udp_send/src/main.rs", "a")
        .put("bob/03_tcp_one_liner/src/bin/server.rs", "b");
    bench.put("cyd/01_udp_send/src/main.rs", "c").put("dan/01_udp_send/Cargo.toml", "");
    symlink(bench.path("secret"), bench.path("ann/01_udp_send/src/net.rs")).unwrap();
    symlink(bench.path("cyd/01_udp_send"), bench.path("bob/01_udp_send")).unwrap();
    symlink(bench.path("cyd/01_udp_send/src"), bench.path("dan/01_udp_send/src")).unwrap();
    symlink(bench.path("cyd"), bench.path("eve")).unwrap();
    let mode = nix::sys::stat::Mode::S_IRWXU;
    nix::unistd::mkfifo(&bench.path("cyd/01_udp_send/src/pipe.rs"), mode).unwrap();
    let intake = bench.discover();
    let first = |found: &crate::submission::Found| kinds(&bench.take(found).0)[0].clone();
    let kinds: Vec<String> = intake.found.iter().map(first).collect();
    assert_eq!(kinds, ["link", "link", "special_file", "link"]);
    assert!(intake.unrecognised.iter().any(|row| row.path.ends_with("in/eve") && row.why.contains("link")));
}

#[test]
fn a_file_that_becomes_a_link_is_not_followed() {
    let bench = Bench::new();
    bench
        .put("ann/01_udp_send/src/main.rs", "a")
        .put("ann/03_tcp_one_liner/src/x.rs", "")
        .put("secret", "secret");
    let found = bench.discover().found.remove(0);
    fs::remove_file(bench.path("ann/01_udp_send/src/main.rs")).unwrap();
    symlink(bench.path("secret"), bench.path("ann/01_udp_send/src/main.rs")).unwrap();
    let (taken, written) = bench.take(&found);
    assert_eq!(kinds(&taken)[0], "link");
    assert!(!written.contains_key(MAIN));
}

#[test]
fn what_may_not_be_read_is_told() {
    let bench = Bench::new();
    bench.put("ann/01_udp_send/src/main.rs", "a").put("bob/01_udp_send/src/main.rs", "b");
    let folder = bench.path("ann/01_udp_send");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o000)).unwrap();
    let found = bench.discover().found;
    let root = fs::read_dir(&folder).is_ok();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    // The superuser may read everything.
    assert_eq!(kind(found[0].trouble.as_ref()), if root { "-" } else { "unreadable" });
    assert_eq!(kind(found[1].trouble.as_ref()), "-");
}
