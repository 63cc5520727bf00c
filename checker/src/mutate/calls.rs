//! A link of a chain of calls that is left out.

use syn::ExprMethodCall;

use super::edit::Edits;

/// Methods that only put an error into other words: left out, the program does not compile, or does the same.
const WORDS: [&str; 1] = ["map_err"];

pub(super) fn method(edits: &mut Edits, expr: &ExprMethodCall) {
    // Without arguments it is mostly a conversion, which the types don't let go.
    if !expr.args.is_empty() && !WORDS.contains(&expr.method.to_string().as_str()) {
        edits.cut_behind(&expr.receiver, expr);
    }
}
