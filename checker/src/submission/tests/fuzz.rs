//! Whatever the bytes: no panic, nothing written elsewhere, bob unharmed (all seen to by `Bench::archive`).

use proptest::prelude::*;

use super::support::{Bench, CLIENT, Lie, MAIN, SERVER, files, gzip, tar, zip, zip_of};
use crate::submission::Limits;
use crate::submission::names::{Named, clean};

/// Only what may be there is there: `NN_name/src/…`, and the digest tells of each file.
fn check(name: &str, bytes: &[u8]) {
    let (_, taken, written) = Bench::new().archive(name, bytes);
    let told: Vec<String> = taken
        .exercises
        .iter()
        .flat_map(|one| one.files.iter().map(|file| format!("{}/{file}", one.name)))
        .collect();
    let mut told = told;
    told.sort();
    assert_eq!(told, written.into_keys().collect::<Vec<_>>());
    assert!(
        told.iter()
            .all(|path| path.split('/').nth(1) == Some("src") && !path.split('/').any(|part| part == ".."))
    );
}

fn part() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("01_udp_send".to_owned()),
        Just("src".to_owned()),
        Just("main.rs".to_owned()),
        Just("..".to_owned()),
        Just(".".to_owned()),
        Just(String::new()),
        Just("a\\..\\b".to_owned()),
        Just("in.zip".to_owned()),
        "\\PC{1,6}",
    ]
}

fn lie() -> impl Strategy<Value = Lie> {
    let mode = prop_oneof![5 => Just(0o100_644), 1 => Just(0o120_777), 1 => Just(0o040_755), 1 => any::<u16>().prop_map(u32::from)];
    (prop::collection::vec(part(), 1..5), prop::collection::vec(any::<u8>(), 0..20), mode, 0..20_u16)
        .prop_map(|(parts, content, mode, oddity)| {
            let mut lie = Lie::new(parts.join("/"), content);
            lie.mode = mode;
            match oddity {
                0 => lie.flags = 1,
                1 => lie.method = 0,
                2 => lie.size = u32::MAX,
                3 => lie.crc = 0,
                _ => {}
            }
            lie
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..2000), magic in 0..4_usize) {
        let magic = [&b""[..], b"PK\x03\x04", b"\x1f\x8b\x08\0", b"PK\x05\x06"][magic];
        let bytes = [magic, &bytes].concat();
        check("a.zip", &bytes);
    }

    #[test]
    fn damaged_archives(at in any::<prop::sample::Index>(), flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6), kind in 0..4) {
        let entries = [(MAIN, "fn main() {}"), (SERVER, "s"), (CLIENT, "c"), ("README", "x")];
        let mut bytes = match kind {
            0 => zip(&entries),
            1 => tar(&entries),
            2 => gzip(&tar(&entries)),
            _ => zip_of(&[Lie::new("in.zip", zip(&entries))]),
        };
        for (at, value) in &flips {
            let at = at.index(bytes.len());
            bytes[at] = *value;
        }
        if flips.len() % 2 == 1 {
            bytes.truncate(at.index(bytes.len()) + 1);
        }
        check("a.zip", &bytes);
    }

    #[test]
    fn any_names_and_modes(lies in prop::collection::vec(lie(), 0..8)) {
        check("a.zip", &zip_of(&lies));
    }

    #[test]
    fn any_tar_headers(block in prop::collection::vec(any::<u8>(), 512), kind in prop::sample::select(&b"0125LKxgS3"[..]), content in "\\PC{0,300}") {
        let mut header = tar::Header::from_byte_slice(&block).clone();
        header.as_mut_bytes()[156] = kind;
        if content.len() % 2 == 0 {
            header.set_size(content.len() as u64);
        }
        header.set_cksum();
        let mut bytes = header.as_bytes().to_vec();
        bytes.extend(content.as_bytes());
        bytes.resize(bytes.len().next_multiple_of(512), 0);
        bytes.extend(tar(&[(MAIN, "x")]));
        check("a.tar", &bytes);
    }

    #[test]
    fn cleaned_names_stay_below(raw in prop::collection::vec(prop_oneof![Just(b'.'), Just(b'/'), Just(b'\\'), Just(b':'), any::<u8>()], 0..40)) {
        if let Named::Path(path) = clean(&raw, &Limits::default()) {
            prop_assert!(!path.starts_with('/') && !path.is_empty());
            prop_assert!(path.split('/').all(|part| !matches!(part, "" | "." | "..")));
        }
    }

    #[test]
    fn any_roster(text in "([a-z,;\"\n\r\t 学]|name|id){0,60}") {
        let mut bench = Bench::new();
        let path = bench.folder.path().join("roster.csv");
        std::fs::write(&path, text).unwrap();
        bench.request.roster = Some(path);
        if let Err(error) = bench.request.discover(&|_, _| ()) {
            prop_assert!(error.place.is_none_or(|(line, column)| line >= 1 && column >= 1));
        }
        prop_assert_eq!(files(bench.folder.path()).len(), 1);
    }
}
