//! Steps about files: `file`, `folder`, `expect_file`.

use crate::course::field::Field;
use crate::course::fields::Fields;
use crate::course::nearest::quoted;
use crate::scenario::step::{Action, Content};
use crate::scenario::template::{Piece, Template};

use super::script::Script;

impl<'t> Script<'t, '_> {
    pub(super) fn file(&mut self, head: &Field<'t>, fields: &Fields<'t>) -> Action {
        let path = self.path(head);
        let field = fields.one_of("`file`", &["blob", "text"]);
        let content = field.map(|field| self.data(&field));
        let mode = fields.get("mode").and_then(|field| mode(&field));
        Action::File { path, content: content.unwrap_or(crate::scenario::step::Data::Bytes(vec![])), mode }
    }

    pub(super) fn folder(&mut self, head: &Field<'t>, fields: &Fields<'t>) -> Action {
        Action::Folder { path: self.path(head), mode: fields.get("mode").and_then(|field| mode(&field)) }
    }

    pub(super) fn expect_file(&mut self, head: &Field<'t>, fields: &Fields<'t>) -> Action {
        let path = self.path(head);
        let content = match fields.one_of("`expect_file`", &["blob", "text", "absent"]) {
            Some(field) if field.name == "blob" => Content::Blob(self.blob(&field)),
            Some(field) if field.name == "text" => Content::Text(self.template(&field)),
            Some(field) => {
                field.truth();
                Content::Absent
            }
            None => Content::Absent,
        };
        let alone = fields.get("alone").is_some_and(|field| field.truth());
        Action::ExpectFile { path, content, alone }
    }

    /// A path that stays below the scenario's own folder.
    fn path(&self, field: &Field<'t>) -> Template {
        let path = self.template(field);
        let Some(text) = field.node.get_ref().as_str() else { return path };
        let below = text.strip_prefix("${dir}/").unwrap_or(text);
        let cure = "write `${dir}/name`, or the name alone".to_owned();
        if below.is_empty() {
            field.fault("the path is empty", cure);
        } else if below.starts_with('/') || below.split('/').any(|step| step == "..") {
            field.fault(format!("{} is not below `${{dir}}`", quoted(text)), cure);
        } else if path.0.first().is_some_and(|piece| self.names_other(piece)) {
            field.fault(format!("{} is not a path below `${{dir}}`", quoted(text)), cure);
        }
        path
    }

    /// Whether a path cannot begin with it: an address.
    fn names_other(&self, piece: &Piece) -> bool {
        matches!(piece, Piece::Name(name) if self.names.is_address(name))
    }
}

/// `"444"`: the permissions in octal digits.
fn mode(field: &Field<'_>) -> Option<u32> {
    let text: String = field.read("a string of octal digits")?;
    let digits = matches!(text.len(), 3 | 4) && text.bytes().all(|b| (b'0'..=b'7').contains(&b));
    let mode = u32::from_str_radix(&text, 8).ok().filter(|mode| digits && *mode <= 0o777);
    if mode.is_none() {
        let cure = "write three octal digits: `\"444\"`".to_owned();
        field.fault(format!("{} is not a mode", quoted(&text)), cure);
    }
    mode
}
