//! The report as one HTML file that needs no network.

mod frame;
mod places;
mod table;
mod text;

pub use frame::page;
