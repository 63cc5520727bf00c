//! What is sent, written or expected: text, bytes, blobs, and where it is cut.

use crate::course::field::Field;
use crate::course::nearest::{meant, quoted};
use crate::scenario::step::{Cut, Data, Generator};
use crate::scenario::template::{Piece, Template};

use super::script::Script;

impl<'t> Script<'t, '_> {
    /// The payload of a field `line`, `text`, `bytes` or `blob`.
    pub(super) fn data(&self, field: &Field<'t>) -> Data {
        match field.name {
            "line" => Data::Line(self.template(field)),
            "bytes" => Data::Bytes(hex(field)),
            "blob" => Data::Blob(self.blob(field)),
            _ => Data::Text(self.template(field)),
        }
    }

    /// The name of a variable that is a blob.
    pub(super) fn blob(&self, field: &Field<'t>) -> String {
        let Some(name) = field.string() else { return String::new() };
        let is_blob = |generator: &Option<Generator>| {
            generator.as_ref().is_none_or(|generator| generator.stream().is_some())
        };
        match self.names.variable(&name) {
            Some(variable) if is_blob(&variable.generator) => {}
            Some(_) => {
                field.fault(format!("`{name}` is not a blob"), format!("write `text = \"${{{name}}}\"`"))
            }
            None => {
                let bare = name.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
                let blobs = self.names.variables().filter(|(_, variable)| is_blob(&variable.generator));
                let cure = match bare {
                    Some(bare) => Some(format!("write the bare name: `blob = \"{bare}\"`")),
                    None => meant(&name, blobs.map(|(name, _)| name)),
                };
                field.fault(format!("there is no variable {}", quoted(&name)), cure);
            }
        }
        name
    }

    /// `cut`: `"bytes"`, or offsets that rise, all of them inside the payload.
    pub(super) fn cut(&self, field: &Field<'t>, data: &Data) -> Cut {
        if field.node.get_ref().is_str() {
            field.choice(&[("bytes", ())]);
            return Cut::EachByte;
        }
        let elements = field.elements("byte offsets");
        if elements.is_empty() && field.node.get_ref().is_array() {
            field.fault("`cut` is empty", "leave it out, or name the bytes before which to cut".to_owned());
        }
        let end = self.length(data);
        let mut offsets: Vec<usize> = Vec::new();
        for element in elements {
            let Some(at) = element.whole(1..=usize::MAX) else { continue };
            if offsets.last().is_some_and(|last| *last >= at) {
                element
                    .fault(format!("the cut at {at} is not behind the one before"), "sort them".to_owned());
            } else if let Some(end) = end.filter(|end| at >= *end) {
                let cure = "cut before the last byte at the latest".to_owned();
                element.fault(format!("the cut at {at} is not inside the payload of {end} bytes"), cure);
            }
            offsets.push(at);
        }
        Cut::At(offsets)
    }

    /// Bytes of the payload, where they are known before the run.
    pub(super) fn length(&self, data: &Data) -> Option<usize> {
        match data {
            Data::Line(template) => Some(self.template_length(template)? + 1),
            Data::Text(template) => self.template_length(template),
            Data::Bytes(bytes) => Some(bytes.len()),
            Data::Blob(name) => self.stream(name)?.try_into().ok(),
        }
    }

    /// Bytes of the blob of that name.
    pub(super) fn stream(&self, name: &str) -> Option<u64> {
        self.names.variable(name)?.generator.as_ref()?.stream()
    }

    fn template_length(&self, template: &Template) -> Option<usize> {
        template.0.iter().map(|piece| self.piece_length(piece)).sum()
    }

    fn piece_length(&self, piece: &Piece) -> Option<usize> {
        let Piece::Name(name) = piece else {
            return if let Piece::Literal(text) = piece { Some(text.len()) } else { None };
        };
        match self.names.variable(name)?.generator.as_ref()? {
            Generator::Word(bytes) | Generator::Text(bytes) | Generator::Bytes(bytes) => Some(*bytes),
            Generator::Han(characters) => Some(3 * characters),
            Generator::Lines(_) | Generator::Number(..) | Generator::Blob(_) | Generator::Sparse(_) => None,
        }
    }
}

/// `ff 00 0d`: two hexadecimal digits a byte, blanks between bytes as one likes.
fn hex(field: &Field<'_>) -> Vec<u8> {
    let Some(text) = field.string() else { return Vec::new() };
    let mut bytes = Vec::new();
    for word in text.split_whitespace() {
        let digits: Option<Vec<u8>> = word.chars().map(|c| Some(c.to_digit(16)? as u8)).collect();
        match digits {
            Some(digits) if digits.len() % 2 == 0 => {
                bytes.extend(digits.chunks(2).map(|pair| pair[0] * 16 + pair[1]));
            }
            _ => {
                let cure = "write two hexadecimal digits a byte: `ff 00 0d`".to_owned();
                let message = format!("{} is not a row of bytes", quoted(word));
                field.report.fault_with(&field.within(word), message, cure);
            }
        }
    }
    bytes
}
