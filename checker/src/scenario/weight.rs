//! How much there is to do in a scenario, roughly: the long ones are begun first, so that none of them is
//! what everybody waits for in the end.

use std::collections::HashMap;

use super::step::{Action, Cut, Data, Generator, Scenario, Step};

/// In units of one ordinary step. Only the order that it makes is of use.
pub fn of(scenario: &Scenario) -> u64 {
    let mut measure = Measure { scenario, groups: HashMap::new() };
    measure.steps(&scenario.steps)
}

/// When a scenario is to have its turn, of many that do not all have theirs at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// It may take long: nobody is to wait for it in the end.
    Early,
    AsItComes,
    /// It has a large file carried and is nothing but work for the processors, which can be done while others wait.
    Late,
}

/// When this one is.
pub fn when(scenario: &Scenario) -> When {
    const LARGE: u64 = 64 * 1024 * 1024;
    const LONG: u64 = 100;
    let is_large = |generator: &Generator| match generator {
        Generator::Blob(len) | Generator::Sparse(len) => *len >= LARGE,
        _ => false,
    };
    match scenario.vars.values().any(is_large) {
        true => When::Late,
        false if of(scenario) >= LONG => When::Early,
        false => When::AsItComes,
    }
}

/// How many programs it starts, one after the other or side by side.
pub fn starts(scenario: &Scenario) -> u64 {
    fn among(steps: &[Step]) -> u64 {
        let of = |step: &Step| match &step.action {
            Action::Start { .. } => 1,
            Action::Repeat { times, steps } => among(steps).saturating_mul((*times).into()),
            Action::For { steps, .. } => among(steps),
            _ => 0,
        };
        steps.iter().map(of).sum()
    }
    among(&scenario.steps)
}

/// Whether one of its payloads is a large one, or comes in a great many pieces.
pub fn moves_much(scenario: &Scenario) -> bool {
    const LARGE: u64 = 1024 * 1024;
    const MANY: usize = 1000;
    scenario.vars.values().any(|generator| match generator {
        Generator::Blob(len) | Generator::Sparse(len) => *len >= LARGE,
        Generator::Lines(n) => *n >= MANY,
        _ => false,
    })
}

struct Measure<'s> {
    scenario: &'s Scenario,
    /// Members of each group.
    groups: HashMap<&'s str, u64>,
}

impl<'s> Measure<'s> {
    /// To start a process, and to wait for its end.
    const START: u64 = 10;
    /// A byte that goes by itself is waited for until it is read.
    const BYTEWISE: u64 = 100;
    const BYTES_A_STEP: u64 = 64 * 1024;

    fn steps(&mut self, steps: &'s [Step]) -> u64 {
        steps.iter().map(|step| self.step(&step.action)).sum()
    }

    fn step(&mut self, action: &'s Action) -> u64 {
        match action {
            Action::Start { .. } => Self::START,
            Action::Connect { part, each, .. } | Action::Bind { part, each, .. } => {
                let members = each.map_or(1, u64::from);
                self.groups.insert(part, members);
                members
            }
            Action::Send { cut: Cut::EachByte, .. } | Action::Relay { bytewise: true, .. } => Self::BYTEWISE,
            Action::Send { data, .. } => 1 + self.bytes(data) / Self::BYTES_A_STEP,
            Action::WaitMs(ms) => *ms,
            Action::Repeat { times, steps } => self.steps(steps).saturating_mul((*times).into()),
            Action::For { part, steps, .. } => {
                let members = self.groups.get(part.as_str()).copied().unwrap_or(1);
                self.steps(steps).saturating_mul(members)
            }
            Action::File { content, .. } => 1 + self.bytes(content) / Self::BYTES_A_STEP,
            _ => 1,
        }
    }

    /// Of what a step sends: known of variables only, which is where much can be.
    fn bytes(&self, data: &Data) -> u64 {
        let of = |name: &String| match self.scenario.vars.get(name) {
            Some(Generator::Blob(len) | Generator::Sparse(len)) => *len,
            // Each line is read and written by itself.
            Some(Generator::Lines(n)) => *n as u64 * Self::BYTES_A_STEP / 100,
            _ => 0,
        };
        match data {
            Data::Blob(name) => of(name),
            Data::Line(template) | Data::Text(template) => template.names().map(of).sum(),
            Data::Bytes(_) => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::template::Template;

    fn scenario(actions: Vec<Action>) -> Scenario {
        let steps = actions.into_iter().map(|action| Step { line: 1, why: None, action }).collect();
        Scenario {
            name: String::new(),
            points: 1,
            hidden: false,
            line: 1,
            deadline_s: 1,
            files_mib: 1,
            open_files: 16,
            addrs: Default::default(),
            vars: [
                ("many".to_owned(), Generator::Lines(10_000)),
                ("huge".to_owned(), Generator::Blob(256 << 20)),
            ]
            .into(),
            after: None,
            steps,
        }
    }

    fn step(action: Action) -> Step {
        Step { line: 1, why: None, action }
    }

    #[test]
    fn what_takes_longer_weighs_more() {
        let text = |text: &str| Template::parse(text).unwrap();
        let send = |data| Action::Send {
            to: crate::scenario::step::PartRef { part: "ann".into(), channel: None },
            data,
            address: text(""),
            cut: Cut::Whole,
            until_read: false,
        };
        let crowd = Action::Connect { part: "ann".into(), to: text("x"), each: Some(100), or_refused: false };
        let each = Action::For {
            part: "ann".into(),
            order: crate::scenario::step::Order::Forward,
            steps: vec![step(send(Data::Line(text("hello"))))],
        };
        let ascending = [
            vec![send(Data::Line(text("hello")))],
            vec![Action::Pause { part: "a".into() }, Action::Resume { part: "a".into() }],
            vec![send(Data::Text(text("${many}")))],
            vec![crowd, each],
            vec![send(Data::Blob("huge".into()))],
        ];
        let weights: Vec<u64> = ascending.into_iter().map(|actions| of(&scenario(actions))).collect();
        assert!(weights.is_sorted_by(|a, b| a < b), "{weights:?}");
    }

    #[test]
    fn what_is_large_or_many_is_much() {
        let with = |generator| {
            let vars = [("payload".to_owned(), generator)].into();
            moves_much(&Scenario { vars, ..scenario(Vec::new()) })
        };
        let much = [Generator::Blob(1 << 20), Generator::Sparse(1 << 30), Generator::Lines(10_000)];
        let little = [Generator::Blob(1 << 16), Generator::Lines(100), Generator::Text(65_536)];
        assert!(much.into_iter().all(with));
        assert!(!little.into_iter().any(with));
    }

    #[test]
    fn what_may_take_long_is_early_and_a_large_file_late() {
        let greet = || vec![Action::Pause { part: "a".into() }];
        let plain = |steps| Scenario { vars: Default::default(), ..scenario(steps) };
        let crowd = Action::Connect {
            part: "ann".into(),
            to: Template::parse("x").unwrap(),
            each: Some(100),
            or_refused: false,
        };
        assert_eq!(when(&plain(greet())), When::AsItComes);
        assert_eq!(when(&plain(vec![crowd])), When::Early);
        assert_eq!(when(&scenario(greet())), When::Late, "one of its payloads has 256 MiB");
    }
}
