//! Tries a property on many inputs, tells on how many, and how a failure is repeated.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, FileFailurePersistence, RngSeed, TestCaseError, TestRunner};

/// What `PROPTEST_CASES` is where nobody sets it; a property's own number of inputs belongs to it.
const USUAL: u64 = 256;

/// Where inputs that broke the property `$name` are kept.
#[macro_export]
macro_rules! kept {
    ($name:literal) => {
        concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/properties/regressions/", $name, ".txt")
    };
}

/// `property` holds (does not panic) for `inputs` values of `strategy`, or as many more as
/// `PROPTEST_CASES` asks for. `name` is the test's, `kept` where an input that breaks it is kept.
#[track_caller]
pub fn holds<S: Strategy>(
    name: &str,
    kept: &'static str,
    inputs: u64,
    strategy: S,
    property: impl Fn(S::Value),
) {
    let mut config = Config::default();
    let asked = u64::from(config.cases);
    let RngSeed::Fixed(seed) = fixed(config.rng_seed) else { unreachable!("it was fixed just now") };
    config.rng_seed = RngSeed::Fixed(seed);
    config.cases = u32::try_from((inputs * asked).div_ceil(USUAL)).unwrap_or(u32::MAX);
    config.max_shrink_iters = 2000;
    config.failure_persistence = Some(Box::new(FileFailurePersistence::Direct(kept)));
    let tried = Cell::new(0u64);
    let began = Instant::now();
    let outcome = TestRunner::new(config).run(&strategy, |input| {
        tried.set(tried.get() + 1);
        catch_unwind(AssertUnwindSafe(|| property(input))).map_err(|panic| {
            let told = panic.downcast_ref::<String>().cloned();
            let told = told.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            TestCaseError::fail(told.unwrap_or_else(|| "a panic without words".into()))
        })
    });
    println!("{name}: {} inputs, {:.1} s", tried.get(), began.elapsed().as_secs_f64());
    if let Err(error) = outcome {
        panic!(
            "{error}\nagain: PROPTEST_RNG_SEED={seed} PROPTEST_CASES={asked} \
             cargo test -p checker --test properties {name}\n"
        );
    }
}

fn fixed(seed: RngSeed) -> RngSeed {
    match seed {
        RngSeed::Random => RngSeed::Fixed(fastrand::u64(1..1_000_000_000)),
        fixed => fixed,
    }
}

/// The command that is printed repeats a failure: the same seed makes the same inputs.
#[test]
fn a_seed_repeats_the_inputs() {
    use proptest::prelude::*;
    let inputs = |seed| {
        let config =
            Config { rng_seed: RngSeed::Fixed(seed), failure_persistence: None, ..Config::default() };
        let seen = std::cell::RefCell::new(Vec::new());
        let run = TestRunner::new(config).run(&any::<(u64, Vec<u8>)>(), |input| {
            seen.borrow_mut().push(input);
            Ok(())
        });
        assert!(run.is_ok());
        seen.into_inner()
    };
    assert_eq!(inputs(7), inputs(7));
    assert_ne!(inputs(7), inputs(8));
}
