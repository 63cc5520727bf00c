//! How strongly a program is shut in.

use std::fmt;

/// How strongly a program is shut in, weakest first. A verdict is worth more on a higher rung.
///
/// The numbers leave room: 1 (Landlock and seccomp alone), 2 (under an installed bubblewrap) and
/// 4 (rung 3 with a delegated cgroup).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rung {
    /// Resource limits, a scratch folder and a supervisor that leaves no process behind. The program
    /// sees the host's files, processes and network: for one's own code only.
    Zero,
    /// Namespaces of its own for users, processes, mounts, network, IPC, host name and cgroups, no
    /// capabilities and a system call filter.
    Three,
}

impl Rung {
    /// Every rung that there is, best first.
    pub const ALL: [Rung; 2] = [Rung::Three, Rung::Zero];

    pub fn number(self) -> u8 {
        match self {
            Rung::Zero => 0,
            Rung::Three => 3,
        }
    }

    pub fn from_number(number: u8) -> Option<Rung> {
        Rung::ALL.into_iter().find(|rung| rung.number() == number)
    }
}

impl fmt::Display for Rung {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.number())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_lead_back_to_their_rung() {
        for rung in Rung::ALL {
            assert_eq!(Rung::from_number(rung.number()), Some(rung));
        }
        assert_eq!(Rung::from_number(2), None);
    }
}
