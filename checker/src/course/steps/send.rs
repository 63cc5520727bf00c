//! Steps that write to a stream or a peer, or end it: `send`, `close`.

use crate::course::address::AnyPort;
use crate::course::field::Field;
use crate::course::fields::Fields;
use crate::scenario::step::{Action, Cut, Data, How};
use crate::scenario::template::{Piece, Template};

use super::parts::Past;
use super::reference::{Found, Sort};
use super::script::Script;

/// Bytes that one datagram holds at most, over IPv4.
const LONGEST: usize = 65_507;

impl<'t> Script<'t, '_> {
    pub(super) fn send(&mut self, head: &Field<'t>, fields: &Fields<'t>) -> Action {
        let found = self.refer(head, &[Sort::Connection, Sort::Udp, Sort::Stdin]);
        self.refuse(head, &found, &[Past::HalfClosed, Past::Closed]);
        let payload = fields.one_of("`send`", &["line", "text", "bytes", "blob"]);
        let data = payload.map_or_else(|| Data::Bytes(Vec::new()), |field| self.data(&field));
        let cut = fields.get("cut");
        if let Some(field) = cut.filter(|_| found.sort == Sort::Udp) {
            let cure = "a datagram goes in one piece; send several".to_owned();
            self.report.fault_with(&field.key(), "`cut` does not go with a UDP peer", cure);
        }
        if let Some(field) = payload.filter(|_| found.sort == Sort::Udp) {
            self.check_datagram(&field, &data);
        }
        let cut = cut.map_or(Cut::Whole, |field| self.cut(&field, &data));
        let until = fields.get("until");
        until.and_then(|field| field.choice(&[("read", ())]));
        let address = self.destination(&found, fields);
        Action::Send { to: found.reference, data, address, cut, until_read: until.is_some() }
    }

    /// A fault where one datagram cannot hold the payload.
    fn check_datagram(&self, field: &Field<'t>, data: &Data) {
        if let Data::Blob(_) = data {
            let cure = "send a `text`: `text = \"${…}\"`".to_owned();
            self.report.fault_with(&field.key(), "a datagram cannot be a blob", cure);
        } else if let Some(bytes) = self.length(data).filter(|bytes| *bytes > LONGEST) {
            let cure = format!("{LONGEST} fit into one; send several");
            field.fault(format!("a datagram cannot have {bytes} bytes"), cure);
        }
    }

    /// Where a datagram goes; a stream has its other end already.
    fn destination(&self, found: &Found, fields: &Fields<'t>) -> Template {
        if matches!(found.sort, Sort::Udp | Sort::Unknown) {
            return self.address(fields, "to", AnyPort::Refused);
        }
        if let Some(field) = fields.get("to") {
            let cure = "take it out: only a datagram needs an address".to_owned();
            let message = format!("`to` does not go with `{}`", found.reference);
            self.report.fault_with(&field.key(), message, cure);
        }
        Template(vec![Piece::Name("addr".to_owned())])
    }

    pub(super) fn close(&mut self, head: &Field<'t>, fields: &Fields<'t>) -> Action {
        let found = self.refer(head, &[Sort::Connection, Sort::Listener, Sort::Udp, Sort::Stdin]);
        let field = fields.get("how");
        let words = [("both", How::Both), ("write", How::Write), ("reset", How::Reset)];
        let how = field.and_then(|field| field.choice(&words)).unwrap_or(How::Both);
        let whole = matches!(found.sort, Sort::Listener | Sort::Udp | Sort::Stdin);
        if let Some(field) = field.filter(|_| whole && how != How::Both) {
            let message = format!("`{}` is not a connection: it is closed as a whole", found.reference);
            field.fault(message, "take `how` out".to_owned());
        }
        self.end_closed(head, &found, how);
        Action::Close { what: found.reference, how }
    }
}
