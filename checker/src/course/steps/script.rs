//! One scenario being read: what is known so far, and the step at hand.

use crate::course::exercise::Program;
use crate::course::field::Field;
use crate::course::fields::Fields;
use crate::course::limits::Limits;
use crate::course::nearest::quoted;
use crate::course::source::Report;
use crate::course::variables::{TAKEN, is_name};
use crate::scenario::step::{Action, Step};
use crate::scenario::template::{Piece, Template};

use super::names::Names;
use super::parts::{Kind, Part, Parts, Past};
use super::template::spelling;
use super::verbs;

/// Reads the steps of one scenario, in their order.
pub(in crate::course) struct Script<'t, 'n> {
    pub report: &'t Report<'t>,
    pub programs: &'n [Program],
    pub names: &'n Names<'n>,
    /// Those of the scenario.
    pub(super) limits: &'n Limits,
    pub(super) parts: Parts,
    /// How many `repeat` and `for` are around the step at hand.
    pub(super) rounds: u32,
    /// Paths of the folders made so far, below `${dir}`, as they are written.
    pub(super) folders: Vec<String>,
}

impl<'t, 'n> Script<'t, 'n> {
    pub fn new(
        report: &'t Report<'t>,
        programs: &'n [Program],
        names: &'n Names<'n>,
        limits: &'n Limits,
    ) -> Self {
        Script { report, programs, names, limits, parts: Parts::default(), rounds: 0, folders: Vec::new() }
    }

    /// The scenario's `steps`.
    pub fn read(&mut self, field: &Field<'t>) -> Vec<Step> {
        self.names.note_uses(field.node);
        self.parts.foresee(field.node);
        self.steps(field)
    }

    /// The steps of the scenario, or of a round.
    pub(super) fn steps(&mut self, field: &Field<'t>) -> Vec<Step> {
        let elements = field.elements("steps");
        if elements.is_empty() && field.node.get_ref().is_array() {
            field.fault("there are no steps", "write at least one".to_owned());
        }
        let mut steps = Vec::new();
        for fields in elements.iter().filter_map(|element| element.fields("a step")) {
            match self.step(&fields) {
                Some(step) => steps.push(step),
                None => fields.iter().for_each(|field| self.parts.assume(field.node)),
            }
        }
        steps
    }

    fn step(&mut self, fields: &Fields<'t>) -> Option<Step> {
        let (verb, head) = verbs::find(fields)?;
        let why = fields.get("why").and_then(|field| why(&field));
        let action = self.action(verb.name, &head, fields)?;
        Some(Step { line: self.report.source.line(fields.span.start), why, action })
    }

    fn action(&mut self, verb: &str, head: &Field<'t>, fields: &Fields<'t>) -> Option<Action> {
        Some(match verb {
            "start" => self.start(head, fields),
            "stop" => self.stop(head),
            "pause" => Action::Pause { part: self.signalled(head, &[Past::Ended]).reference.part },
            "resume" => Action::Resume { part: self.signalled(head, &[Past::Ended]).reference.part },
            "listen" => self.listen(head, fields),
            "accept" => self.accept(head, fields),
            "connect" => self.connect(head, fields),
            "bind" => self.bind(head, fields),
            "send" => self.send(head, fields),
            "expect" => self.expect(head, fields),
            "close" => self.close(head, fields),
            "hold" => Action::Hold { part: self.read_from(head) },
            "release" => Action::Release { part: self.read_from(head) },
            "expect_exit" => self.expect_exit(head, fields),
            "expect_file" => self.expect_file(head, fields),
            "expect_processes" => self.expect_processes(head, fields),
            "relay" => self.relay(head, fields),
            "file" => self.file(head, fields),
            "folder" => self.folder(head, fields),
            "wait_ms" => self.wait(head),
            "repeat" => self.repeat(head, fields),
            "for" => self.each_member(head, fields),
            _ => return None,
        })
    }

    /// Enters the part that `head` names into the table. A program that is over may be started again.
    pub(super) fn make(&mut self, head: &Field<'t>, kind: Kind, group: Option<u32>) -> String {
        let Some(name) = head.string() else { return String::new() };
        if !is_name(&name) {
            let cure = "use letters, digits and `_`".to_owned();
            head.fault(format!("{} cannot be a part's name", quoted(&name)), cure);
        } else if TAKEN.contains(&name.as_str()) || self.names.is_address(&name) {
            let cure = format!("`${{{name}}}` has a meaning of its own; choose another name");
            head.fault(format!("the name `{name}` is taken"), cure);
        }
        match self.parts.get_mut(&name) {
            Some(part) if kind == Kind::Program && part.kind == Kind::Program && part.over.is_some() => {
                (part.over, part.stdin) = (None, None);
            }
            Some(part) if part.kind != Kind::Unknown => {
                let first = part.line;
                let again = match part.kind {
                    Kind::Program if kind == Kind::Program => {
                        "; it can start again after its `stop` or `expect_exit`"
                    }
                    _ => "",
                };
                head.fault(
                    format!("there is a part {} already", quoted(&name)),
                    format!("it is made on line {first}{again}"),
                );
            }
            _ => self.parts.add(Part::new(&name, kind, group, self.report.source.line(head.span().start))),
        }
        name
    }
}

/// The sentence that a student reads, as it stands.
fn why(field: &Field<'_>) -> Option<String> {
    let text = field.sentence()?;
    let pieces = Template::parse(&text).unwrap_or_default().0;
    if let Some(piece) = pieces.iter().find(|piece| !matches!(piece, Piece::Literal(_))) {
        let spelled = spelling(piece);
        let message = format!("`{spelled}` has no value here: `why` is shown as it stands");
        field.report.fault_with(&field.within(&spelled), message, "say it in words".to_owned());
    }
    Some(text)
}
