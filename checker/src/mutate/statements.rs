//! Statements that are forgotten, and errors that nobody looks at.

use syn::{Block, Expr, Pat, Stmt};

use super::edit::Edits;

pub(super) fn block(edits: &mut Edits, block: &Block) {
    let last = block.stmts.len().saturating_sub(1);
    for (at, statement) in block.stmts.iter().enumerate() {
        match statement {
            // A way out that is not taken is what a changed condition shows.
            Stmt::Expr(Expr::Return(_) | Expr::Break(_) | Expr::Continue(_), _) => {}
            Stmt::Expr(Expr::Try(tried), Some(_)) => {
                edits.remove(statement);
                let swallowed = format!("let _ = {};", edits.text(&tried.expr));
                edits.replace(statement, swallowed);
            }
            Stmt::Expr(_, Some(_)) | Stmt::Macro(_) => edits.remove(statement),
            // At the end of a block it may be its value.
            Stmt::Expr(
                Expr::If(_) | Expr::Match(_) | Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_),
                None,
            ) if at < last => {
                edits.remove(statement);
            }
            // A binding that nobody reads is there for what making it does.
            Stmt::Local(local) if is_unread(&local.pat) => edits.remove(statement),
            _ => {}
        }
    }
}

fn is_unread(pattern: &Pat) -> bool {
    match pattern {
        Pat::Wild(_) => true,
        Pat::Ident(name) => name.ident.to_string().starts_with('_'),
        _ => false,
    }
}
