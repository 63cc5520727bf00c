//! How strongly a program is shut in.

use std::fmt;

/// How strongly a program is shut in, weakest first. A verdict is worth more on a higher rung.
///
/// Below rung 3 the number of files is not bounded, only the size of each, and all that a scenario writes is on
/// the host's disk (on rung 2 in memory, 1 GiB at most). The programs have the runner's user. TCP is as the host has
/// it set: a program that ends with unread input can lose the end of an answer of more than 26 small pieces.
///
/// The numbers leave room for 4 (rung 3 with a delegated cgroup).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rung {
    /// Resource limits, a scratch folder and a supervisor that leaves no process behind. The program
    /// sees the host's files, processes and network: for one's own code only.
    Zero,
    /// Rung 0, and Landlock and a system call filter: the program can neither read nor write the host's files
    /// but the system's own, nor use TCP but at the scenario's ports, and sees nothing of `/proc`. It has no network of its own: UDP goes
    /// where it likes, and sockets that are files can be connected to. Before Linux 6.7 TCP is not held either;
    /// before 6.12 it can signal other processes of its user, and reach sockets without a file.
    One,
    /// Rung 1 within namespaces that an installed bubblewrap makes: no network but a loopback of the scenario's
    /// own, no files but the system's. Programs and runner share these namespaces.
    Two,
    /// Namespaces of its own for users, processes, mounts, network, IPC, host name and cgroups, no
    /// capabilities and a system call filter.
    Three,
}

impl Rung {
    /// Every rung that there is, best first.
    pub const ALL: [Rung; 4] = [Rung::Three, Rung::Two, Rung::One, Rung::Zero];

    pub fn number(self) -> u8 {
        match self {
            Rung::Zero => 0,
            Rung::One => 1,
            Rung::Two => 2,
            Rung::Three => 3,
        }
    }

    /// Whether a scenario has a network, and so every port, for itself.
    pub fn has_network(self) -> bool {
        self >= Rung::Two
    }

    /// Whether the supervisor is the first process of namespaces of its own.
    pub(super) fn has_namespaces(self) -> bool {
        self == Rung::Three
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
        assert_eq!(Rung::from_number(7), None);
    }
}
