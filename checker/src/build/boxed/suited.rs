//! Which of a stranger's programs may share a crate with others of theirs: those of which nothing can reach
//! beyond their module, neither for the compiler nor for the linker.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Item, ItemImpl, Path, ReturnType, Safety, Signature, Type};

use crate::build::{modules, names};

/// More is no exercise, in bytes.
const LONGEST: usize = 256 << 10;

/// All that may stand first in an attribute; those before [`INNER`] also in one for a whole file. What is none
/// of these might be for the whole crate (`macro_use`, `feature`, `no_implicit_prelude`), for the linker (`used`,
/// `link`, `repr` with an alignment), or make an error of what is a warning at a root and none in a module (`deny`).
const ATTRIBUTES: [&str; 9] =
    ["allow", "doc", "expect", "warn", "default", "derive", "inline", "must_use", "test"];
const INNER: usize = 4;

/// The name of our own that is in the module, flags of ours, and what each thread of a neighbour would pay for.
const NOT_IN_PROGRAMS: [&str; 3] = [modules::START, "cfg", "thread_local"];

/// Without the first two a library is made of no program's files.
const NOT_IN_LIBRARIES: [&str; 3] = ["bin", "main", "thread_local"];

/// Whether a program's main file has what a root needs, and nothing that is more than a module's.
pub(super) fn is_program(text: &str) -> bool {
    text.len() <= LONGEST
        && modules::is_suited(text)
        && !names::has_any(text, &NOT_IN_PROGRAMS)
        && parsed(text).is_some_and(|file| keeps_to_itself(&file) && has_plain_main(&file))
}

/// Whether a library's file does nothing to whoever is compiled beside its programs.
pub(super) fn is_of_library(text: &str) -> bool {
    text.len() <= LONGEST
        && modules::is_suited_in_library(text)
        && !names::has_any(text, &NOT_IN_LIBRARIES)
        && parsed(text).is_some_and(|file| keeps_to_itself(&file))
}

/// Whole: nothing at its end waits for an item that would follow.
fn parsed(text: &str) -> Option<syn::File> {
    let tokens: TokenStream = text.parse().ok()?;
    attributes_are_known(tokens).then(|| syn::parse_file(text).ok()).flatten()
}

/// Whether behind each `#` there is a known attribute. So no macro puts another together either.
fn attributes_are_known(tokens: TokenStream) -> bool {
    let is = |token: &TokenTree, char| matches!(token, TokenTree::Punct(punct) if punct.as_char() == char);
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let group = if is(&token, '#') {
            let known = if tokens.next_if(|next| is(next, '!')).is_some() { INNER } else { ATTRIBUTES.len() };
            match tokens.next() {
                Some(TokenTree::Group(group)) if is_known(&group, &ATTRIBUTES[..known]) => group,
                _ => return false,
            }
        } else if let TokenTree::Group(group) = token {
            group
        } else {
            continue;
        };
        if !attributes_are_known(group.stream()) {
            return false;
        }
    }
    true
}

fn is_known(attribute: &Group, names: &[&str]) -> bool {
    let first = attribute.stream().into_iter().next();
    attribute.delimiter() == Delimiter::Bracket
        && (matches!(first, Some(TokenTree::Ident(name)) if names.iter().any(|known| name == known))
            // A library's tests.
            || attribute.stream().to_string().split_whitespace().collect::<String>() == "cfg(test)")
}

/// Whether the compiler would take it for the start of a program, and so would a call: not one that is brought
/// in by `use`, or that is generic, `async`, …
fn has_plain_main(file: &syn::File) -> bool {
    let mut mains = file.items.iter().filter_map(|item| match item {
        Item::Fn(item) if item.sig.ident == "main" => Some(&item.sig),
        _ => None,
    });
    matches!((mains.next(), mains.next()), (Some(main), None) if is_plain(main))
}

fn is_plain(main: &Signature) -> bool {
    let modified = main.constness.is_some() || main.asyncness.is_some() || main.abi.is_some();
    let generic = !main.generics.params.is_empty() || main.generics.where_clause.is_some();
    let takes = !main.inputs.is_empty() || main.variadic.is_some();
    !modified
        && !generic
        && !takes
        && matches!(main.safety, Safety::Default)
        && match &main.output {
            ReturnType::Default => true,
            ReturnType::Type(_, output) => {
                let mut found = Opaque(false);
                found.visit_type(output);
                !found.0
            }
        }
}

/// Whether an `impl …` stands in a type.
struct Opaque(bool);

impl Visit<'_> for Opaque {
    fn visit_type_impl_trait(&mut self, _: &syn::TypeImplTrait) {
        self.0 = true;
    }
}

/// Whether no implementation in it can be chosen by what the compiler infers elsewhere. It infers a trait's
/// parameters for a type that it knows: `impl Add<Mine> for String` makes a neighbour's `string + x` mean
/// something. But it never infers the type itself: for a type, or of a trait, that only this file can name, an
/// implementation is nobody else's. Only at the root of the file it is sure which those are.
fn keeps_to_itself(file: &syn::File) -> bool {
    let mut inner = Inner(false);
    for item in &file.items {
        match item {
            Item::Impl(own) if is_own(own, file) => visit::visit_item_impl(&mut inner, own),
            Item::Impl(_) => return false,
            other => inner.visit_item(other),
        }
    }
    !inner.0
}

fn is_own(found: &ItemImpl, file: &syn::File) -> bool {
    let Some((of, _)) = &found.trait_ else { return true };
    let own_trait = file.items.iter().any(|item| matches!(item, Item::Trait(item) if is(of, &item.ident)));
    let Type::Path(to) = &*found.self_ty else { return own_trait };
    let own_type = file.items.iter().any(|item| match item {
        Item::Struct(item) => is(&to.path, &item.ident),
        Item::Enum(item) => is(&to.path, &item.ident),
        Item::Union(item) => is(&to.path, &item.ident),
        _ => false,
    });
    own_trait || own_type && to.qself.is_none()
}

