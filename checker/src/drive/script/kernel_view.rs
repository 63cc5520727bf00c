//! What the kernel says of the programs when a script stops: it often names the mistake.

use crate::drive::kernel::{proc, rest};
use crate::drive::world::World;
use crate::record::observation::{ProgramState, Socket};

/// The state of every program, and its sockets.
pub fn of(world: &World) -> Vec<ProgramState> {
    let sockets = world.diag.all().unwrap_or_default();
    world
        .programs()
        .map(|(label, program)| {
            let tree = program.process.tree();
            let held: Vec<u32> = tree.iter().flat_map(|process| proc::socket_inodes(process.pid)).collect();
            let own = sockets.iter().filter(|socket| held.contains(&socket.inode));
            let first = tree.iter().find(|process| process.inner_pid == program.pid);
            let state = match first.map(|process| process.state) {
                _ if program.exit.is_some() => "ended",
                Some('R') => "running",
                Some('T' | 't') => "stopped",
                Some('Z' | 'X') | None => "ended",
                Some(_) => "sleeping",
            };
            ProgramState {
                part: label.to_owned(),
                state: state.into(),
                waits: rest::waits(&program.process.members(), |inode| {
                    sockets.iter().find(|socket| socket.inode == inode).cloned()
                }),
                processes: tree.len() as u32,
                threads: tree.iter().map(|process| process.threads).sum(),
                sockets: own
                    .map(|socket| Socket {
                        protocol: socket.protocol,
                        local: socket.local,
                        remote: (socket.remote.port() != 0).then_some(socket.remote),
                        state: socket.state_name().into(),
                        unread: socket.unread.into(),
                        unsent: socket.unsent.into(),
                    })
                    .collect(),
            }
        })
        .collect()
}
