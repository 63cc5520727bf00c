//! Parts that are over: what can still be done with one that was closed, stopped or has ended.

use crate::course::field::Field;
use crate::scenario::step::How;

use super::parts::{Over, Past};
use super::reference::{Found, Sort};
use super::script::Script;

impl Over {
    fn words(self) -> String {
        let what = match self.past {
            Past::Stopped => "was stopped",
            Past::Ended => "has ended",
            Past::HalfClosed => "was closed for writing",
            Past::Closed => "was closed",
        };
        format!("{what} on line {}", self.line)
    }
}

impl<'t> Script<'t, '_> {
    /// How far it is over: of `p.stdin` that channel, else the part as a whole.
    fn over(&mut self, of: &Found) -> Option<&mut Option<Over>> {
        let part = self.parts.get_mut(&of.reference.part).filter(|_| of.sort != Sort::Unknown)?;
        Some(if of.sort == Sort::Stdin { &mut part.stdin } else { &mut part.over })
    }

    /// A fault of `head`, which names the part, where that is over in one of these ways.
    pub(super) fn refuse(&mut self, head: &Field<'t>, found: &Found, pasts: &[Past]) {
        let of = &found.reference;
        let over = self.over(found).and_then(|over| *over);
        if let Some(over) = over.filter(|over| pasts.contains(&over.past)) {
            let cure = match over.past {
                Past::Stopped | Past::Ended => "take this step out, or start it again before",
                Past::HalfClosed | Past::Closed => "take this step out, or do it before that",
            };
            let message = format!("`{}` comes too late: `{of}` {}", head.name, over.words());
            head.fault(message, cure.to_owned());
        }
    }

    /// Notes that the step at `head` ends it so.
    pub(super) fn end(&mut self, head: &Field<'t>, of: &Found, past: Past) {
        let line = self.report.source.line(head.span().start);
        if let Some(over) = self.over(of) {
            *over = Some(Over { past, line });
        }
    }

    /// `close`: once as a whole, and before that once for writing.
    pub(super) fn end_closed(&mut self, head: &Field<'t>, of: &Found, how: How) {
        let (late, past): (&[Past], Past) = match how {
            How::Write => (&[Past::HalfClosed, Past::Closed], Past::HalfClosed),
            How::Both | How::Reset => (&[Past::Closed], Past::Closed),
        };
        self.refuse(head, of, late);
        self.end(head, of, past);
    }
}
