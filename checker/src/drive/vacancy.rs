//! A sandbox after its scenario: as new for another one, or given up.

use std::thread;
use std::time::Duration;

use super::kernel::sock_diag::SockDiag;
use super::kernel::{proc, rest, sockstat};
use super::world::{Left, World};
use crate::sandbox::EmptySandbox;

/// In KiB: the kernel counts what a runner has resident towards a program's peak, so that of less nothing is known for
/// certain. One that has had more, where some 8 MiB are usual, drives nothing more.
const MOST_RESIDENT_KIB: u64 = 12 * 1024;

/// In seconds: what is left of a scenario is taken away in a few milliseconds.
const PATIENCE_S: u32 = 60;

/// How often the loopback's queues are looked at, and what lies between.
const LOOKS: u32 = 20;
const PAUSE: Duration = Duration::from_micros(100);

/// The sandbox without the scenario that was run in it. None where something may be left of that, or can't be taken
/// away.
pub fn vacate(world: World) -> Option<EmptySandbox> {
    // The end of a runner that hangs by a fault of its own; another job sets another one.
    nix::unistd::alarm::set(PATIENCE_S);
    let Left { sandbox, programs, connections } = world.leave();
    // A datagram that was sent and has not arrived would come to the next scenario's socket.
    if proc::peak_kib(std::process::id()) > MOST_RESIDENT_KIB || !all_has_arrived() {
        return None;
    }
    if !sockstat::is_vacant().ok()? {
        // Who closes first keeps a connection's ports for a minute.
        let diag = SockDiag::open().ok()?;
        for (ours, theirs) in connections {
            let _ = diag.destroy(ours, theirs).ok()? || diag.destroy(theirs, ours).ok()?;
        }
        if !sockstat::is_vacant().ok()? {
            return None;
        }
    }
    sandbox.vacate(programs).ok()?
}

/// Whether the loopback's queues were empty at one moment of these few, with nobody left who sends.
fn all_has_arrived() -> bool {
    (0..LOOKS).any(|look| {
        if look > 0 {
            // They are other scenarios' queues too: no event tells that they are empty.
            thread::sleep(PAUSE);
        }
        !rest::packets_wait()
    })
}
