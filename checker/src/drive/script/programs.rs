//! `start`.

use std::collections::HashSet;
use std::ffi::OsString;
use std::io;
use std::net::SocketAddr;
use std::os::unix::ffi::OsStringExt;

use super::interpreter::{Halt, Script};
use crate::drive::kernel::proc;
use crate::drive::kernel::sock_diag::SocketInfo;
use crate::drive::part::Part;
use crate::drive::part::program::Program;
use crate::drive::wait::{By, Look};
use crate::drive::world::World;
use crate::record::fact::{Fact, Protocol};
use crate::record::transcript::Happening;
use crate::scenario::step::{Ready, Transport};
use crate::scenario::template::Template;

pub fn start(
    script: &mut Script,
    part: &str,
    program: &str,
    args: &[Template],
    ready: Option<&Ready>,
    memory_mib: Option<u32>,
) -> Result<(), Halt> {
    let args: Vec<Vec<u8>> = args.iter().map(|arg| script.bytes(arg)).collect::<Result<_, _>>()?;
    let shown = args.iter().map(|arg| String::from_utf8_lossy(arg).into_owned()).collect();
    let args: Vec<OsString> = args.into_iter().map(OsString::from_vec).collect();
    script.world.reuse();
    let process =
        script.world.sandbox.spawn(program, &args).map_err(|error| Halt::Fault(error.to_string()))?;
    let program = Program::new(process, program, memory_mib, script.world.limits.output_kib);
    let pid = program.pid;
    let label = script.label(part);
    let slot = script.world.add(label, Part::Program(Box::new(program)));
    script.names.bind(part, slot);
    script.world.note(slot, Happening::Started { pid, args: shown });
    match ready {
        Some(ready) => {
            let at = script.addr(&ready.at)?;
            until_ready(script, slot, ready, at)
        }
        None => Ok(()),
    }
}

/// Which addresses the program has, instead of, or beside, the one that it should have.
enum Found {
    Right,
    Others(Vec<SocketAddr>),
    Ended,
}

/// So many looks go to the wanted address alone; only then are all sockets gone through for others.
const HASTY: u32 = 8;

fn until_ready(script: &mut Script, slot: usize, ready: &Ready, want: SocketAddr) -> Result<(), Halt> {
    let transport = ready.transport;
    let mut last = Vec::new();
    let mut looks = 0;
    let found = script.wait(By::Asking, |world| {
        looks += 1;
        let ended = matches!(&world.slots[slot].part, Part::Program(program) if program.exit.is_some());
        if looks < HASTY && !ended && world.diag.serving(protocol(transport), want)?.is_none() {
            return Ok(Look::Pending);
        }
        let own = own_sockets(world, slot, transport)?;
        if own.contains(&want) && own.len() == 1 {
            return Ok(Look::Done(Found::Right));
        }
        // A listener elsewhere is a fact at once; a further UDP socket may serve another purpose.
        if !own.is_empty() && (transport == Transport::Tcp || own.iter().any(|a| is_other_name_of(*a, want)))
        {
            return Ok(Look::Done(Found::Others(own)));
        }
        if transport == Transport::Udp && own.contains(&want) {
            return Ok(Look::Done(Found::Right));
        }
        last = own;
        Ok(if ended { Look::Done(Found::Ended) } else { Look::Pending })
    })?;
    let part = script.world.slots[slot].label.clone();
    let protocol = protocol(transport);
    match found {
        Some(Found::Right) => {
            script.world.note(slot, Happening::Ready { at: want });
            Ok(())
        }
        Some(Found::Ended) if ready.or_ended => Ok(()),
        Some(Found::Ended) => Err(Halt::unmet(Fact::Ended { part })),
        Some(Found::Others(found)) => Err(Halt::unmet(Fact::NotReady { part, protocol, want, found })),
        None => Err(Halt::unmet(Fact::NotReady { part, protocol, want, found: last })),
    }
}

fn protocol(transport: Transport) -> Protocol {
    match transport {
        Transport::Tcp => Protocol::Tcp,
        Transport::Udp => Protocol::Udp,
    }
}

/// The same port on another address: also a wildcard address, which is not "exactly it".
fn is_other_name_of(found: SocketAddr, want: SocketAddr) -> bool {
    found != want && found.port() == want.port()
}

/// The listening, or bound, addresses of a program's processes.
fn own_sockets(world: &World, slot: usize, transport: Transport) -> io::Result<Vec<SocketAddr>> {
    let candidates: Vec<SocketInfo> = match transport {
        Transport::Tcp => world.diag.listeners()?,
        Transport::Udp => world.diag.udp()?,
    };
    let Part::Program(program) = &world.slots[slot].part else { return Ok(Vec::new()) };
    if candidates.is_empty() {
        return Ok(Vec::new());
    }
    let held: HashSet<u32> =
        program.process.members().iter().flat_map(|process| proc::socket_inodes(process.pid)).collect();
    let own = candidates.into_iter().filter(|socket| held.contains(&socket.inode));
    // An IPv6 socket that is bound to an IPv4 address in IPv6's notation serves just that address.
    let address = |socket: SocketInfo| SocketAddr::new(socket.local.ip().to_canonical(), socket.local.port());
    let mut own: Vec<SocketAddr> = own.map(address).collect();
    // Several sockets may serve one address together (`SO_REUSEPORT` of socket(7)).
    own.sort_unstable();
    own.dedup();
    Ok(own)
}
