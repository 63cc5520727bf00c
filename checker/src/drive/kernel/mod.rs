//! Questions to the kernel: which sockets there are, who holds them, who waits for a processor, and who
//! waits for an event.

pub mod proc;
pub mod rest;
pub mod sock_diag;
pub mod sockstat;
pub mod threads;
