//! `checker` proves network programs by being the other end of their sockets.
pub mod build;
pub mod cli;
pub mod course;
pub mod drive;
pub mod event;
pub mod plan;
pub mod progress;
pub mod record;
pub mod report;
pub mod run;
pub mod sandbox;
pub mod scenario;
pub mod verdict;
