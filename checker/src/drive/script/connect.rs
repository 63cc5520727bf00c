//! `listen`, `accept`, `connect`: TCP connections come to be.

use std::str::from_utf8;
use std::time::Duration;

use nix::errno::Errno;
use regex_lite::Regex;

use super::interpreter::{Halt, Script};
use crate::drive::kernel::rest;
use crate::drive::part::Part;
use crate::drive::part::conn::{Conn, Connecting, Progress};
use crate::drive::part::listener::Listener;
use crate::drive::wait::{By, Look, Until};
use crate::drive::world::World;
use crate::record::bytes::Excerpt;
use crate::record::fact::{Fact, Unclaimed};
use crate::record::transcript::Happening;
use crate::scenario::matcher::{self, Match};
use crate::scenario::template::{Piece, Template};

/// A SYN that finds the listen queue full is dropped, and sent again after 1 s and after 3 s.
const SYN_PATIENCE: Duration = Duration::from_secs(4);

pub fn listen(script: &mut Script, part: &str, at: &Template) -> Result<(), Halt> {
    let at = script.addr(at)?;
    let listener =
        Listener::bind(at).map_err(|error| format!("the checker can't listen on {at}: {error}"))?;
    let slot = script.world.add(script.label(part), Part::Listener(listener));
    script.names.bind(part, slot);
    script.world.note(slot, Happening::Opened { at });
    Ok(())
}

pub fn connect(
    script: &mut Script,
    part: &str,
    to: &Template,
    each: Option<u32>,
    or_refused: bool,
) -> Result<(), Halt> {
    let Some(each) = each else {
        let label = script.label(part);
        let slot = connect_one(script, label, to, or_refused)?;
        script.names.bind(part, slot);
        return Ok(());
    };
    let members = (0..each).map(|n| connect_one(script, format!("{part}#{n}"), to, or_refused));
    let slots = members.collect::<Result<_, _>>()?;
    script.names.bind_group(part, slots);
    Ok(())
}

fn connect_one(script: &mut Script, label: String, to: &Template, or_refused: bool) -> Result<usize, Halt> {
    let to = script.addr(to)?;
    let patience = script.deadline().max(SYN_PATIENCE);
    let not_connected = |part, refused| Halt::unmet(Fact::NotConnected { part, to, refused });
    let answer = match Connecting::start(to) {
        // Over loopback the refusal may be there before the call returns.
        Err(errno) => Some(Progress::Refused(errno)),
        Ok(mut connecting) => script.wait_for(patience, Until::Deadline, By::Asking, |_| {
            Ok(match connecting.look()? {
                Progress::Pending => Look::Pending,
                answer => Look::Done(answer),
            })
        })?,
    };
    match answer {
        Some(Progress::Established(conn)) => {
            let (local, remote) = (conn.local, conn.remote);
            let slot = script.world.add(label, Part::Conn(conn));
            script.world.note(slot, Happening::Connected { local, remote });
            Ok(slot)
        }
        Some(Progress::Refused(Errno::ECONNREFUSED | Errno::ECONNRESET)) if or_refused => {
            let slot = script.world.add(label, Part::Conn(Box::new(Conn::refused(to))));
            script.world.note(slot, Happening::Note("nobody listens".into()));
            Ok(slot)
        }
        Some(Progress::Refused(Errno::ECONNREFUSED | Errno::ECONNRESET)) => Err(not_connected(label, true)),
        Some(Progress::Refused(errno)) if errno != Errno::ETIMEDOUT => {
            Err(Halt::Fault(format!("connecting to {to}: {}", errno.desc())))
        }
        _ => Err(not_connected(label, false)),
    }
}

pub fn accept(script: &mut Script, part: &str, on: &str, first: Option<&Template>) -> Result<(), Halt> {
    let listener = script.slot(on)?;
    let pattern = first.map(|first| pattern(script, first)).transpose()?;
    let found = script.wait(By::Events, |world| {
        let claimed = unclaimed(world, listener).find_map(|(slot, conn)| match &pattern {
            None => Some((slot, 0)),
            Some(pattern) => match matcher::pattern(pattern, conn.input.unread()) {
                Match::Met(n) => Some((slot, n)),
                _ => None,
            },
        });
        Ok(match claimed {
            Some(claimed) => Look::Done(claimed),
            None if is_over(world) => Look::Hopeless,
            None => Look::Pending,
        })
    })?;
    let Some((slot, taken)) = found else {
        let Part::Listener(Listener { at, .. }) = script.world.slots[listener].part else {
            return Err(Halt::Fault(format!("`{on}` is no listener")));
        };
        let unclaimed = who_came(&script.world, listener);
        let first = first.map(|first| regex_text(script, first)).transpose()?;
        return Err(Halt::unmet(Fact::NotAccepted { part: part.into(), at, first, unclaimed }));
    };
    let label = script.label(part);
    let old = std::mem::replace(&mut script.world.slots[slot].label, label.clone());
    rename(&mut script.world, &old, &label);
    script.names.bind(part, slot);
    let Part::Conn(conn) = &mut script.world.slots[slot].part else { return Ok(()) };
    conn.unclaimed_at = None;
    let line = conn.input.unread()[..taken].to_vec();
    conn.input.consume(taken);
    if let Some(pattern) = pattern {
        catch_groups(script, slot, &pattern, &line);
    }
    Ok(())
}

/// Before it was claimed, the connection had no name of its own in the record.
fn rename(world: &mut World, old: &str, new: &str) {
    for entry in world.transcript.entries.iter_mut().filter(|entry| entry.part == old) {
        new.clone_into(&mut entry.part);
    }
}

fn unclaimed(world: &World, listener: usize) -> impl Iterator<Item = (usize, &Conn)> {
    world.slots.iter().enumerate().filter_map(move |(slot, s)| match &s.part {
        Part::Conn(conn) if conn.unclaimed_at == Some(listener) => Some((slot, &**conn)),
        _ => None,
    })
}

/// The connections at a listener that no step has claimed.
pub fn who_came(world: &World, listener: usize) -> Vec<Unclaimed> {
    unclaimed(world, listener)
        .map(|(_, conn)| Unclaimed { from: conn.remote, said: Excerpt::head(conn.input.unread()) })
        .collect()
}

/// Whether no program could do anything any more.
pub fn all_gone(world: &World) -> bool {
    world.programs().all(|(_, program)| program.gone) && world.programs().next().is_some()
}

/// The same, and nothing that they have sent is still on its way.
pub fn is_over(world: &World) -> bool {
    all_gone(world) && !rest::packets_wait()
}

/// A `first` or `matches` with its variables, which stand for themselves in it.
pub fn pattern(script: &Script, template: &Template) -> Result<Regex, Halt> {
    let text = regex_text(script, template)?;
    matcher::anchored(&text).map_err(|error| Halt::Fault(format!("the expression `{text}`: {error}")))
}

pub fn regex_text(script: &Script, template: &Template) -> Result<String, Halt> {
    let mut out = String::new();
    for piece in &template.0 {
        match piece {
            Piece::Literal(text) => out.push_str(text),
            piece => out.push_str(&regex_lite::escape(&script.text(&Template(vec![piece.clone()]))?)),
        }
    }
    Ok(out)
}

pub fn catch_groups(script: &mut Script, slot: usize, pattern: &Regex, line: &[u8]) {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let Some(caught) = from_utf8(line).ok().and_then(|line| pattern.captures(line)) else { return };
    for name in pattern.capture_names().flatten() {
        if let Some(found) = caught.name(name) {
            script.names.catch(slot, name, found.as_str().as_bytes().to_vec());
        }
    }
}
