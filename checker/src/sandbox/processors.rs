//! On which processors a runner readies itself.
//!
//! Beside a compiler that somebody waits for, it leaves one processor alone: what is made ready in a millisecond more
//! or less is of no matter then, and the compiler is late by all that it is kept waiting. What it starts meanwhile
//! stays there too; each goes back to all processors when there is something to run.

use std::sync::OnceLock;

use nix::errno::Errno;
use nix::sched::{CpuSet, sched_getaffinity, sched_setaffinity};
use nix::unistd::Pid;

/// This process itself.
const SELF: Pid = Pid::from_raw(0);

/// Where it could run before. Processes that are copies of this one know it too.
static ALL: OnceLock<CpuSet> = OnceLock::new();

/// Leaves one processor alone, if there are more. That it can't is no trouble.
pub fn leave_one_alone() {
    if let Ok(all) = sched_getaffinity(SELF)
        && let Some(fewer) = without_the_first(&all)
        && sched_setaffinity(SELF, &fewer).is_ok()
    {
        let _ = ALL.set(all);
    }
}

/// Takes back what [`leave_one_alone`] did, in this process or in the one that it is a copy of.
///
/// # Errors
/// It can't: a program would find fewer processors than there are.
pub fn take_all() -> Result<(), Errno> {
    ALL.get().map_or(Ok(()), |all| sched_setaffinity(SELF, all))
}

/// None where that leaves none.
fn without_the_first(all: &CpuSet) -> Option<CpuSet> {
    let has = |set: &CpuSet, number: &usize| set.is_set(*number).unwrap_or(false);
    let first = (0..CpuSet::count()).find(|number| has(all, number))?;
    let mut fewer = *all;
    fewer.unset(first).ok()?;
    (0..CpuSet::count()).any(|number| has(&fewer, &number)).then_some(fewer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(numbers: &[usize]) -> CpuSet {
        let mut set = CpuSet::new();
        numbers.iter().for_each(|number| set.set(*number).unwrap());
        set
    }

    #[test]
    fn one_is_left_alone_where_there_are_more() {
        assert_eq!(without_the_first(&set(&[0, 1])), Some(set(&[1])));
        assert_eq!(without_the_first(&set(&[3, 5, 9])), Some(set(&[5, 9])));
        assert_eq!(without_the_first(&set(&[4])), None);
        assert_eq!(without_the_first(&set(&[])), None);
    }

    #[test]
    fn in_the_end_there_are_as_many_as_before() {
        // In a thread of its own: it is of the thread, not of the process.
        std::thread::spawn(|| {
            let before = sched_getaffinity(SELF).unwrap();
            leave_one_alone();
            let meanwhile = sched_getaffinity(SELF).unwrap();
            assert_eq!(meanwhile, without_the_first(&before).unwrap_or(before));
            take_all().unwrap();
            assert_eq!(sched_getaffinity(SELF).unwrap(), before);
        })
        .join()
        .unwrap();
    }
}
