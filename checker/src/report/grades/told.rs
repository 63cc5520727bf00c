//! What a reader is told of an exercise. The one place that keeps hidden scenarios hidden: a format that
//! students read is made from this, for `Reader::Student`.

use crate::gradebook::record::{ExerciseGrade, ExerciseStatus, ScenarioGrade, ScenarioStatus};

use super::clean;

/// Who will read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    Student,
    Instructor,
}

/// What an exercise or a scenario came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    Passed,
    Failed,
    DidNotCompile,
    Missing,
    /// There, and it can't be taken.
    NotTaken,
    Skipped,
    NotGraded,
}

/// One exercise, in texts without control characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    pub name: String,
    pub title: String,
    pub mark: Mark,
    /// None where it was not graded, or not taken.
    pub points: Option<u32>,
    pub possible: u32,
    /// Why it did not compile, was not graded or not taken; several lines.
    pub message: Option<String>,
    /// Never empty: where no scenario ran, the exercise as a whole is the one case.
    pub cases: Vec<Case>,
    pub build_ms: u64,
}

/// One scenario, or an exercise as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Case {
    /// None for the exercise as a whole.
    pub number: Option<usize>,
    /// `hidden scenario 3` where the reader may not know it.
    pub name: String,
    /// Its content is kept from the reader.
    pub hidden: bool,
    pub mark: Mark,
    /// None where it was not graded.
    pub points: Option<u32>,
    pub possible: u32,
    /// `deadline`, `wrong_bytes`; only of a failed one.
    pub finding: Option<String>,
    /// One line.
    pub summary: Option<String>,
    /// Several lines, as in the terminal.
    pub report: Option<String>,
    pub flaky: bool,
    pub took_ms: u64,
}

impl Mark {
    pub fn words(self) -> &'static str {
        match self {
            Mark::Passed => "passed",
            Mark::Failed => "failed",
            Mark::DidNotCompile => "did not compile",
            Mark::Missing => "missing",
            Mark::NotTaken => "not taken",
            Mark::Skipped => "skipped",
            Mark::NotGraded => "not graded",
        }
    }

    pub fn of(exercise: &ExerciseGrade) -> Self {
        if super::standing::is_open(exercise) {
            return Mark::NotGraded;
        }
        match exercise.status {
            ExerciseStatus::Passed => Mark::Passed,
            ExerciseStatus::Failed => Mark::Failed,
            ExerciseStatus::DidNotCompile => Mark::DidNotCompile,
            ExerciseStatus::Missing => Mark::Missing,
            ExerciseStatus::NotTaken => Mark::NotTaken,
            ExerciseStatus::NotGraded => Mark::NotGraded,
        }
    }
}

/// `exercise`, as `reader` may see it.
pub(super) fn tell(exercise: &ExerciseGrade, reader: Reader) -> Told {
    let secrets = match reader {
        Reader::Student => Secrets::of(exercise),
        Reader::Instructor => Secrets(Vec::new()),
    };
    let mark = Mark::of(exercise);
    let message = exercise.message.as_deref().map(|message| secrets.block(message));
    let mut told = Told {
        name: clean::line(&exercise.name).into_owned(),
        title: clean::line(&exercise.title).into_owned(),
        mark,
        points: (!matches!(mark, Mark::NotGraded | Mark::NotTaken)).then_some(exercise.points),
        possible: exercise.points_possible,
        message,
        cases: Vec::new(),
        build_ms: exercise.build_ms,
    };
    if !matches!(mark, Mark::DidNotCompile | Mark::Missing | Mark::NotTaken) {
        told.cases.extend(exercise.scenarios.iter().map(|scenario| case(scenario, reader, &secrets)));
    }
    if told.cases.is_empty()
        || (mark == Mark::NotGraded && !told.cases.iter().any(|case| case.mark == Mark::NotGraded))
    {
        let whole = whole(&told);
        told.cases.insert(0, whole);
    }
    told
}

