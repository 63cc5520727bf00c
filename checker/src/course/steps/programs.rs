//! Steps about programs: `start`, `stop`, `expect_exit`, `expect_processes`.

use crate::course::address::AnyPort;
use crate::course::field::Field;
use crate::course::fields::Fields;
use crate::course::nearest::{meant, quoted};
use crate::scenario::step::{Action, Ending, Processes, Ready, Reason, Transport};

use super::parts::{Kind, Past};
use super::reference::{Found, Sort};
use super::script::Script;

impl<'t> Script<'t, '_> {
    pub(super) fn start(&mut self, head: &Field<'t>, fields: &Fields<'t>) -> Action {
        let program = self.program_name(head, fields);
        let elements = fields.get("args").map(|field| field.elements("strings")).unwrap_or_default();
        let args = elements.iter().map(|element| self.plain(element)).collect();
        let ready = self.ready(fields);
        let memory_mib = fields.get("memory_mib").and_then(|field| self.memory(&field));
        let part = self.make(head, Kind::Program, None);
        Action::Start { part, program, args, ready, memory_mib }
    }

    /// A promise that the course's own limit does not keep already.
    fn memory(&self, field: &Field<'t>) -> Option<u32> {
        let promised = field.whole(1..=65_536)?;
        let limit = self.limits.memory_mib;
        if promised > limit {
            let cure = "promise less, or raise `memory_mib` in course.toml".to_owned();
            field.fault(format!("no program gets {promised} MiB: the course's limit is {limit}"), cure);
        }
        Some(promised)
    }

    fn program_name(&self, head: &Field<'t>, fields: &Fields<'t>) -> String {
        let field = fields.get("program").unwrap_or(*head);
        let Some(name) = field.read::<String>("a string") else { return String::new() };
        let known = || self.programs.iter().map(|program| program.name.as_str());
        if !known().any(|program| program == name) {
            let cure = match (field.name, self.programs) {
                ("start", [only]) => Some(format!("add `program = \"{}\"`", only.name)),
                ("start", _) => {
                    meant(&name, known()).map(|cure| format!("{cure} (or add `program = \"…\"`)"))
                }
                _ => meant(&name, known()),
            };
            field.fault(format!("there is no program {}", quoted(&name)), cure);
        }
        name
    }

    fn ready(&self, fields: &Fields<'t>) -> Option<Ready> {
        let Some(on) = fields.get("on") else {
            for field in ["at", "or_ended"].into_iter().filter_map(|key| fields.get(key)) {
                let cure = "add `on = \"listening\"` or `on = \"bound\"`".to_owned();
                let message = format!("`{}` without `on` waits for nothing", field.name);
                self.report.fault_with(&field.key(), message, cure);
            }
            return None;
        };
        let transport = on.choice(&[("listening", Transport::Tcp), ("bound", Transport::Udp)]);
        let at = self.address(fields, "at", AnyPort::Refused);
        let or_ended = fields.get("or_ended").is_some_and(|field| field.truth());
        Some(Ready { transport: transport?, at, or_ended })
    }

    pub(super) fn stop(&mut self, head: &Field<'t>) -> Action {
        let found = self.signalled(head, &[Past::Stopped, Past::Ended]);
        if found.sort == Sort::Program {
            self.end(head, &found, Past::Stopped);
        }
        Action::Stop { part: found.reference.part }
    }

    /// A program that is not over in one of these ways, or a single connection: the process that it leads to.
    pub(super) fn signalled(&mut self, head: &Field<'t>, pasts: &[Past]) -> Found {
        let found = self.refer(head, &[Sort::Program, Sort::Connection]);
        self.refuse(head, &found, pasts);
        if found.group.is_some() {
            head.fault(
                format!("`{}` is a group", found.reference.part),
                "name a single connection".to_owned(),
            );
        }
        found
    }

    pub(super) fn expect_exit(&mut self, head: &Field<'t>, fields: &Fields<'t>) -> Action {
        let found = self.refer(head, &[Sort::Program]);
        self.refuse(head, &found, &[Past::Ended]);
        let ending = match fields.one_of("`expect_exit`", &["code", "signal"]) {
            Some(field) if field.name == "signal" => field.whole(1..=64).map(Ending::Signal),
            Some(field) => Some(Ending::Codes(codes(&field))),
            None => None,
        };
        let reason = fields.get("reason").map_or(Reason::Open, |field| self.reason(&field));
        let alone = fields.get("alone").is_some_and(|field| field.truth());
        self.end(head, &found, Past::Ended);
        let part = found.reference.part;
        Action::ExpectExit { part, ending: ending.unwrap_or(Ending::Codes(vec![0])), reason, alone }
    }

    fn reason(&self, field: &Field<'t>) -> Reason {
        if field.node.get_ref().is_str() {
            return Reason::Contains(self.template(field));
        }
        if field.read::<bool>("`true`, or a string that the last line of stderr contains") == Some(false) {
            field
                .fault("`reason` must be `true` or a string", "leave it out where stderr is open".to_owned());
        }
        Reason::Some
    }

    pub(super) fn expect_processes(&mut self, head: &Field<'t>, fields: &Fields<'t>) -> Action {
        let part = self.program(head);
        let want = match fields.one_of("`expect_processes`", &["connections", "none"]) {
            Some(field) if field.name == "connections" => self.holding(&field),
            Some(field) => {
                field.truth();
                Processes::Gone
            }
            None => Processes::Gone,
        };
        Action::ExpectProcesses { part, want }
    }

    /// Connections, each of which has told a process number.
    fn holding(&mut self, field: &Field<'t>) -> Processes {
        let elements = field.elements("connections");
        if elements.is_empty() && field.node.get_ref().is_array() {
            field.fault("`connections` is empty", "write `none = true` where no process is left".to_owned());
        }
        let mut names = Vec::new();
        for element in elements {
            let found = self.refer(&element, &[Sort::Connection]);
            let name = found.reference.part;
            if names.contains(&name) {
                element.fault(format!("{} is named twice", quoted(&name)), "take one out".to_owned());
            } else if found.group.is_some() {
                element.fault(format!("`{name}` is a group"), "name single connections".to_owned());
            } else if found.sort == Sort::Connection && !self.tells_pid(&name) {
                let cure = "catch it first: `first` or `matches` with `(?P<pid>…)`".to_owned();
                element.fault(format!("`{name}` has told no `${{{name}.pid}}`"), cure);
            }
            names.push(name);
        }
        Processes::Holding(names)
    }

    fn tells_pid(&self, name: &str) -> bool {
        self.parts.get(name).is_some_and(|part| part.caught.contains("pid"))
    }
}

/// One exit code, or a list of those that will do.
fn codes(field: &Field<'_>) -> Vec<i32> {
    if !field.node.get_ref().is_array() {
        return field.whole(0..=255).into_iter().collect();
    }
    let elements = field.elements("exit codes");
    if elements.is_empty() {
        field.fault("`code` is empty", "name the exit codes that will do: `code = [0, 1]`".to_owned());
    }
    elements.iter().filter_map(|element| element.whole(0..=255)).collect()
}
