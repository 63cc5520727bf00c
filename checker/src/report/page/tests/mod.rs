//! The whole page, from made-up classes.

mod escaping;
mod markup;
mod sample;
pub(super) mod small;
mod whole;
