//! Tars: long names in both dialects, and the tricks.

use super::support::{Bench, MAIN, gzip, kinds, tar};

/// A tar of one entry of the kind `kind`, and a whole exercise beside it.
fn with(name: &str, kind: tar::EntryType, change: impl FnOnce(&mut tar::Header)) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(kind);
    header.set_size(0);
    header.set_path(name).unwrap();
    if matches!(kind, tar::EntryType::Link | tar::EntryType::Symlink) {
        header.set_link_name("/etc/passwd").unwrap();
    }
    change(&mut header);
    header.set_cksum();
    builder.append(&header, std::io::empty()).unwrap();
    builder.into_inner().unwrap()
}

#[test]
fn long_names() {
    let long =
        format!("{}/01_udp_send/src/main.rs", "a-very-long-folder-name/".repeat(8).trim_end_matches('/'));
    let gnu = tar(&[(&long, "x")]);
    let mut pax = tar::Builder::new(Vec::new());
    pax.append_pax_extensions([("path", long.as_bytes()), ("mtime", b"1000000000.5".as_slice())]).unwrap();
    let mut header = tar::Header::new_ustar();
    header.set_path("short").unwrap();
    header.set_size(1);
    header.set_cksum();
    pax.append(&header, &b"x"[..]).unwrap();
    for (bytes, time) in [(gnu, 1_795_168_800), (pax.into_inner().unwrap(), 1_000_000_000)] {
        let (found, taken, written) = Bench::new().archive("a.tar", &bytes);
        assert_eq!((kinds(&taken), written[MAIN].as_str()), (vec!["-".into(), "-".into()], "x"));
        assert_eq!(found.submitted_at, Some(time));
    }
}

#[test]
fn links_devices_and_holes() {
    use tar::EntryType::{Block, Char, Fifo, GNUSparse, Link, Symlink};
    for (kind, word) in [
        (Symlink, "link"),
        (Link, "link"),
        (Block, "special_file"),
        (Char, "special_file"),
        (Fifo, "special_file"),
        (GNUSparse, "unsupported"),
    ] {
        let (_, taken, written) = Bench::new().archive("a.tgz", &gzip(&with(MAIN, kind, |_| ())));
        assert_eq!((kinds(&taken), written.len()), (vec![word.into(), "-".into()], 0), "{kind:?}");
    }
}

#[test]
fn one_name_twice() {
    let (_, taken, written) = Bench::new().archive("a.tar", &tar(&[(MAIN, "one"), (MAIN, "two")]));
    assert_eq!((kinds(&taken), written.len()), (vec!["duplicate".into(), "-".into()], 0));
}

#[test]
fn sizes_that_lie() {
    let regular = tar::EntryType::Regular;
    let huge = with(MAIN, regular, |header| header.set_size(1 << 40));
    assert_eq!(Bench::new().refused("a.tar", &huge), "broken_archive");
    let most = with(MAIN, regular, |header| header.set_size(u64::MAX));
    assert_eq!(Bench::new().refused("a.tar", &most), "broken_archive");
    let mut twice = tar::Builder::new(Vec::new());
    twice.append_pax_extensions([("size", b"5".as_slice())]).unwrap();
    let twice = [twice.into_inner().unwrap()[..1024].to_vec(), with(MAIN, regular, |_| ())].concat();
    assert_eq!(Bench::new().refused("a.tar", &twice), "broken_archive");
    let mut name = tar::Header::new_gnu();
    name.set_entry_type(tar::EntryType::GNULongName);
    name.set_size(1 << 20);
    name.set_cksum();
    let name = [name.as_bytes().to_vec(), vec![b'a'; 2 << 20]].concat();
    assert_eq!(Bench::new().refused("a.tar", &name), "broken_archive");
}

#[test]
fn a_damaged_header() {
    let mut bytes = tar(&[("README", "x"), (MAIN, "x")]);
    bytes[1024 + 5] ^= 1;
    assert_eq!(Bench::new().refused("a.tar", &bytes), "broken_archive");
}

#[test]
fn the_mode_that_was_handed_in_is_not_kept() {
    use std::os::unix::fs::PermissionsExt;
    let bench = Bench::new();
    bench.put("ann.tar", tar(&[(MAIN, "x")]));
    let into = tempfile::tempdir().unwrap();
    bench.one().take(into.path()).unwrap();
    let mode = std::fs::metadata(into.path().join(MAIN)).unwrap().permissions().mode();
    assert_eq!(mode & 0o7777, 0o644);
}
