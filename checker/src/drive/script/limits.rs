//! Which limit a program went over, and how that is told.

use crate::drive::part::Part;
use crate::drive::world::World;
use crate::record::fact::{Fact, Limit};

/// The first program that is over a limit.
pub fn over_limit(world: &World) -> Option<Fact> {
    world.slots.iter().find_map(|slot| {
        let Part::Program(program) = &slot.part else { return None };
        let (which, detail) = match (program.limit, program.broken_promise()) {
            (_, Some(promise)) => (Limit::Memory, peak_detail(program.peak_kib, promise)),
            (Some(which), None) => (which, limit_detail(which, world)),
            (None, None) => return None,
        };
        Some(Fact::Limit { part: slot.label.clone(), which, detail })
    })
}

fn limit_detail(which: Limit, world: &World) -> String {
    let limits = &world.limits;
    match which {
        Limit::Memory => format!("more than {} MiB of memory", limits.memory_mib),
        Limit::Processes => format!("{} processes and threads", limits.processes),
        Limit::Output => format!("more than {} KiB printed", limits.output_kib),
        Limit::Files => "more room for files than it was given".into(),
        Limit::Cpu => format!("more than {} s of processor time", limits.cpu_s),
    }
}

/// How a broken promise of flat memory is told.
fn peak_detail(peak_kib: u64, promise_mib: u32) -> String {
    format!(
        "{} MiB of resident memory at its peak, where at most {promise_mib} MiB are allowed",
        peak_kib.div_ceil(1024)
    )
}