/// The exercise as a case, which is worth what its scenarios leave.
fn whole(told: &Told) -> Case {
    let others: u32 = told.cases.iter().map(|case| case.possible).fold(0, u32::saturating_add);
    let name = match told.mark {
        Mark::DidNotCompile => "compiles",
        Mark::Missing => "is handed in",
        Mark::NotTaken => "can be taken",
        _ => "is graded",
    };
    let summary =
        told.message.as_deref().map(|message| message.lines().next().unwrap_or_default().to_owned());
    Case {
        number: None,
        name: name.to_owned(),
        hidden: false,
        mark: told.mark,
        points: told.points,
        possible: told.possible.saturating_sub(others),
        finding: None,
        summary: summary.filter(|summary| !summary.is_empty()),
        report: told.message.clone(),
        flaky: false,
        took_ms: 0,
    }
}

fn case(scenario: &ScenarioGrade, reader: Reader, secrets: &Secrets) -> Case {
    let hidden = scenario.hidden && reader == Reader::Student;
    let open = |text: &Option<String>| text.clone().filter(|_| !hidden);
    let mark = match scenario.status {
        ScenarioStatus::Passed => Mark::Passed,
        ScenarioStatus::Failed => Mark::Failed,
        ScenarioStatus::Skipped => Mark::Skipped,
        ScenarioStatus::NotGraded => Mark::NotGraded,
    };
    let name = match clean::line(&scenario.name) {
        _ if hidden => hidden_name(scenario.number),
        name if name.trim().is_empty() => format!("scenario {}", scenario.number),
        name => secrets.hide(&name),
    };
    Case {
        number: Some(scenario.number),
        name,
        hidden,
        mark,
        points: (mark != Mark::NotGraded).then_some(scenario.points),
        possible: scenario.points_possible,
        finding: open(&scenario.finding).map(|finding| clean::line(&finding).into_owned()),
        summary: open(&scenario.summary).map(|summary| secrets.hide(&clean::line(&summary))),
        report: open(&scenario.report).map(|report| secrets.block(&report)),
        flaky: scenario.flaky && !hidden,
        took_ms: if hidden { 0 } else { scenario.took_ms },
    }
}

fn hidden_name(number: usize) -> String {
    format!("hidden scenario {number}")
}

/// Names of hidden scenarios with what is said in their place: another scenario's report may mention them,
/// such as one that is skipped until a hidden one passes.
struct Secrets(Vec<(String, String)>);

impl Secrets {
    fn of(exercise: &ExerciseGrade) -> Self {
        let hidden = exercise.scenarios.iter().filter(|scenario| scenario.hidden);
        let mut names: Vec<(String, String)> = hidden
            .map(|scenario| (clean::line(scenario.name.trim()).into_owned(), hidden_name(scenario.number)))
            .filter(|(name, _)| !name.is_empty())
            .collect();
        // The longest first: one may be a part of another.
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        Secrets(names)
    }

    fn block(&self, text: &str) -> String {
        self.hide(&clean::block(text))
    }

    /// `text` with each of the names replaced, where it stands as words of its own.
    fn hide(&self, text: &str) -> String {
        if self.0.is_empty() {
            return text.to_owned();
        }
        let mut rest = text;
        let mut out = String::with_capacity(text.len());
        while let Some(c) = rest.chars().next() {
            let begins = !out.chars().next_back().is_some_and(char::is_alphanumeric);
            let found = self.0.iter().find(|(name, _)| {
                begins
                    && rest
                        .strip_prefix(name.as_str())
                        .is_some_and(|after| !after.starts_with(char::is_alphanumeric))
            });
            match found {
                Some((name, instead)) => {
                    out.push_str(instead);
                    rest = &rest[name.len()..];
                }
                None => {
                    out.push(c);
                    rest = &rest[c.len_utf8()..];
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_hidden_scenarios_are_words_of_their_own() {
        let secrets = Secrets(vec![
            ("ann leaves".into(), "hidden scenario 2".into()),
            ("a".into(), "hidden scenario 3".into()),
        ]);
        assert_eq!(secrets.hide("until \"ann leaves\" passes"), "until \"hidden scenario 2\" passes");
        assert_eq!(secrets.hide("an ann a"), "an ann hidden scenario 3");
        assert_eq!(Secrets(Vec::new()).hide("as it is"), "as it is");
    }
}
