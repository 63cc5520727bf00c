//! What a runner says: an observation, or a fault; never a panic.

use std::path::PathBuf;

use checker::drive::client::Nursery;
use checker::drive::job::{Job, Limits};
use checker::drive::nursery::Setting;
use checker::record::observation::Observation;
use checker::report::terminal::{FailureContext, Look, failure, scenario};
use checker::scenario::step::Scenario;
use checker::verdict::judge::judge;
use checker::verdict::outcome::Judged;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::hostile::bytes;
use crate::kept;
use crate::observations::observation;
use crate::tried::holds;

/// Reads `answer` as the checker does; what is read goes through all that comes after it.
fn take(answer: &[u8]) -> bool {
    let Ok(seen) = serde_json::from_slice::<Observation>(answer) else { return false };
    let verdict = judge(&seen);
    let scenario_name = "any".to_owned();
    let judged = Judged {
        number: 1,
        name: scenario_name,
        points: 1,
        verdict,
        observation: Some(seen),
        flaky: false,
        known: false,
    };
    let context = FailureContext { exercise: "01_x", short: "01", scenario: &judged, file: "x" };
    let look = Look { width: 80, color: false };
    let text = failure(&context, look) + &scenario(&judged, look);
    assert!(text.len() < 1 << 20, "{} bytes", text.len());
    true
}

#[derive(Debug, Clone)]
enum Harm {
    Byte(Index, u8),
    Cut(Index),
    Insert(Index, Vec<u8>),
    Twice(Index, Index),
    /// The number at, or behind, that place.
    Number(Index, &'static str),
}

fn harm() -> impl Strategy<Value = Harm> {
    let numbers =
        select(&["0", "-1", "1", "18446744073709551615", "18446744073709551616", "1e300", "4294967295"][..]);
    prop_oneof![
        1 => any::<(Index, u8)>().prop_map(|(at, byte)| Harm::Byte(at, byte)),
        1 => any::<Index>().prop_map(Harm::Cut),
        1 => (any::<Index>(), bytes(2)).prop_map(|(at, bytes)| Harm::Insert(at, bytes)),
        1 => any::<(Index, Index)>().prop_map(|(from, to)| Harm::Twice(from, to)),
        6 => (any::<Index>(), numbers).prop_map(|(at, number)| Harm::Number(at, number)),
    ]
}

fn apply(harm: &Harm, text: &mut Vec<u8>) {
    let place = |at: &Index| at.index(text.len() + 1);
    match harm {
        Harm::Byte(at, byte) => {
            let at = place(at);
            text.iter_mut().skip(at).take(1).for_each(|old| *old = *byte);
        }
        Harm::Cut(at) => text.truncate(place(at)),
        Harm::Insert(at, more) => {
            let at = place(at);
            text.splice(at..at, more.iter().copied());
        }
        Harm::Twice(from, to) => {
            let (from, to) = (place(from).min(place(to)), place(from).max(place(to)));
            let again = text[from..to].to_vec();
            text.splice(to..to, again);
        }
        Harm::Number(at, number) => {
            let Some(from) = (place(at)..text.len()).find(|&at| text[at].is_ascii_digit()) else { return };
            let to = (from..text.len()).find(|&at| !text[at].is_ascii_digit()).unwrap_or(text.len());
            text.splice(from..to, number.bytes());
        }
    }
}

#[test]
fn a_damaged_answer_is_a_fault_or_harmless() {
    let input = (observation(), prop::collection::vec(harm(), 1..4));
    holds(
        "a_damaged_answer_is_a_fault_or_harmless",
        kept!("protocol-damaged"),
        3000,
        input,
        |(seen, harms)| {
            let mut text = serde_json::to_vec(&seen).unwrap();
            assert!(take(&text));
            harms.iter().for_each(|harm| apply(harm, &mut text));
            take(&text);
        },
    );
}

#[test]
fn any_bytes_are_a_fault() {
    let deep = (select(&["[", "{\"seed\":", "{\"stop\":{\"Unmet\":"][..]), 1..60_000usize)
        .prop_map(|(open, times)| open.repeat(times).into_bytes());
    let input = prop_oneof![8 => bytes(12), 4 => any::<Vec<u8>>(), 1 => deep];
    holds("any_bytes_are_a_fault", kept!("protocol-any"), 4000, input, |answer| assert!(!take(&answer)));
}

/// The runner is this program, which knows nothing of scenarios and says something else.
#[test]
fn a_runner_that_talks_nonsense_is_a_fault() {
    let scenario = Scenario {
        name: "none".into(),
        points: 1,
        hidden: false,
        line: 1,
        deadline_s: 1,
        files_mib: 1,
        open_files: 64,
        addrs: Default::default(),
        vars: Default::default(),
        after: None,
        steps: Vec::new(),
    };
    let limits = Limits { memory_mib: 64, processes: 8, output_kib: 1, cpu_s: 1 };
    let job = Job { exercise: "01_demo".into(), scenario, seed: 1, programs: Vec::new() };
    let setting = Setting {
        rung: 0,
        scratch_parent: PathBuf::from("/tmp"),
        limits,
        programs: 1,
        beside_compiler: false,
    };
    let nursery = Nursery::start().unwrap();
    // It may be gone before it was told of the job.
    let fault = nursery.place(&setting).and_then(|mut place| place.drive(&job, || (), || true)).unwrap_err();
    assert!(
        ["without an answer", "talking to a runner", "start a runner"]
            .iter()
            .any(|part| fault.contains(part)),
        "{fault}"
    );
}
