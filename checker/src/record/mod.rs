//! What was observed while a scenario ran: plain, serialisable facts without blame. A leaf.

pub mod bytes;
pub mod fact;
pub mod finding;
pub mod observation;
pub mod transcript;
