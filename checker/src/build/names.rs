//! The names that a Rust source is made of.

use std::str::FromStr;

use proc_macro2::{TokenStream, TokenTree};

/// Whether one of these names stands in the source as a keyword or an identifier: without, no macro and no
/// attribute in it can use that either. What stands in comments and strings does not count. A text that is no
/// Rust holds every name.
pub fn has_any(text: &str, names: &[&str]) -> bool {
    // Most hold none of them in any way.
    names.iter().any(|name| text.contains(name))
        && TokenStream::from_str(text).map_or(true, |tokens| stands_in(tokens, names))
}

/// The same for tokens, at any depth.
pub fn stands_in(tokens: TokenStream, names: &[&str]) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => stands_in(group.stream(), names),
        TokenTree::Ident(ident) => {
            let ident = ident.to_string();
            names.contains(&ident.strip_prefix("r#").unwrap_or(&ident))
        }
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_as_code_at_any_depth() {
        for text in [
            "mod a;",
            "fn main() { { mod a {} } }",
            "m!(x [mod]);",
            "#[cfg_attr(a, mod)] fn f() {}",
            "r#mod!()",
            "mod/**/a;",
        ] {
            assert!(has_any(text, &["include", "mod"]), "{text}");
        }
        for text in [
            "// mod a;\nfn modify() {}",
            "/* /* mod */ mod */",
            "const A: &str = \"mod a; \\\" mod\";",
            "r#\"mod\"#",
            "b'm'",
        ] {
            assert!(!has_any(text, &["include", "mod"]), "{text}");
        }
    }

    #[test]
    fn what_is_no_rust_holds_every_name() {
        for text in ["\"mod", "{ mod", "/* mod", "mod )"] {
            assert!(has_any(text, &["mod"]), "{text}");
        }
    }
}
