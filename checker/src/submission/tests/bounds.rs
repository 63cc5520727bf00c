//! Each bound, met.

use super::support::{Bench, Lie, MAIN, gzip, kind, kinds, tar, zip, zip_of};

#[test]
fn bombs() {
    let zeros = "\0".repeat(8 << 20);
    // A gzip, a zip in a zip, and one that says that it is small.
    assert_eq!(Bench::new().refused("a.tgz", &gzip(&tar(&[("x", &zeros)]))), "bomb");
    let inner = Lie::new("in.zip", &zeros);
    assert_eq!(Bench::new().refused("a.zip", &zip_of(std::slice::from_ref(&inner))), "bomb");
    let mut lying = inner;
    lying.size = 100;
    assert_eq!(Bench::new().refused("a.zip", &zip_of(&[lying])), "broken_archive");
    // One that is no archive is not even unpacked.
    let (_, taken, written) =
        Bench::new().archive("a.zip", &zip_of(&[Lie::new("x.bin", &zeros), Lie::new(MAIN, "x")]));
    assert_eq!((kinds(&taken), written.len()), (vec!["-".into(), "-".into()], 1));
}

#[test]
fn a_zip_that_holds_itself_again_and_again() {
    let mut bytes = zip(&[(MAIN, "x")]);
    for _ in 0..4 {
        bytes = zip_of(&[Lie::new("again.zip", &bytes)]);
    }
    assert_eq!(Bench::new().refused("a.zip", &bytes), "too_deep");
}

#[test]
fn many_archives_and_many_files() {
    let inner = zip(&[("README", "x")]);
    let many: Vec<Lie> = (0..5).map(|at| Lie::new(format!("{at}.zip"), &inner)).collect();
    let bench = Bench::new().limits(|limits| limits.archives = 4);
    assert_eq!(bench.refused("a.zip", &zip_of(&many)), "too_many");
    let names: Vec<String> = (0..40).map(|at| format!("x/{at}")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "x")).collect();
    for (name, bytes) in [("a.zip", zip(&files)), ("a.tar", tar(&files))] {
        let bench = Bench::new().limits(|limits| limits.entries = 30);
        assert_eq!(bench.refused(name, &bytes), "too_many", "{name}");
    }
    let bench = Bench::new().limits(|limits| limits.entries = 30);
    for (name, _) in &files {
        bench.put(&format!("ann/{name}"), "");
    }
    bench.put("bob/01_udp_send/src/main.rs", "");
    let found = bench.discover().found;
    assert_eq!(
        (kind(found[0].trouble.as_ref()), kind(found[1].trouble.as_ref())),
        ("too_many".into(), "-".into())
    );
}

#[test]
fn a_long_list_of_contents() {
    let bench = || Bench::new().limits(|limits| limits.index_bytes = 1000);
    let names: Vec<String> = (0..40).map(|at| format!("target/{at}")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "x")).collect();
    assert_eq!(bench().refused("a.zip", &zip(&files)), "too_many");
    let long = "x/".repeat(30) + &"y".repeat(200);
    let files = [(long.as_str(), "x"); 8];
    assert_eq!(bench().refused("a.tar", &tar(&files)), "too_many");
}

#[test]
fn what_is_large_as_a_whole() {
    let bench = Bench::new().limits(|limits| limits.archive_bytes = 100);
    assert_eq!(bench.refused("a.zip", &zip(&[(MAIN, "x")])), "too_large");
    let bench = Bench::new().limits(|limits| limits.inflated_bytes = 1000);
    assert_eq!(bench.refused("a.tgz", &gzip(&tar(&[(MAIN, "x")]))), "too_large");
    let bench = Bench::new().limits(|limits| limits.src_bytes = 5);
    let files = [(MAIN, "xxx"), ("01_udp_send/src/a.rs", "xxx")];
    assert_eq!(kinds(&bench.archive("a.zip", &zip(&files)).1), ["too_large", "-"]);
    let bench = Bench::new().limits(|limits| limits.src_files = 1);
    assert_eq!(kinds(&bench.archive("a.zip", &zip(&files)).1), ["too_many", "-"]);
}

#[test]
fn deep_folders() {
    let deep = "a/".repeat(40) + MAIN;
    assert_eq!(Bench::new().refused("a.zip", &zip(&[(&deep, "x")])), "too_deep");
    let bench = Bench::new();
    bench.put(&format!("ann/{deep}"), "x").put("bob/01_udp_send/src/main.rs", "");
    assert_eq!(kind(bench.discover().found[0].trouble.as_ref()), "too_deep");
    // Archives in archives do not help to get deeper.
    let inner = zip(&[(&("b/".repeat(20) + MAIN), "x")]);
    let outer = zip_of(&[Lie::new("a/".repeat(20) + "in.zip", &inner)]);
    assert_eq!(Bench::new().refused("a.zip", &outer), "too_deep");
}
