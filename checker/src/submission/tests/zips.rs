//! Zips: every dialect that is met, and the tricks.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::support::{Bench, CLIENT, Lie, MAIN, SERVER, kinds, zip, zip_of};

#[test]
fn large_headers_streams_and_what_stands_before_and_behind() {
    let mut large = ZipWriter::new(Cursor::new(Vec::new()));
    large.start_file(MAIN, SimpleFileOptions::default().large_file(true)).unwrap();
    large.write_all(b"x").unwrap();
    let large = large.finish().unwrap().into_inner();
    // Written to a pipe: the sizes stand behind the bytes.
    let mut stream = ZipWriter::new_stream(Vec::new());
    stream.start_file(MAIN, SimpleFileOptions::default()).unwrap();
    stream.write_all(b"x").unwrap();
    let stream = stream.finish().unwrap().into_inner();
    let mut stored = ZipWriter::new(Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    stored.start_file(MAIN, plain).unwrap();
    stored.write_all(b"x").unwrap();
    stored.set_comment("PK\x05\x06 is no end").unwrap();
    let stored = stored.finish().unwrap().into_inner();
    let behind = [zip(&[(MAIN, "x")]), b"\r\n".to_vec()].concat();
    for bytes in [large, stream, stored, behind] {
        let (_, taken, written) = Bench::new().archive("a.zip", &bytes);
        assert_eq!(kinds(&taken), ["-", "-"]);
        assert_eq!(written[MAIN], "x");
    }
}

#[test]
fn the_64_bit_end_is_read() {
    let mut bytes = zip(&[(MAIN, "x")]);
    let end = bytes.len() - 22;
    let (size, at) = (bytes[end + 12..end + 16].to_vec(), bytes[end + 16..end + 20].to_vec());
    bytes.truncate(end);
    bytes.extend(b"PK\x06\x06\x2c\0\0\0\0\0\0\0\x2d\x03\x2d\0\0\0\0\0\0\0\0\0");
    for field in [&[1, 0, 0, 0][..], &[1, 0, 0, 0], &size, &at] {
        bytes.extend(field);
        bytes.extend([0; 4]);
    }
    bytes.extend(b"PK\x06\x07\0\0\0\0");
    bytes.extend((end as u64).to_le_bytes());
    bytes.extend(b"\x01\0\0\0PK\x05\x06\0\0\0\0");
    bytes.extend([0xff; 12]);
    bytes.extend([0, 0]);
    assert_eq!(Bench::new().archive("a.zip", &bytes).2[MAIN], "x");
}

#[test]
fn an_encrypted_zip() {
    let mut lie = Lie::new(MAIN, "x");
    lie.flags = 1;
    let (_, taken, _) = Bench::new().archive("a.zip", &zip_of(&[lie.clone()]));
    assert_eq!(kinds(&taken), ["encrypted", "-"]);
    lie.name = b"inner.zip".to_vec();
    assert_eq!(Bench::new().refused("a.zip", &zip_of(&[lie])), "encrypted");
}

#[test]
fn an_unknown_compression() {
    let mut lie = Lie::new(MAIN, "x");
    lie.method = 14;
    assert_eq!(kinds(&Bench::new().archive("a.zip", &zip_of(&[lie])).1), ["unsupported", "-"]);
}

#[test]
fn links_and_devices() {
    for (mode, kind) in [(0o120_777, "link"), (0o020_666, "special_file"), (0o010_666, "special_file")] {
        let mut lie = Lie::new(MAIN, "/etc/passwd");
        lie.mode = mode;
        let others = [lie, Lie::new(SERVER, "s"), Lie::new(CLIENT, "c")];
        let (_, taken, written) = Bench::new().archive("a.zip", &zip_of(&others));
        assert_eq!((kinds(&taken), written.len()), (vec![kind.into(), "-".into()], 2));
    }
    let mut folder = Lie::new("01_udp_send", "../bob/01_udp_send");
    folder.mode = 0o120_777;
    assert_eq!(kinds(&Bench::new().archive("a.zip", &zip_of(&[folder])).1), ["link", "-"]);
}

#[test]
fn one_name_twice() {
    for second in
        [MAIN, "./01_udp_send//src/main.rs", "01_udp_send\\src\\main.rs", "01_udp_send/src/main.rs/x.rs"]
    {
        let (_, taken, written) =
            Bench::new().archive("a.zip", &zip_of(&[Lie::new(MAIN, "one"), Lie::new(second, "two")]));
        assert_eq!((kinds(&taken), written.len()), (vec!["duplicate".into(), "-".into()], 0), "{second}");
    }
}

#[test]
fn sizes_that_lie() {
    let mut small = Lie::new(MAIN, "x".repeat(5000));
    small.size = 10;
    let mut large = Lie::new(MAIN, "x");
    large.size = 5000;
    let mut outside = Lie::new(MAIN, "x");
    outside.packed = Vec::new();
    for lie in [small, large, outside] {
        let (_, taken, written) = Bench::new().archive("a.zip", &zip_of(&[lie]));
        assert_eq!((kinds(&taken), written.len()), (vec!["broken_archive".into(), "-".into()], 0));
    }
}

#[test]
fn an_entry_that_is_not_where_the_list_says() {
    let mut bytes = zip(&[(MAIN, "x")]);
    bytes[0] = b'X';
    assert_eq!(Bench::new().refused("a.zip", &bytes), "broken_archive");
    let mut bytes = zip(&[("README", ""), (MAIN, "x")]);
    let at = bytes.windows(4).rposition(|four| four == b"PK\x03\x04").unwrap();
    bytes[at] = b'X';
    assert_eq!(kinds(&Bench::new().archive("a.zip", &bytes).1), ["broken_archive", "-"]);
}
