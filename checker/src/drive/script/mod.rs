//! The steps of a scenario, one after another.

mod binding;
mod blob;
mod connect;
mod datagram;
mod exit;
mod expect;
mod files;
mod interpreter;
mod kernel_view;
mod limits;
mod observe;
mod processes;
mod programs;
mod relay;
mod send;
mod signals;
mod values;

pub use interpreter::drive;
