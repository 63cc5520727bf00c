//! Steps around steps: `repeat`, `for`; and `wait_ms`.

use crate::course::field::Field;
use crate::course::fields::Fields;
use crate::scenario::step::{Action, Order, Step};

use super::reference::Sort;
use super::script::Script;

const TIMES: std::ops::RangeInclusive<u32> = 1..=100_000;
/// Longest pause, in milliseconds.
const WAIT_MS: std::ops::RangeInclusive<u64> = 1..=600_000;

impl<'t> Script<'t, '_> {
    pub(super) fn wait(&self, head: &Field<'t>) -> Action {
        Action::WaitMs(head.whole(WAIT_MS).unwrap_or(1))
    }

    pub(super) fn repeat(&mut self, head: &Field<'t>, fields: &Fields<'t>) -> Action {
        let times = head.whole(TIMES).unwrap_or(1);
        let before = self.parts.enter();
        let steps = self.round(fields);
        self.parts.leave(before);
        Action::Repeat { times, steps }
    }

    pub(super) fn each_member(&mut self, head: &Field<'t>, fields: &Fields<'t>) -> Action {
        let found = self.refer(head, &[Sort::Connection, Sort::Udp]);
        let part = found.reference.part;
        if found.sort != Sort::Unknown && found.group.is_none() {
            let message = format!("`{part}` is not a group");
            head.fault(message, "a group is made by `connect` or `bind` with `each`".to_owned());
        }
        let words = [("forward", Order::Forward), ("reverse", Order::Reverse), ("shuffled", Order::Shuffled)];
        let order = fields.get("order").and_then(|field| field.choice(&words)).unwrap_or(Order::Forward);
        let before = self.parts.enter_member(&part);
        let steps = self.round(fields);
        self.parts.leave_member(before, &part);
        Action::For { part, order, steps }
    }

    fn round(&mut self, fields: &Fields<'t>) -> Vec<Step> {
        self.rounds += 1;
        let field = fields.need("steps", "add `steps = [ … ]`");
        let steps = field.map(|field| self.steps(&field)).unwrap_or_default();
        self.rounds -= 1;
        steps
    }
}
