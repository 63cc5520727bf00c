//! What became of an exercise's mutants, for people and for programs.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use super::json::document;
use super::verification::{Held, held};
use crate::course::Equivalent;
use crate::event::{BuildVerdict, JobResult};
use crate::mutate::Mutant;
use crate::plan::Job;
use crate::verdict::outcome::Verdict;

/// What became of one mutant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    DoesNotCompile,
    /// By the name of the scenario that failed, and how.
    Caught {
        scenario: String,
        finding: String,
    },
    /// It is listed, and passes.
    Equivalent,
    /// It is not listed, and passes.
    Survived,
    /// It is listed, and should not be: why.
    NotEquivalent(String),
    /// Nothing was learned: our own or the machine's trouble.
    Unknown(String),
}

/// The mutants of one exercise's solution.
#[derive(Debug, Clone)]
pub struct Trial {
    pub exercise: String,
    /// Each beside what became of it.
    pub mutants: Vec<(Mutant, Outcome)>,
    /// Entries of the list whose mutants do not exist.
    pub stale: Vec<Equivalent>,
}

/// How many of an exercise's mutants came to what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counts {
    made: usize,
    compiled: usize,
    caught: usize,
    equivalent: usize,
    survived: usize,
}

/// What a mutant's job came to.
pub fn outcome(job: &Job, result: &JobResult, equivalent: bool) -> Outcome {
    match held(job, result) {
        Held::Unknown(why) => return Outcome::Unknown(why),
        Held::No(why) if equivalent => return Outcome::NotEquivalent(why),
        Held::No(_) => return Outcome::Survived,
        Held::Yes if equivalent => return Outcome::Equivalent,
        Held::Yes => {}
    }
    let caught = result.scenarios.iter().find_map(|judged| match &judged.verdict {
        Verdict::Failed(failure) => Some((judged.name.clone(), failure.finding.to_string())),
        _ => None,
    });
    match (caught, &result.build) {
        (Some((scenario, finding)), BuildVerdict::Built { .. }) => Outcome::Caught { scenario, finding },
        _ => Outcome::DoesNotCompile,
    }
}

impl Trial {
    fn counts(&self) -> Counts {
        let of =
            |which: fn(&Outcome) -> bool| self.mutants.iter().filter(|(_, outcome)| which(outcome)).count();
        Counts {
            made: self.mutants.len(),
            compiled: of(|outcome| *outcome != Outcome::DoesNotCompile),
            caught: of(|outcome| matches!(outcome, Outcome::Caught { .. })),
            equivalent: of(|outcome| *outcome == Outcome::Equivalent),
            survived: of(|outcome| *outcome == Outcome::Survived),
        }
    }

    /// Whether every mutant is caught or rightly listed, and every entry of the list names one.
    pub fn holds(&self) -> bool {
        let fine = |outcome: &Outcome| {
            matches!(outcome, Outcome::DoesNotCompile | Outcome::Caught { .. } | Outcome::Equivalent)
        };
        self.stale.is_empty() && self.mutants.iter().all(|(_, outcome)| fine(outcome))
    }

    /// Whether our own or the machine's trouble left something open.
    pub fn is_open(&self) -> bool {
        self.mutants.iter().any(|(_, outcome)| matches!(outcome, Outcome::Unknown(_)))
    }

    /// A line of counts, then whatever does not hold.
    pub fn text(&self) -> String {
        let mut out =
            format!("{}\n", row(if self.holds() { "✓" } else { "✗" }, &self.exercise, &self.counts()));
        let list = Path::new("solutions").join(&self.exercise).join("mutants.toml");
        for entry in &self.stale {
            let _ =
                writeln!(out, "\n  {}:{}: there is no such mutant (any more)", list.display(), entry.line);
            let _ = writeln!(out, "    {}", entry.mutant);
        }
        for (mutant, outcome) in &self.mutants {
            let told = match outcome {
                Outcome::Survived => "survives".to_owned(),
                Outcome::NotEquivalent(why) => why.clone(),
                Outcome::Unknown(why) => format!("not graded: {why}"),
                _ => continue,
            };
            let place = Path::new("solutions").join(&self.exercise).join(&mutant.file);
            let (before, after) = &mutant.diff;
            let _ = writeln!(out, "\n  {}:{}: {told}", place.display(), mutant.line);
            // As `mutants.toml` takes it.
            let name = toml::Value::from(&*mutant.name);
            let after = if after.is_empty() { "(nothing)" } else { after };
            let _ = writeln!(out, "    {name}\n    - {before}\n    + {after}");
        }
        out
    }

