//! The parts of a scenario: everything that a step can name, each with its own buffers, so that all
//! are read in the background and nothing deadlocks.

pub mod buffer;
pub mod conn;
pub mod listener;
pub mod program;
pub mod relay;
pub mod udp;

use std::time::Instant;

use listener::Listener;
use program::Program;
use relay::Relay;
use udp::Udp;

/// Anything that a step can name, but for groups.
#[derive(Debug)]
pub enum Part {
    Program(Box<Program>),
    Listener(Listener),
    Conn(Box<conn::Conn>),
    Udp(Udp),
    Relay(Box<Relay>),
}

impl Part {
    /// When it has to be looked at again, whether or not an event tells of something there.
    pub fn due(&self) -> Option<Instant> {
        match self {
            Part::Program(program) => program.stderr.due(),
            Part::Relay(relay) => relay.due(),
            Part::Listener(_) | Part::Conn(_) | Part::Udp(_) => None,
        }
    }
}
