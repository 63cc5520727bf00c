//! Steps about files: `file`, `folder`, `expect_file`.

use crate::course::field::Field;
use crate::course::fields::Fields;
use crate::course::nearest::quoted;
use crate::scenario::step::{Action, Content, Data, Generator};
use crate::scenario::template::{Piece, Template};

use super::script::Script;

impl<'t> Script<'t, '_> {
    pub(super) fn file(&mut self, head: &Field<'t>, fields: &Fields<'t>) -> Action {
        let path = self.path(head);
        let field = fields.one_of("`file`", &["blob", "text"]);
        let content = field.map(|field| self.data(&field));
        if let (Some(field), Some(Data::Blob(name))) = (field, &content) {
            self.check_room(&field, name);
        }
        let mode = fields.get("mode").and_then(|field| mode(&field));
        Action::File { path, content: content.unwrap_or(Data::Bytes(vec![])), mode }
    }

    pub(super) fn folder(&mut self, head: &Field<'t>, fields: &Fields<'t>) -> Action {
        let path = self.path(head);
        self.folders.extend(below(head).map(str::to_owned));
        Action::Folder { path, mode: fields.get("mode").and_then(|field| mode(&field)) }
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

    /// A path that stays below the scenario's own folder; the program itself may make the folder of an expected file.
    fn path(&self, field: &Field<'t>) -> Template {
        let path = self.plain(field);
        let (Some(text), Some(below)) = (field.node.get_ref().as_str(), below(field)) else { return path };
        let cure = "write `${dir}/name`, or the name alone".to_owned();
        if below.is_empty() {
            field.fault("the path is empty", cure);
        } else if below == "${dir}" {
            field.fault("this is the scenario's folder itself", cure);
        } else if below.starts_with('/') || below.split('/').any(|step| step == "..") {
            field.fault(format!("{} is not below `${{dir}}`", quoted(text)), cure);
        } else if below.split('/').any(|step| matches!(step, "" | ".")) {
            let cure = "write it without `./`, `//` and a `/` at the end".to_owned();
            field.fault(format!("{} is not plain", quoted(text)), cure);
        } else if path.0.first().is_some_and(|piece| self.names_other(piece)) {
            field.fault(format!("{} is not a path below `${{dir}}`", quoted(text)), cure);
        } else if field.name != "expect_file"
            && let Some(folder) = self.unmade(below)
        {
            let cure = format!("add `{{ folder = \"{folder}\" }}` before this step");
            field.fault(format!("no step has made the folder {}", quoted(folder)), cure);
        }
        path
    }

    /// The folder around `path`, below `${dir}`, where no step has made it.
    fn unmade<'p>(&self, path: &'p str) -> Option<&'p str> {
        let (folder, _) = path.rsplit_once('/')?;
        Some(folder).filter(|folder| !self.folders.iter().any(|made| made == folder))
    }

    /// A fault where a blob is larger than the room for files.
    fn check_room(&self, field: &Field<'t>, name: &str) {
        let generator = self.names.variable(name).and_then(|variable| variable.generator.as_ref());
        let taken = match generator {
            Some(Generator::Blob(bytes)) => *bytes,
            Some(Generator::Sparse(bytes)) => bytes / 16,
            _ => return,
        };
        let room = self.limits.files_mib;
        if taken > u64::from(room) << 20 {
            let cure = "raise the scenario's `files_mib`, or make the blob smaller".to_owned();
            field.fault(format!("`{name}` does not fit: there is room for files of {room} MiB"), cure);
        }
    }

    /// Whether a path cannot begin with it: an address.
    fn names_other(&self, piece: &Piece) -> bool {
        matches!(piece, Piece::Name(name) if self.names.is_address(name))
    }
}

/// The path without `${dir}/` before it.
fn below<'t>(field: &Field<'t>) -> Option<&'t str> {
    let text = field.node.get_ref().as_str()?;
    Some(text.strip_prefix("${dir}/").unwrap_or(text))
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
