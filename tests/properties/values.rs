//! Values depend on seed and name alone, and are what their generators promise.

use std::io::Read;

use checker::plan::Plan;
use checker::scenario::generate::Value;
use checker::scenario::step::Generator;
use proptest::prelude::*;

use crate::kept;
use crate::tried::holds;

fn generator() -> impl Strategy<Value = Generator> {
    let size = || prop_oneof![3 => 0..100usize, 1 => 0..3000usize];
    prop_oneof![
        size().prop_map(Generator::Word),
        size().prop_map(Generator::Han),
        size().prop_map(Generator::Text),
        size().prop_map(Generator::Bytes),
        size().prop_map(Generator::Lines),
        any::<(u64, u64)>().prop_map(|(a, b)| Generator::Number(a.min(b), a.max(b))),
        (0..200_000u64).prop_map(Generator::Blob),
        (0..2_200_000u64).prop_map(Generator::Sparse),
    ]
}

/// All of a value, a blob in reads of `step` bytes.
fn whole(value: &Value, step: usize) -> Vec<u8> {
    match value {
        Value::Bytes(bytes) => bytes.clone(),
        Value::Blob(blob) => {
            let (mut reader, mut buffer, mut out) = (blob.reader(), vec![0; step], Vec::new());
            loop {
                match reader.read(&mut buffer).unwrap() {
                    0 => return out,
                    n => out.extend_from_slice(&buffer[..n]),
                }
            }
        }
    }
}

fn has(bytes: &[u8], plant: &[u8]) -> bool {
    bytes.windows(plant.len()).any(|window| window == plant)
}

fn promised(generator: &Generator, bytes: &[u8]) {
    let text = || std::str::from_utf8(bytes).expect("UTF-8");
    match *generator {
        Generator::Word(n) => assert!(bytes.len() == n && bytes.iter().all(u8::is_ascii_lowercase)),
        Generator::Han(n) => {
            assert_eq!((bytes.len(), text().chars().count()), (3 * n, n));
            assert!(text().chars().all(|c| ('\u{4e00}'..='\u{9fa5}').contains(&c)));
        }
        Generator::Text(n) => {
            assert!(text().len() == n && !text().contains('\n'));
            assert_eq!(text().trim(), text(), "a blank at an end");
            let plants = [" 886 ", "\0", "\r", "网络", "🦀"];
            assert!(n < 64 || plants.iter().all(|plant| text().contains(plant)));
        }
        Generator::Bytes(n) => {
            assert_eq!(bytes.len(), n);
            assert!(n == 0 || std::str::from_utf8(bytes).is_err());
            let plants: [&[u8]; 5] = [b"\r\n", b"\0", b"\xff", b"886\n", b"\x1a"];
            assert!(n < 64 || plants.iter().all(|plant| has(bytes, plant)));
        }
        Generator::Lines(n) => {
            assert_eq!(bytes.iter().filter(|&&byte| byte == b'\n').count(), n);
            assert!(n == 0 || text().ends_with('\n'));
            assert!(text().lines().all(|line| line != "886" && !line.contains('\r')));
        }
        Generator::Number(low, high) => {
            let number: u64 = text().parse().unwrap();
            assert!((low..=high).contains(&number) && number.to_string() == text());
        }
        Generator::Blob(n) | Generator::Sparse(n) => {
            assert_eq!(bytes.len() as u64, n);
            assert!(n < 64 || (has(bytes, b"\r\n") && has(bytes, b"\0") && has(bytes, b"886\n")));
        }
    }
}

#[test]
fn the_same_seed_and_name_make_the_same_bytes() {
    let input = (generator(), "[a-z_][a-z0-9_]{0,8}", any::<u64>(), 1..9000usize);
    let name = "the_same_seed_and_name_make_the_same_bytes";
    holds(name, kept!("values"), 3000, input, |(generator, name, seed, step)| {
        let value = Value::make(&generator, &name, seed);
        let bytes = whole(&value, 64 * 1024);
        assert_eq!(value.len(), bytes.len() as u64);
        assert_eq!(value.is_empty(), bytes.is_empty());
        promised(&generator, &bytes);
        // The runner is told of generators in JSON, and reads in pieces of its own.
        let json = serde_json::to_vec(&generator).unwrap();
        let again: Generator = serde_json::from_slice(&json).unwrap();
        let seed = Plan::new(Vec::new(), Some(seed)).seed;
        assert_eq!(whole(&Value::make(&again, &name, seed), step), bytes);
        if bytes.len() > 16 && !matches!(generator, Generator::Number(..)) {
            assert_ne!(whole(&Value::make(&generator, &name, seed ^ 1), step), bytes);
            assert_ne!(whole(&Value::make(&generator, &(name + "x"), seed), step), bytes);
        }
    });
}
