//! `send`, `close`, `hold`, `release`.

use super::interpreter::{Halt, Script};
use super::{connect, datagram};
use crate::drive::part::Part;
use crate::drive::part::program::Program;
use crate::drive::wait::{By, Look};
use crate::drive::world::World;
use crate::record::fact::Fact;
use crate::record::transcript::{Happening, Preview};
use crate::scenario::cut;
use crate::scenario::step::{Channel, Cut, Data, How, PartRef};
use crate::scenario::template::Template;

pub fn send(
    script: &mut Script,
    to: &PartRef,
    data: &Data,
    address: &Template,
    cut: &Cut,
    until_read: bool,
) -> Result<(), Halt> {
    for slot in script.names.all(&to.part) {
        match (&script.world.slots[slot].part, to.channel) {
            (Part::Udp(_), None) => datagram::send(script, slot, data, address, until_read)?,
            (Part::Conn(_), None) | (Part::Program(_), Some(Channel::Stdin)) => {
                stream(script, slot, data, cut, until_read)?;
            }
            _ => return Err(Halt::Fault(format!("nothing can be sent to `{to}`"))),
        }
    }
    Ok(())
}

fn stream(script: &mut Script, slot: usize, data: &Data, how: &Cut, until_read: bool) -> Result<(), Halt> {
    let Some(bytes) = script.values.data(data, &script.world, &script.names)? else {
        return blob(script, slot, data, until_read);
    };
    let total = bytes.len() as u64;
    let pieces = cut::pieces(&bytes, how);
    let last = pieces.len().saturating_sub(1);
    let mut sent = 0;
    for (index, piece) in pieces.into_iter().enumerate() {
        sent += piece.len() as u64;
        script.world.note(slot, Happening::Sent(Preview::of(piece)));
        output(&mut script.world, slot, |queue| queue.push(piece.to_vec()));
        if index < last || until_read {
            until(script, slot, sent, total, is_read)?;
        } else {
            until(script, slot, sent, total, |world, slot| Ok(is_written(world, slot)))?;
        }
    }
    Ok(())
}

fn blob(script: &mut Script, slot: usize, data: &Data, until_read: bool) -> Result<(), Halt> {
    let Data::Blob(name) = data else { return Err(Halt::Fault("a payload without bytes".into())) };
    let blob = script.values.blob(name)?.clone();
    script.world.note(slot, Happening::Note(format!("→ {name}, {} bytes", blob.len)));
    if let Part::Conn(conn) = &mut script.world.slots[slot].part {
        conn.input.make_room(blob.len);
    }
    let before = output(&mut script.world, slot, |queue| {
        queue.push_blob(blob.reader());
        queue.written
    });
    // As long as it goes on, a large payload may take its time: the deadline is for standing still.
    loop {
        let at = output(&mut script.world, slot, |queue| queue.written);
        let moved = script.wait(By::Events, |world| {
            let moved = output(world, slot, |queue| queue.written) != at;
            Ok(if moved || is_written(world, slot) { Look::Done(()) } else { Look::Pending })
        })?;
        if moved.is_none() {
            let sent = at - before;
            return Err(Halt::unmet(not_read(&script.world, slot, sent, blob.len)?));
        }
        if is_written(&script.world, slot) {
            break;
        }
    }
    if until_read {
        until(script, slot, blob.len, blob.len, is_read)?;
    }
    Ok(())
}

/// Waits until what was sent has gone so far, or nobody is left to take it.
fn until(
    script: &mut Script,
    slot: usize,
    sent: u64,
    of: u64,
    done: impl Fn(&mut World, usize) -> std::io::Result<bool>,
) -> Result<(), Halt> {
    // Most pieces are written at once, and then no wait is needed at all.
    script.world.pump(std::time::Duration::ZERO)?;
    let met = script
        .wait(By::Asking, |world| Ok(if done(world, slot)? { Look::Done(()) } else { Look::Pending }))?;
    match met {
        Some(()) => Ok(()),
        None => Err(Halt::unmet(not_read(&script.world, slot, sent, of)?)),
    }
}

