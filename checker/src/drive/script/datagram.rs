//! UDP peers: `bind`, `send`, `expect`.

use std::net::SocketAddr;
use std::time::Duration;

use super::connect::is_over;
use super::interpreter::{Halt, Script};
use crate::drive::part::Part;
use crate::drive::part::udp::Udp;
use crate::drive::wait::{By, Look, Until};
use crate::drive::world::World;
use crate::record::bytes::Excerpt;
use crate::record::fact::{Fact, Want};
use crate::record::transcript::{Happening, Preview};
use crate::scenario::step::{Data, Expected};
use crate::scenario::template::Template;

/// A queue that holds so much is given time to shrink: the kernel drops, without a word, what it has no
/// room for (212,992 bytes by default, with its own overhead; that is 256 small datagrams).
const CROWDED: u32 = 64 * 1024;

pub fn bind(script: &mut Script, part: &str, at: Option<&Template>, each: Option<u32>) -> Result<(), Halt> {
    let at = match at {
        Some(at) => script.addr(at)?,
        None => {
            // Any port, on the address family that the scenario is about.
            let addr = script.values.addrs.get("addr").copied();
            SocketAddr::new(addr.ok_or("no `addr`".to_owned())?.ip(), 0)
        }
    };
    let one = |script: &mut Script, label: String| {
        let udp = Udp::bind(at).map_err(|error| format!("the checker can't bind {at}: {error}"))?;
        let at = udp.local;
        let slot = script.world.add(label, Part::Udp(udp));
        script.world.note(slot, Happening::Opened { at });
        Ok::<usize, Halt>(slot)
    };
    match each {
        None => {
            let label = script.label(part);
            let slot = one(script, label)?;
            script.names.bind(part, slot);
        }
        Some(each) => {
            let slots =
                (0..each).map(|n| one(script, format!("{part}#{n}"))).collect::<Result<Vec<_>, Halt>>()?;
            script.names.bind_group(part, slots);
        }
    }
    Ok(())
}

pub fn send(
    script: &mut Script,
    slot: usize,
    data: &Data,
    address: &Template,
    until_read: bool,
) -> Result<(), Halt> {
    let to = script.addr(address)?;
    let bytes = script.values.data(data, &script.world, &script.names)?;
    let bytes = bytes.ok_or_else(|| "a datagram can't be a blob".to_owned())?;
    let Part::Udp(Udp { local: from, .. }) = &script.world.slots[slot].part else {
        return Err(Halt::Fault("only UDP peers send datagrams".into()));
    };
    let from = *from;
    let room = script.wait(By::Asking, |world| {
        Ok(if unread(world, to, from)? < CROWDED { Look::Done(()) } else { Look::Pending })
    })?;
    if room.is_none() {
        return Err(not_read(script, slot, &bytes));
    }
    let Part::Udp(Udp { socket: Some(socket), .. }) = &script.world.slots[slot].part else {
        return Err(Halt::Fault("a closed peer can't send".into()));
    };
    let sent = socket.send_to(&bytes, to);
    script.world.note(slot, Happening::Sent(Preview::of(&bytes)));
    sent.map_err(|error| format!("sending {} bytes to {to}: {error}", bytes.len()))?;
    if until_read {
        let read = script.wait(By::Asking, |world| {
            Ok(if unread(world, to, from)? == 0 { Look::Done(()) } else { Look::Pending })
        })?;
        if read.is_none() {
            return Err(not_read(script, slot, &bytes));
        }
    }
    Ok(())
}

/// Room that datagrams take up in the kernel, of the socket at `at` to which those from `from` come, until the
/// program takes them.
fn unread(world: &World, at: SocketAddr, from: SocketAddr) -> std::io::Result<u32> {
    Ok(world.diag.receiver(at, from)?.map_or(0, |socket| socket.unread))
}

fn not_read(script: &Script, slot: usize, bytes: &[u8]) -> Halt {
    let (part, len) = (script.world.slots[slot].label.clone(), bytes.len() as u64);
    Halt::unmet(Fact::NotRead { part, sent: len, of: len, unread: len })
}

pub fn expect(script: &mut Script, slot: usize, what: &Expected) -> Result<(), Halt> {
    let label = script.world.slots[slot].label.clone();
    match what {
        Expected::NothingMs(ms) => match next(script, slot, Duration::from_millis(*ms), Until::Standstill)? {
            None => Ok(()),
            got => Err(Halt::unmet(Fact::Datagram {
                part: label,
                want: Want::Nothing { ms: *ms },
                got: shown(got, 0),
            })),
        },
        Expected::Datagram { payload, from } => {
            let (payload, from) = (script.bytes(payload)?, script.addr(from)?);
            let got = next(script, slot, script.deadline(), Until::LongStandstill)?;
            // A peer that stands at the address itself is the server: its clients come from any port.
            let from = match (&script.world.slots[slot].part, &got) {
                (Part::Udp(udp), Some((sender, _))) if udp.local == from => *sender,
                _ => from,
            };
            if got.as_ref().is_some_and(|got| *got == (from, payload.clone())) {
                return Ok(());
            }
            if got.is_none()
                && let Some(arrived_at) = elsewhere(script, slot, &payload)
            {
                let payload = Excerpt::head(&payload);
                return Err(Halt::unmet(Fact::Misdirected { part: label, arrived_at, payload }));
            }
            let same = |got: &[u8]| payload.iter().zip(got).take_while(|(a, b)| a == b).count();
            let differs = got.as_ref().map_or(0, |(_, bytes)| same(bytes));
            let want = Want::Datagram { payload: Excerpt::pair(&payload, &[], differs).0, from };
            Err(Halt::unmet(Fact::Datagram { part: label, want, got: shown(got, differs) }))
        }
        _ => Err(Halt::Fault(format!("`{label}` is a UDP peer: it gets datagrams"))),
    }
}

fn shown(got: Option<(SocketAddr, Vec<u8>)>, differs: usize) -> Option<(SocketAddr, Excerpt)> {
    got.map(|(from, bytes)| (from, Excerpt::pair(&[], &bytes, differs).1))
}

fn next(
    script: &mut Script,
    slot: usize,
    budget: Duration,
    until: Until,
) -> Result<Option<(SocketAddr, Vec<u8>)>, Halt> {
    script.wait_for(budget, until, By::Events, |world| {
        let Part::Udp(udp) = &mut world.slots[slot].part else { return Ok(Look::Hopeless) };
        Ok(match udp.received.pop_front() {
            Some(datagram) => Look::Done(datagram),
            // After the end of all programs nothing can come; whoever wants nothing may stop early too.
            None if is_over(world) => Look::Hopeless,
            None => Look::Pending,
        })
    })
}

/// The other peer of the checker at which a payload has arrived.
fn elsewhere(script: &Script, slot: usize, payload: &[u8]) -> Option<String> {
    script.world.slots.iter().enumerate().find_map(|(at, other)| match &other.part {
        Part::Udp(udp) if at != slot && udp.received.iter().any(|(_, bytes)| bytes == payload) => {
            Some(other.label.clone())
        }
        _ => None,
    })
}
