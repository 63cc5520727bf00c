//! Numbers, texts and exit codes that are a little off.

use syn::{ExprPath, Lit, LitInt};

use super::edit::Edits;

pub(super) fn literal(edits: &mut Edits, lit: &Lit) {
    match lit {
        Lit::Str(_) => text(edits, lit, "\""),
        Lit::ByteStr(_) => text(edits, lit, "b\""),
        Lit::Byte(_) => edits.replace(lit, "b'~'"),
        Lit::Char(_) => edits.replace(lit, "'~'"),
        Lit::Bool(value) => edits.replace(lit, (!value.value).to_string()),
        Lit::Int(number) => integer(edits, number),
        _ => {}
    }
}

/// Without its text, and without the line end behind it.
fn text(edits: &mut Edits, lit: &Lit, opening: &str) {
    let source = edits.text(lit);
    // Raw strings and C strings are rare here.
    let Some(inner) = source.strip_prefix(opening).and_then(|rest| rest.strip_suffix('"')) else { return };
    edits.replace(lit, if inner.is_empty() { format!("{opening}~\"") } else { format!("{opening}\"") });
    if let Some(rest) = inner.strip_suffix("\\n").filter(|rest| !rest.ends_with('\\') && !rest.is_empty()) {
        edits.replace(lit, format!("{opening}{rest}\""));
    }
}

fn integer(edits: &mut Edits, number: &LitInt) {
    let Ok(value) = number.base10_parse::<u64>() else { return };
    let near = [Some(0), value.checked_add(1), value.checked_sub(1)];
    for other in near.into_iter().flatten().filter(|other| *other != value) {
        edits.replace(number, format!("{other}{}", number.suffix()));
    }
}

/// `ExitCode::SUCCESS` for `ExitCode::FAILURE`, and the other way round.
pub(super) fn exit_code(edits: &mut Edits, path: &ExprPath) {
    let source = edits.text(path);
    if let Some(before) = source.strip_suffix("ExitCode::SUCCESS") {
        edits.replace(path, format!("{before}ExitCode::FAILURE"));
    } else if let Some(before) = source.strip_suffix("ExitCode::FAILURE") {
        edits.replace(path, format!("{before}ExitCode::SUCCESS"));
    }
}
