//! What the poll loop waits for.

use std::os::fd::{AsFd, BorrowedFd};

use nix::poll::PollFlags;

use super::part::conn::Conn;
use super::part::{Part, udp};

/// What the poll loop waits for at a part.
pub fn interests<'a>(part: &'a Part, mut push: impl FnMut(BorrowedFd<'a>, PollFlags)) {
    let both = |reads, writes| {
        let mut flags = PollFlags::empty();
        flags.set(PollFlags::POLLIN, reads);
        flags.set(PollFlags::POLLOUT, writes);
        flags
    };
    let mut conn = |conn: &'a Conn| {
        let flags = both(conn.wants_read(), conn.wants_write());
        // A connection in which nothing is awaited would report its hang-up for ever.
        if let (Some(socket), false) = (&conn.socket, flags.is_empty()) {
            push(socket.as_fd(), flags);
        }
    };
    match part {
        Part::Conn(one) => conn(one),
        Part::Relay(relay) => {
            for pair in &relay.pairs {
                conn(&pair.client);
                pair.server().into_iter().for_each(&mut conn);
            }
            push(relay.listener.as_fd(), PollFlags::POLLIN);
        }
        Part::Program(program) => {
            if !program.gone
                && let Some(events) = program.process.events_fd()
            {
                push(events, PollFlags::POLLIN);
            }
            for printed in [&program.stdout, &program.stderr] {
                if let (Some(pipe), true) = (&printed.pipe, printed.wants_read()) {
                    push(pipe.as_fd(), PollFlags::POLLIN);
                }
            }
            if let (Some(stdin), true) = (&program.stdin, program.stdin_wants_write()) {
                push(stdin.as_fd(), PollFlags::POLLOUT);
            }
        }
        Part::Listener(listener) => {
            if let (Some(socket), true) = (&listener.socket, listener.wants_read()) {
                push(socket.as_fd(), PollFlags::POLLIN);
            }
        }
        Part::Udp(udp::Udp { socket: Some(socket), .. }) => push(socket.as_fd(), PollFlags::POLLIN),
        Part::Udp(_) => {}
    }
}