/// Whether a path is that name, with arguments or without.
fn is(path: &Path, name: &proc_macro2::Ident) -> bool {
    path.leading_colon.is_none() && path.segments.len() == 1 && path.segments[0].ident == *name
}

/// Whether there is an implementation further inside, in a function or in what a macro may make one of.
struct Inner(bool);

impl Visit<'_> for Inner {
    fn visit_item_impl(&mut self, _: &ItemImpl) {
        self.0 = true;
    }

    fn visit_token_stream(&mut self, tokens: &TokenStream) {
        self.0 |= names::stands_in(tokens.clone(), &["impl"]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_keeps_to_its_module_may_share_a_crate() {
        for text in [
            "fn main() {}",
            "#![allow(dead_code)]\n//! A program.\n/// It.\n#[inline]\nfn main() -> Result<(), Box<dyn std::error::Error>> { Ok(()) }",
            "#[derive(Debug, Default)] enum E { #[default] A }\nimpl std::fmt::Display for E { }\nimpl E {}\nfn main() -> ! { loop {} }",
            "trait Ext { fn f(&self) {} }\nimpl<T> Ext for T {}\nimpl Ext for &str {}\nfn main() {}",
            "struct S<T>(T);\nimpl<T> From<T> for S<T> {}\nfn f(g: impl Fn()) {}\nfn main() {}",
            "macro_rules! m { ($a:expr) => { $a } }\nfn main() { m!(println!(\"#[used] # {}\", 1)) }",
            "static A: u8 = 1; const B: &'static str = r#\"#[link]\"#;\nfn main() {}",
        ] {
            assert!(is_program(text), "{text}");
        }
    }

    #[test]
    fn what_reaches_further_is_compiled_alone() {
        for text in [
            // For the whole crate, or for the linker.
            "#![macro_use]\nmacro_rules! println { () => {} }\nfn main() {}",
            "#![feature(never_type)]\nfn main() {}",
            "#![no_implicit_prelude]\nfn main() {}",
            "#![cfg(any())]\nfn main() {}",
            "#![inline]\nfn main() {}",
            "#![cfg_attr(all(), allow(warnings))]\nfn main() {}",
            "#![deny(warnings)]\nfn main() {}",
            "#![crate_name = \"other\"]\nfn main() {}",
            "#[used] static A: u8 = 1;\nfn main() {}",
            "#[link(name = \"c\")] unsafe {}\nfn main() {}",
            "#[unsafe(no_mangle)] fn write() {}\nfn main() {}",
            "#[repr(align(536870912))] struct A;\nfn main() {}",
            "#[rustfmt::skip] fn main() {}",
            "macro_rules! m { ($a:tt) => { # $a static B: u8 = 1; } }\nm!([used]);\nfn main() {}",
            "macro_rules! m { ($a:ident) => { #[$a] static B: u8 = 1; } }\nm!(used);\nfn main() {}",
            "macro_rules! m { ($a:tt $b:tt) => { $a $b static B: u8 = 1; } }\nm!(# [used]);\nfn main() {}",
            "thread_local! { static A: [u8; 9999] = const { [0; 9999] } }\nfn main() {}",
            // Its start is another alone.
            "fn main() {}\n#[inline]",
            "fn main() {}\n/// Of what?",
            "use std::process::abort as main;",
            "fn main<T>() {}",
            "const fn main() {}",
            "async fn main() {}",
            "unsafe fn main() {}",
            "fn main(a: u8) {}",
            "fn main() where u8: Copy {}",
            "fn main() -> impl std::process::Termination {}",
            "macro_rules! m { () => { fn main() {} } }\nm!();",
            "fn main() { __start(); }",
            "fn main() { println!(\"{}\", cfg!(member_1)); }",
            // Seen from everywhere.
            "pub struct A;\nimpl std::ops::Mul<A> for String {}\nfn main() {}",
            "pub struct A;\nimpl PartialEq<A> for &str {}\nfn main() {}",
            "pub struct A;\nimpl AsRef<A> for Box<A> {}\nfn main() {}",
            "pub struct A;\nfn main() { impl std::ops::Mul<A> for String {} }",
            "type A = String; struct B;\nimpl std::ops::Mul<B> for A {}\nfn main() {}",
            "struct A;\nimpl std::ops::Mul<A> for self::A {}\nfn main() {}",
            "macro_rules! m { ($($a:tt)*) => { $($a)* } }\nm!(impl std::ops::Mul<A> for String {});\nfn main() {}",
            "no Rust",
        ] {
            assert!(!is_program(text), "{text}");
        }
    }

    #[test]
    fn a_library_has_modules_of_its_own() {
        assert!(is_of_library("mod a;\npub(crate) fn f() {}\nmod b { use super::a; }"));
        assert!(is_of_library(
            "pub fn f() {}\n#[cfg(test)]\nmod tests { use super::*; #[test] fn t() { f() } }"
        ));
        for text in [
            "mod bin { mod server; }",
            "mod main;",
            "#[path = \"bin/a.rs\"] mod a;",
            "#[cfg(any())] mod a;",
            "#[macro_export] macro_rules! m { () => {} }",
            "#[unsafe(no_mangle)] pub fn write() {}",
            "pub struct A;\nimpl std::ops::Mul<A> for String {}",
            "pub const A: Option<&str> = option_env!(\"A\");",
        ] {
            assert!(!is_of_library(text), "{text}");
        }
    }
}
