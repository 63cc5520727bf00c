//! `use` declarations: what they bring in, under which name.

use std::collections::HashMap;

use super::lexer::{Kind, Lexeme};

/// Each name that a file imports, and what it is called where it comes from.
pub(super) type Imports<'t> = HashMap<&'t str, &'t str>;

/// If a `use` begins at `at`, adds what it brings in and returns where it ends. One that is not closed ends
/// before the first lexeme that no `use` can hold.
pub(super) fn declaration<'t>(
    text: &'t str,
    lexemes: &[Lexeme],
    at: usize,
    imports: &mut Imports<'t>,
) -> Option<usize> {
    let word = |at: usize| lexemes.get(at).map(|lexeme| lexeme.of(text));
    // `impl Trait + use<'a>` is something else.
    if word(at) != Some("use") || word(at + 1) == Some("<") {
        return None;
    }
    let mut here = at + 1;
    let mut origin = None;
    while let Some(lexeme) = lexemes.get(here) {
        match lexeme.of(text) {
            ";" => return Some(here + 1),
            "as" => {
                if let (Some(origin), Some(local)) = (origin, word(here + 1).filter(|local| *local != "_")) {
                    imports.insert(local, origin);
                }
                here += 1;
            }
            "::" | "{" | "}" | "," | "*" => {}
            name if lexeme.kind == Kind::Word && !begins_an_item(name) => {
                origin = Some(name);
                let leaf = matches!(word(here + 1), None | Some(";" | "," | "}"));
                if leaf && name != "self" {
                    imports.insert(name, name);
                }
            }
            _ => return Some(here),
        }
        here += 1;
    }
    Some(here)
}

fn begins_an_item(word: &str) -> bool {
    matches!(
        word,
        "fn" | "struct" | "enum" | "impl" | "use" | "mod" | "const" | "static" | "pub" | "let" | "type"
    )
}

#[cfg(test)]
mod tests {
    use super::super::lexer::Lexer;
    use super::*;

    #[test]
    fn names_are_brought_in_as_they_are_or_as_others() {
        let text = "use std::{io::{self, Read as R, Write as _}, net::*, thread}; x";
        let lexemes: Vec<Lexeme> = Lexer::new(text).collect();
        let mut imports = Imports::new();
        assert_eq!(declaration(text, &lexemes, 0, &mut imports), Some(lexemes.len() - 1));
        let wanted = [("R", "Read"), ("thread", "thread")];
        assert_eq!(imports, wanted.into());
        assert_eq!(declaration(text, &lexemes, 1, &mut imports), None);
    }
}
