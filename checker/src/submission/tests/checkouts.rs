//! The time of a git checkout, from its files.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::support::Bench;
use crate::submission::TimeFrom;

const COMMIT: &str = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor A <a@example.org> 5 +0000\ncommitter A <a@example.org> 1795168800 +0800\n\nwork\n";
const NUMBER: &str = "3caae79b1d1e5a9f0c0ffee0c0ffee0c0ffee0c0";

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn checkout() -> Bench {
    let mut bench = Bench::new();
    bench.put("ann/01_udp_send/src/main.rs", "x").put("ann/.git/HEAD", "ref: refs/heads/main\n");
    bench.only("ann");
    bench
}

fn time(bench: &Bench) -> Option<i64> {
    let found = bench.one();
    (found.time_from == TimeFrom::Commit).then_some(found.submitted_at?)
}

fn put_loose(bench: &Bench) {
    let object = format!("commit {}\0{COMMIT}", COMMIT.len());
    bench.put(&format!("ann/.git/objects/{}/{}", &NUMBER[..2], &NUMBER[2..]), zlib(object.as_bytes()));
}

fn put_pack(bench: &Bench, kind: u8) {
    let number: Vec<u8> =
        (0..20).map(|at| u8::from_str_radix(&NUMBER[at * 2..at * 2 + 2], 16).unwrap()).collect();
    let mut index = b"\xfftOc\0\0\0\x02".to_vec();
    (0..256_u32).for_each(|first| index.extend(u32::from(first >= u32::from(number[0])).to_be_bytes()));
    index.extend(&number);
    index.extend([0; 4]);
    index.extend(12_u32.to_be_bytes());
    let length = COMMIT.len();
    let mut pack = b"PACK\0\0\0\x02\0\0\0\x01".to_vec();
    pack.extend([0x80 | kind << 4 | (length & 15) as u8, (length >> 4) as u8]);
    pack.extend(zlib(COMMIT.as_bytes()));
    bench.put("ann/.git/objects/pack/pack-1.idx", index).put("ann/.git/objects/pack/pack-1.pack", pack);
}

#[test]
fn a_commit_of_its_own_and_one_in_a_pack() {
    let bench = checkout();
    bench.put("ann/.git/refs/heads/main", format!("{NUMBER}\n"));
    assert_eq!(time(&bench), None, "there is no object");
    put_loose(&bench);
    assert_eq!(time(&bench), Some(1_795_168_800));

    let bench = checkout();
    bench.put("ann/.git/packed-refs", format!("# pack-refs\n{NUMBER} refs/heads/main\n"));
    put_pack(&bench, 1);
    assert_eq!(time(&bench), Some(1_795_168_800));
    put_pack(&bench, 6);
    assert_eq!(time(&bench), None, "a difference is not read");

    let bench = checkout();
    bench.put("ann/.git/HEAD", NUMBER);
    put_loose(&bench);
    assert_eq!(time(&bench), Some(1_795_168_800));
}

#[test]
fn a_hostile_repository_has_no_time_and_does_no_harm() {
    for head in
        ["", "ref: refs/../../secret", "ref: /etc/passwd", "ref: refs/heads/", "\0\0", "ref: refs/heads/main"]
    {
        let bench = checkout();
        bench
            .put("ann/.git/HEAD", head)
            .put("ann/.git/secret", NUMBER)
            .put("ann/.git/refs/heads/main", "zzzz");
        bench
            .put("ann/.git/config", "[core]\n\tfsmonitor = touch /tmp/evil\n")
            .put("ann/.git/packed-refs", "x\n");
        put_loose(&bench);
        assert_eq!(time(&bench), None, "{head}");
        assert_eq!(bench.one().present().count(), 1);
    }
    let bench = checkout();
    bench.put("ann/.git/refs/heads/main", NUMBER).put("ann/.git/objects/pack/pack-1.idx", [0xff; 3000]);
    bench.put(&format!("ann/.git/objects/{}/{}", &NUMBER[..2], &NUMBER[2..]), zlib(&vec![0; 1 << 24]));
    assert_eq!(time(&bench), None);
}
