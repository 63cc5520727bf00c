//! `checker` proves network programs by being the other end of their sockets.
pub mod record;
pub mod scenario;
pub mod verdict;