fn not_read(world: &World, slot: usize, sent: u64, of: u64) -> std::io::Result<Fact> {
    let unread = unread_by_program(world, slot)?.unwrap_or(0);
    Ok(Fact::NotRead { part: world.slots[slot].label.clone(), sent, of, unread })
}

fn output<T>(
    world: &mut World,
    slot: usize,
    f: impl FnOnce(&mut crate::drive::part::buffer::Output) -> T,
) -> T
where
    T: Default,
{
    match &mut world.slots[slot].part {
        Part::Conn(conn) => f(&mut conn.output),
        Part::Program(program) => f(&mut program.stdin_queue),
        _ => T::default(),
    }
}

/// The kernel has taken everything, or nobody takes it any more. stdin never holds a script up: a
/// program need not read it.
fn is_written(world: &World, slot: usize) -> bool {
    match &world.slots[slot].part {
        Part::Conn(conn) => conn.output.is_empty() || conn.socket.is_none(),
        _ => true,
    }
}

fn is_read(world: &mut World, slot: usize) -> std::io::Result<bool> {
    let written = match &world.slots[slot].part {
        Part::Program(program) => {
            program.exit.is_some() || program.stdin_queue.broken.is_some() || program.stdin_queue.is_empty()
        }
        _ => is_written(world, slot),
    };
    Ok(written && unread_by_program(world, slot)?.is_none_or(|unread| unread == 0))
}

/// Bytes that lie in the program's receive queue; None where there is no such queue any more.
fn unread_by_program(world: &World, slot: usize) -> std::io::Result<Option<u64>> {
    Ok(match &world.slots[slot].part {
        Part::Conn(conn) => {
            world.diag.connection(conn.remote, conn.local)?.map(|socket| u64::from(socket.unread))
        }
        Part::Program(program) => stdin_unread(program),
        _ => None,
    })
}

/// ioctl_pipe(2): FIONREAD tells at either end of a pipe how many bytes are in it.
fn stdin_unread(program: &Program) -> Option<u64> {
    use std::os::fd::AsRawFd;
    nix::ioctl_read_bad!(fionread, libc::FIONREAD, libc::c_int);
    let stdin = program.stdin.as_ref()?;
    let mut unread: libc::c_int = 0;
    // SAFETY: the descriptor is open, and the kernel writes one int.
    unsafe { fionread(stdin.as_raw_fd(), &raw mut unread) }.ok()?;
    if program.exit.is_some() { None } else { u64::try_from(unread).ok() }
}

pub fn close(script: &mut Script, what: &PartRef, how: How) -> Result<(), Halt> {
    for slot in script.names.all(&what.part) {
        let said = match how {
            How::Both => "closed",
            How::Write => "ended its side",
            How::Reset => "reset",
        };
        match (&mut script.world.slots[slot].part, what.channel) {
            (Part::Conn(conn), None) => conn.close(how),
            (Part::Listener(listener), None) => listener.socket = None,
            (Part::Udp(udp), None) => udp.socket = None,
            (Part::Program(program), Some(Channel::Stdin)) => program.close_stdin(),
            _ => return Err(Halt::Fault(format!("`{what}` can't be closed"))),
        }
        script.world.note(slot, Happening::Closed { how: said.into() });
        script.wait(By::Events, |world| {
            let closing = matches!(&world.slots[slot].part, Part::Conn(conn) if conn.is_closing());
            Ok(if closing && !connect::all_gone(world) { Look::Pending } else { Look::Done(()) })
        })?;
    }
    Ok(())
}

pub fn hold(script: &mut Script, part: &str, held: bool) -> Result<(), Halt> {
    for slot in script.names.all(part) {
        if let Part::Conn(conn) = &mut script.world.slots[slot].part {
            conn.held = held;
        }
    }
    Ok(())
}