    fn json(&self) -> Value {
        let counts = self.counts();
        let mutants: Vec<Value> = self.mutants.iter().map(|(mutant, outcome)| one(mutant, outcome)).collect();
        let stale: Vec<Value> =
            self.stale.iter().map(|entry| json!({ "name": entry.mutant, "line": entry.line })).collect();
        json!({
            "name": self.exercise,
            "made": counts.made,
            "compiled": counts.compiled,
            "caught": counts.caught,
            "equivalent": counts.equivalent,
            "survived": counts.survived,
            "mutants": mutants,
            "stale": stale,
        })
    }
}

fn one(mutant: &Mutant, outcome: &Outcome) -> Value {
    let (kind, why) = match outcome {
        Outcome::DoesNotCompile => ("does_not_compile", Value::Null),
        Outcome::Caught { .. } => ("caught", Value::Null),
        Outcome::Equivalent => ("equivalent", Value::Null),
        Outcome::Survived => ("survived", Value::Null),
        Outcome::NotEquivalent(why) => ("not_equivalent", why.as_str().into()),
        Outcome::Unknown(why) => ("unknown", why.as_str().into()),
    };
    let mut whole = json!({
        "name": mutant.name,
        "file": mutant.file,
        "line": mutant.line,
        "column": mutant.column,
        "before": mutant.diff.0,
        "after": mutant.diff.1,
        "outcome": kind,
        "why": why,
    });
    if let Outcome::Caught { scenario, finding } = outcome {
        whole["scenario"] = scenario.as_str().into();
        whole["finding"] = finding.as_str().into();
    }
    whole
}

fn row(mark: &str, name: &str, counts: &Counts) -> String {
    let Counts { made, compiled, caught, equivalent, survived } = counts;
    format!("{mark} {name:<22} {made:>5} {compiled:>9} {caught:>7} {equivalent:>11} {survived:>9}")
}

/// The words above the lines of counts.
pub fn heading() -> String {
    let [made, compiled, caught, equivalent, survived] =
        ["made", "compiled", "caught", "equivalent", "survived"];
    format!("  {:<22} {made:>5} {compiled:>9} {caught:>7} {equivalent:>11} {survived:>9}\n", "")
}

/// `checker verify --mutants`, as one document.
pub fn json(seed: u64, rung: u8, trials: &[Trial]) -> String {
    let exercises: Vec<Value> = trials.iter().map(Trial::json).collect();
    document("verify_mutants", json!({ "seed": seed, "isolation": rung, "exercises": exercises }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trial(outcomes: &[Outcome]) -> Trial {
        let source = "fn f() {\n    g('a');\n    h(\"b\")?;\n}\n";
        let mutants = crate::mutate::mutants("src/main.rs", source).unwrap();
        let mutants = mutants.into_iter().zip(outcomes.iter().cloned()).collect();
        Trial { exercise: "01_a".into(), mutants, stale: Vec::new() }
    }

    #[test]
    fn what_does_not_hold_is_told() {
        let caught = Outcome::Caught { scenario: "one".into(), finding: "deadline".into() };
        let mut trial = trial(&[
            caught,
            Outcome::Survived,
            Outcome::DoesNotCompile,
            Outcome::Equivalent,
            Outcome::NotEquivalent("is listed as equivalent, and \"one\" finds deadline".into()),
        ]);
        let entry =
            Equivalent { mutant: "src/main.rs, g: remove `x();`".into(), reason: "why".into(), line: 7 };
        trial.stale.push(entry);
        assert!(!trial.holds() && !trial.is_open());
        insta::assert_snapshot!(heading() + &trial.text(), @r#"
                              made  compiled  caught  equivalent  survived
    ✗ 01_a                       5         4       1           1         1

      solutions/01_a/mutants.toml:7: there is no such mutant (any more)
        src/main.rs, g: remove `x();`

      solutions/01_a/src/main.rs:2: survives
        "src/main.rs, f: remove `g('a');`"
        - g('a');
        + (nothing)

      solutions/01_a/src/main.rs:3: is listed as equivalent, and "one" finds deadline
        'src/main.rs, f: replace `h("b")?;` with `let _ = h("b");`'
        - h("b")?;
        + let _ = h("b");
    "#);
        let document: Value = serde_json::from_str(&json(1, 3, &[trial])).unwrap();
        let exercise = &document["exercises"][0];
        assert_eq!((&exercise["survived"], &exercise["made"]), (&json!(1), &json!(5)));
        assert_eq!(exercise["mutants"][0]["scenario"], "one");
    }

    #[test]
    fn caught_listed_and_stillborn_mutants_hold() {
        let caught = Outcome::Caught { scenario: "one".into(), finding: "deadline".into() };
        assert!(trial(&[caught, Outcome::Equivalent, Outcome::DoesNotCompile]).holds());
        assert!(trial(&[Outcome::Unknown("no space".into())]).is_open());
    }
}
