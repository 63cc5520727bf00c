//! Regular expressions: they must compile, and their named groups become `${part.group}`.

use crate::course::field::Field;
use crate::course::nearest::quoted;
use crate::course::variables::is_name;
use crate::scenario::matcher::anchored;
use crate::scenario::step::Generator;
use crate::scenario::template::{Piece, Template};

use super::script::Script;

/// Stands for every variable while the expression is checked: legal wherever a value may stand, in `{…}` too.
const VALUE: &str = "1";
/// Attributes that a group of the same name could never be told from.
const TAKEN: [&str; 3] = ["addr", "len", "port"];

impl<'t> Script<'t, '_> {
    /// A regular expression for a whole line, and the names of its groups.
    pub(super) fn pattern(&self, field: &Field<'t>) -> (Template, Vec<String>) {
        let template = self.template(field);
        let is_bytes = |generator: &Generator| matches!(generator, Generator::Bytes(_));
        self.without(
            field,
            &template,
            is_bytes,
            "is not UTF-8: no line is matched",
            "take a `text` or `word`",
        );
        let text: String = template.0.iter().map(sample).collect();
        let groups = match anchored(&text) {
            Ok(regex) => regex.capture_names().flatten().map(str::to_owned).collect(),
            Err(error) => {
                let message = format!("this is not a regular expression: {error}");
                field.fault(message, "a `\\` before a sign takes its meaning away".to_owned());
                Vec::new()
            }
        };
        for group in &groups {
            if !is_name(group) || TAKEN.contains(&group.as_str()) {
                let message = format!("the group {} can never be named", quoted(group));
                field.fault(
                    message,
                    "use letters, digits and `_`, and none of `addr`, `len`, `port`".to_owned(),
                );
            }
        }
        (template, groups)
    }

    /// Notes that lines of `part` were matched by an expression with these groups.
    pub(super) fn catch(&mut self, part: &str, groups: Vec<String>) {
        if let Some(part) = self.parts.get_mut(part) {
            part.caught.extend(groups);
        }
    }
}

fn sample(piece: &Piece) -> &str {
    match piece {
        Piece::Literal(text) => text,
        _ => VALUE,
    }
}
