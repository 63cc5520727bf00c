//! One operator in the place of another.

use syn::{BinOp, Expr, ExprBinary, ExprUnary, UnOp};

use super::edit::{Edits, short};

pub(super) fn binary(edits: &mut Edits, expr: &ExprBinary) {
    // `let` can stand in a chain of `&&` alone.
    if matches!(&*expr.left, Expr::Let(_)) || matches!(&*expr.right, Expr::Let(_)) {
        return;
    }
    for other in others(&expr.op) {
        let (left, right) = (edits.text(&expr.left), edits.text(&expr.right));
        let (old, new) = (edits.text(expr), format!("{left} {other} {right}"));
        let what = format!("replace `{}` with `{other}` in `{}`", edits.text(&expr.op), short(old));
        edits.change(expr, new, &what);
    }
}

fn others(op: &BinOp) -> &'static [&'static str] {
    match op {
        BinOp::Add(_) => &["-", "*"],
        BinOp::Sub(_) => &["+"],
        BinOp::Mul(_) => &["+", "/"],
        BinOp::Div(_) => &["*"],
        BinOp::Rem(_) => &["/"],
        BinOp::And(_) => &["||"],
        BinOp::Or(_) => &["&&"],
        BinOp::BitAnd(_) => &["|"],
        BinOp::BitOr(_) | BinOp::BitXor(_) => &["&"],
        BinOp::Shl(_) => &[">>"],
        BinOp::Shr(_) => &["<<"],
        BinOp::Eq(_) => &["!="],
        BinOp::Ne(_) => &["=="],
        BinOp::Lt(_) => &["<=", ">="],
        BinOp::Le(_) => &["<", ">"],
        BinOp::Gt(_) => &[">=", "<="],
        BinOp::Ge(_) => &[">", "<"],
        BinOp::AddAssign(_) => &["-=", "="],
        BinOp::SubAssign(_) => &["+=", "="],
        _ => &[],
    }
}

pub(super) fn unary(edits: &mut Edits, expr: &ExprUnary) {
    if let UnOp::Not(_) | UnOp::Neg(_) = expr.op {
        let bare = edits.text(&expr.expr);
        edits.replace(expr, bare);
    }
}
