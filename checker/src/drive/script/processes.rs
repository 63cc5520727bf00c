//! `expect_processes`: who is alive, and whose socket is whose, as the kernel sees it.

use super::interpreter::{Halt, Script};
use crate::drive::kernel::proc;
use crate::drive::part::Part;
use crate::drive::part::program::Program;
use crate::drive::wait::{By, Look};
use crate::record::fact::{Fact, Holder, Holding, Process};
use crate::sandbox::process::ProcessInfo;
use crate::scenario::step::Processes;

pub fn expect(script: &mut Script, part: &str, want: &Processes) -> Result<(), Halt> {
    let slot = script.slot(part)?;
    match want {
        Processes::Gone => gone(script, slot),
        Processes::Holding(connections) => holding(script, slot, connections),
    }
}

/// The processes of a program that live.
pub fn left(program: &Program) -> Vec<Process> {
    let tree = program.process.tree();
    let alive = tree.into_iter().filter(is_alive);
    alive.map(|process| Process { pid: process.inner_pid, name: process.name }).collect()
}

fn is_alive(process: &ProcessInfo) -> bool {
    !matches!(process.state, 'Z' | 'X')
}

fn gone(script: &mut Script, slot: usize) -> Result<(), Halt> {
    let gone = script.wait(By::Events, |world| {
        let gone = matches!(&world.slots[slot].part, Part::Program(program) if program.gone);
        Ok(if gone { Look::Done(()) } else { Look::Pending })
    })?;
    match (gone, &script.world.slots[slot].part) {
        (Some(()), _) => Ok(()),
        (None, Part::Program(program)) => {
            let part = script.world.slots[slot].label.clone();
            Err(Halt::unmet(Fact::Left { part, processes: left(program) }))
        }
        _ => Err(Halt::Fault("only programs have processes".into())),
    }
}

fn holding(script: &mut Script, slot: usize, connections: &[String]) -> Result<(), Halt> {
    let Part::Program(program) = &script.world.slots[slot].part else {
        return Err(Halt::Fault("only programs have processes".into()));
    };
    let tree = program.process.tree();
    let main = program.pid;
    let holdings: Vec<Holding> =
        connections.iter().map(|name| held(script, &tree, name)).collect::<Result<_, Halt>>()?;
    let children = children(&tree, main);
    match problem(main, &holdings, &children) {
        None => Ok(()),
        Some(problem) => {
            let part = script.world.slots[slot].label.clone();
            Err(Halt::unmet(Fact::Holders { part, main, holdings, children, problem }))
        }
    }
}

/// The children of the process `main` that live, as the program sees them.
fn children(tree: &[ProcessInfo], main: u32) -> Vec<u32> {
    let own = tree.iter().filter(|process| is_alive(process) && process.inner_ppid == main);
    own.map(|process| process.inner_pid).collect()
}

/// A process of a program, as the runner sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    pub slot: usize,
    pub pid: u32,
}

/// The one process that holds the other end of a connection.
pub fn holder(script: &Script, name: &str) -> Result<Member, Halt> {
    let mut found = Vec::new();
    let mut seen = None;
    for (slot, known) in script.world.slots.iter().enumerate() {
        let Part::Program(program) = &known.part else { continue };
        let tree = program.process.tree();
        let holding = held(script, &tree, name)?;
        let holds =
            |process: &&ProcessInfo| holding.holders.iter().any(|holder| holder.pid == process.inner_pid);
        found.extend(tree.iter().filter(holds).map(|process| Member { slot, pid: process.pid }));
        if seen.is_none() || !holding.holders.is_empty() {
            let children = children(&tree, program.pid);
            seen = Some((known.label.clone(), program.pid, children, holding));
        }
    }
    if let [member] = found[..] {
        return Ok(member);
    }
    let Some((part, main, children, holding)) = seen else {
        return Err(Halt::Fault(format!("no program was started that could hold `{name}`")));
    };
    let problem = count(&holding).unwrap_or_else(|| format!("{name} is held by processes of two programs"));
    Err(Halt::unmet(Fact::Holders { part, main, holdings: vec![holding], children, problem }))
}

