//! The verdict depends on what the steps and the programs showed, and on nothing else.

use checker::record::observation::{Observation, Stop};
use checker::verdict::judge::judge;
use checker::verdict::outcome::Verdict;

use crate::kept;
use crate::observations::{circumstances, observation, put};
use crate::tried::holds;

#[test]
fn the_verdict_is_the_same_whatever_the_circumstances() {
    let name = "the_verdict_is_the_same_whatever_the_circumstances";
    holds(name, kept!("judge-circumstances"), 3000, (observation(), circumstances()), |(seen, others)| {
        let verdict = judge(&seen);
        assert_eq!(judge(&seen), verdict);
        let elsewhere = put(seen.stop.clone(), seen.programs.clone(), others);
        assert_eq!(judge(&elsewhere), verdict);
        match (&seen.stop, &verdict) {
            (Stop::Finished, Verdict::Passed) => {}
            (Stop::Fault(message), Verdict::NotGraded(fault)) => assert_eq!(*message, fault.message),
            (Stop::Unmet(unmet), Verdict::Failed(failure)) => {
                assert_eq!(failure.step.as_ref(), Some(&unmet.step));
                assert_eq!(failure.waited_ms, unmet.waited_ms);
            }
            (stop, verdict) => panic!("{verdict:?} of {stop:?}"),
        }
    });
}

#[test]
fn an_observation_survives_the_way_from_the_runner() {
    let name = "an_observation_survives_the_way_from_the_runner";
    holds(name, kept!("judge-json"), 2000, observation(), |seen| {
        let json = serde_json::to_vec(&seen).unwrap();
        let told: Observation = serde_json::from_slice(&json).unwrap();
        assert_eq!(told, seen);
        let verdict = judge(&told);
        assert_eq!(verdict, judge(&seen));
        let json = serde_json::to_vec(&verdict).unwrap();
        assert_eq!(serde_json::from_slice::<Verdict>(&json).unwrap(), verdict);
    });
}
