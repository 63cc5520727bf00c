//! Decisions that are always taken, or never; arms that are missing; loops that are left instead of gone on with.

use syn::{BinOp, Expr, ExprBreak, ExprContinue, ExprMatch, Pat};

use super::edit::Edits;

/// The condition of an `if` or a `while`. Of a chain with a `let` in it, what stands beside the `let`.
pub(super) fn condition(edits: &mut Edits, condition: &Expr) {
    let mut parts = Vec::new();
    links(condition, &mut parts);
    if parts.iter().any(|part| matches!(part, Expr::Let(_))) {
        parts.iter().filter(|part| !matches!(part, Expr::Let(_))).for_each(|part| decided(edits, part));
    } else {
        decided(edits, condition);
    }
}

fn links<'a>(condition: &'a Expr, parts: &mut Vec<&'a Expr>) {
    match condition {
        Expr::Binary(binary) if matches!(binary.op, BinOp::And(_)) => {
            links(&binary.left, parts);
            links(&binary.right, parts);
        }
        other => parts.push(other),
    }
}

fn decided(edits: &mut Edits, condition: &Expr) {
    edits.replace(condition, "true");
    edits.replace(condition, "false");
}

pub(super) fn arms(edits: &mut Edits, expr: &ExprMatch) {
    for arm in &expr.arms {
        if expr.arms.len() > 1 {
            edits.remove(arm);
        }
        if let Pat::Guard(guarded) = &arm.pat {
            decided(edits, &guarded.guard);
        }
    }
}

pub(super) fn leave_loop(edits: &mut Edits, expr: &ExprBreak) {
    if expr.expr.is_none() {
        edits.replace(expr, "continue");
    }
}

pub(super) fn go_on(edits: &mut Edits, expr: &ExprContinue) {
    edits.replace(expr, "break");
}