/// Which processes hold the other end of a connection.
fn held(script: &Script, tree: &[ProcessInfo], name: &str) -> Result<Holding, Halt> {
    let slot = script.slot(name)?;
    let Part::Conn(conn) = &script.world.slots[slot].part else {
        return Err(Halt::Fault(format!("`{name}` is no connection")));
    };
    let inode = script.world.diag.connection(conn.remote, conn.local)?.map_or(0, |socket| socket.inode);
    let holders =
        tree.iter().filter(|process| inode != 0 && proc::socket_inodes(process.pid).contains(&inode));
    let holders = holders
        .map(|process| Holder {
            pid: process.inner_pid,
            parent: process.inner_ppid,
            alive: is_alive(process),
        })
        .collect();
    let told = script.names.group(name, "pid").and_then(|pid| String::from_utf8(pid).ok()?.parse().ok());
    Ok(Holding { connection: script.world.slots[slot].label.clone(), told, holders })
}

/// That not one process holds a connection, in words.
fn count(holding: &Holding) -> Option<String> {
    let name = &holding.connection;
    let pids: Vec<String> = holding.holders.iter().map(|holder| holder.pid.to_string()).collect();
    match pids.len() {
        0 => Some(format!("no process of the program holds the socket of {name}")),
        1 => None,
        many => Some(format!("the socket of {name} is held by {many} processes: {}", pids.join(", "))),
    }
}

/// What is not as it should be, in words; the facts stand beside it.
fn problem(main: u32, holdings: &[Holding], children: &[u32]) -> Option<String> {
    for (index, holding) in holdings.iter().enumerate() {
        let name = &holding.connection;
        let [holder] = &holding.holders[..] else { return count(holding) };
        if holding.told != Some(holder.pid) {
            let told = holding.told.map_or("no number".into(), |pid| pid.to_string());
            return Some(format!("{name} said {told}, but its socket belongs to process {}", holder.pid));
        }
        if index == 0 && holder.pid != main {
            return Some(format!("{name} is process {}, but the program was started as {main}", holder.pid));
        }
        if index > 0 && holder.pid == main {
            return Some(format!("{name} is process {main} itself, not a child of it"));
        }
        if index > 0 && holder.parent != main {
            return Some(format!("{name} (process {}) is no child of process {main}", holder.pid));
        }
    }
    let wanted = holdings.len().saturating_sub(1);
    (children.len() != wanted)
        .then(|| format!("process {main} has {} children instead of {wanted}", children.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holding(name: &str, told: u32, holders: &[(u32, u32)]) -> Holding {
        let holders = holders.iter().map(|&(pid, parent)| Holder { pid, parent, alive: true }).collect();
        Holding { connection: name.into(), told: Some(told), holders }
    }

    #[test]
    fn every_way_to_be_wrong_has_its_words() {
        let right =
            [holding("main", 2, &[(2, 1)]), holding("coding", 3, &[(3, 2)]), holding("music", 4, &[(4, 2)])];
        assert_eq!(problem(2, &right, &[3, 4]), None);
        let with = |at: usize, wrong: Holding| {
            let mut holdings = right.clone();
            holdings[at] = wrong;
            problem(2, &holdings, &[3, 4]).unwrap()
        };
        assert!(with(1, holding("coding", 3, &[])).contains("no process"));
        assert!(with(1, holding("coding", 3, &[(2, 1), (3, 2)])).contains("held by 2 processes"));
        assert!(with(1, holding("coding", 9, &[(3, 2)])).contains("said 9"));
        assert!(with(0, holding("main", 5, &[(5, 2)])).contains("was started as 2"));
        assert!(with(2, holding("music", 4, &[(4, 3)])).contains("no child"));
        assert!(problem(2, &right, &[3, 4, 5]).unwrap().contains("3 children"));
    }
}
