//! The one loop: builds what a plan names, drives it, judges it, and tells of it in events. Never prints.

pub mod cancel;
mod drivers;
pub mod executor;
mod headstart;
mod later;
pub mod means;
mod order;
pub mod over;
mod places;
pub mod portions;
mod queue;
pub mod recipes;
mod spare;
mod standing;
pub mod together;
pub mod trial;
mod turns;
mod unrun;
