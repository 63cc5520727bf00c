//! Questions to the kernel: which sockets there are, who holds them, who waits for a processor.

pub mod proc;
pub mod sock_diag;
