//! `relay`: a recorder between two student programs.

use super::interpreter::{Halt, Script};
use crate::drive::part::Part;
use crate::drive::part::relay::Relay;
use crate::record::transcript::Happening;
use crate::scenario::template::Template;

pub fn relay(
    script: &mut Script,
    part: &str,
    at: &Template,
    to: &Template,
    bytewise: bool,
) -> Result<(), Halt> {
    let (at, to) = (script.addr(at)?, script.addr(to)?);
    let relay = Relay::bind(at, to, bytewise)
        .map_err(|error| format!("the checker can't listen on {at}: {error}"))?;
    let slot = script.world.add(script.label(part), Part::Relay(Box::new(relay)));
    script.names.bind(part, slot);
    script.world.note(slot, Happening::Opened { at });
    Ok(())
}
