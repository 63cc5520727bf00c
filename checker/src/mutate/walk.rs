//! Walks a syntax tree, and shows each node to those who know what can be changed in it.

use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Expr, Macro, Token};

use super::edit::Edits;
use super::{bodies, branches, calls, literals, operators, statements};

pub(super) struct Walk<'s> {
    pub edits: Edits<'s>,
}

impl<'a> Visit<'a> for Walk<'_> {
    fn visit_item_fn(&mut self, item: &'a syn::ItemFn) {
        self.edits.enter(item.sig.ident.to_string());
        bodies::body(&mut self.edits, &item.sig, &item.block);
        visit::visit_item_fn(self, item);
        self.edits.leave();
    }

    fn visit_impl_item_fn(&mut self, item: &'a syn::ImplItemFn) {
        self.edits.enter(item.sig.ident.to_string());
        bodies::body(&mut self.edits, &item.sig, &item.block);
        visit::visit_impl_item_fn(self, item);
        self.edits.leave();
    }

    fn visit_item_impl(&mut self, item: &'a syn::ItemImpl) {
        self.edits.enter(self.edits.text(&item.self_ty));
        visit::visit_item_impl(self, item);
        self.edits.leave();
    }

    fn visit_item_const(&mut self, item: &'a syn::ItemConst) {
        self.edits.enter(item.ident.to_string());
        visit::visit_item_const(self, item);
        self.edits.leave();
    }

    fn visit_block(&mut self, block: &'a syn::Block) {
        statements::block(&mut self.edits, block);
        visit::visit_block(self, block);
    }

    fn visit_expr_binary(&mut self, expr: &'a syn::ExprBinary) {
        operators::binary(&mut self.edits, expr);
        visit::visit_expr_binary(self, expr);
    }

    fn visit_expr_unary(&mut self, expr: &'a syn::ExprUnary) {
        operators::unary(&mut self.edits, expr);
        visit::visit_expr_unary(self, expr);
    }

    fn visit_expr_if(&mut self, expr: &'a syn::ExprIf) {
        branches::condition(&mut self.edits, &expr.cond);
        visit::visit_expr_if(self, expr);
    }

    fn visit_expr_while(&mut self, expr: &'a syn::ExprWhile) {
        branches::condition(&mut self.edits, &expr.cond);
        visit::visit_expr_while(self, expr);
    }

    fn visit_expr_match(&mut self, expr: &'a syn::ExprMatch) {
        branches::arms(&mut self.edits, expr);
        visit::visit_expr_match(self, expr);
    }

    fn visit_expr_break(&mut self, expr: &'a syn::ExprBreak) {
        branches::leave_loop(&mut self.edits, expr);
        visit::visit_expr_break(self, expr);
    }

    fn visit_expr_continue(&mut self, expr: &'a syn::ExprContinue) {
        branches::go_on(&mut self.edits, expr);
    }

    fn visit_expr_method_call(&mut self, expr: &'a syn::ExprMethodCall) {
        calls::method(&mut self.edits, expr);
        visit::visit_expr_method_call(self, expr);
    }

    fn visit_expr_path(&mut self, expr: &'a syn::ExprPath) {
        literals::exit_code(&mut self.edits, expr);
    }

    fn visit_lit(&mut self, lit: &'a syn::Lit) {
        literals::literal(&mut self.edits, lit);
    }

    fn visit_macro(&mut self, called: &'a Macro) {
        // What stands in a macro's brackets is anything; where it reads like arguments, it is walked like them.
        for argument in arguments(called) {
            // Its tree lives no longer than this loop, and the edits keep nothing of it.
            let mut inner = Walk { edits: std::mem::replace(&mut self.edits, Edits::new("")) };
            inner.visit_expr(&argument);
            self.edits = inner.edits;
        }
    }

    // Nothing in a type or an attribute can be changed so that something other than the compiler would notice.
    fn visit_type(&mut self, _: &'a syn::Type) {}

    fn visit_attribute(&mut self, _: &'a syn::Attribute) {}
}

/// `a, b, c` or `a; b`; nothing where it is neither.
fn arguments(called: &Macro) -> Vec<Expr> {
    let list = |input: ParseStream| Punctuated::<Expr, Token![,]>::parse_terminated(input);
    let repeated = |input: ParseStream| Punctuated::<Expr, Token![;]>::parse_terminated(input);
    let tokens = || called.tokens.clone();
    let read = list.parse2(tokens()).map(|found| found.into_iter().collect());
    read.or_else(|_| repeated.parse2(tokens()).map(|found| found.into_iter().collect())).unwrap_or_default()
}
