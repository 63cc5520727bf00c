//! The names of the kinds of failure.

use serde::{Deserialize, Serialize};

/// The name of a kind of failure: stable, in `--format json` and in `mistakes.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    DidNotCompile,
    NoSource,
    NotReady,
    WrongAddress,
    Ended,
    Refused,
    Deadline,
    EndOfStream,
    Reset,
    WrongBytes,
    ExtraBytes,
    WrongPeer,
    NotRead,
    UnwantedConnection,
    Crashed,
    WrongExit,
    StillRunning,
    NoReason,
    Limit,
    LeftProcesses,
    WrongFile,
    WrongProcesses,
}

impl Finding {
    /// Every finding, in the order of the documentation.
    pub const ALL: [Finding; 22] = [
        Finding::DidNotCompile,
        Finding::NoSource,
        Finding::NotReady,
        Finding::WrongAddress,
        Finding::Ended,
        Finding::Refused,
        Finding::Deadline,
        Finding::EndOfStream,
        Finding::Reset,
        Finding::WrongBytes,
        Finding::ExtraBytes,
        Finding::WrongPeer,
        Finding::NotRead,
        Finding::UnwantedConnection,
        Finding::Crashed,
        Finding::WrongExit,
        Finding::StillRunning,
        Finding::NoReason,
        Finding::Limit,
        Finding::LeftProcesses,
        Finding::WrongFile,
        Finding::WrongProcesses,
    ];

    /// As it stands in `mistakes.toml` and in JSON: `did_not_compile`.
    pub fn name(self) -> &'static str {
        match self {
            Finding::DidNotCompile => "did_not_compile",
            Finding::NoSource => "no_source",
            Finding::NotReady => "not_ready",
            Finding::WrongAddress => "wrong_address",
            Finding::Ended => "ended",
            Finding::Refused => "refused",
            Finding::Deadline => "deadline",
            Finding::EndOfStream => "end_of_stream",
            Finding::Reset => "reset",
            Finding::WrongBytes => "wrong_bytes",
            Finding::ExtraBytes => "extra_bytes",
            Finding::WrongPeer => "wrong_peer",
            Finding::NotRead => "not_read",
            Finding::UnwantedConnection => "unwanted_connection",
            Finding::Crashed => "crashed",
            Finding::WrongExit => "wrong_exit",
            Finding::StillRunning => "still_running",
            Finding::NoReason => "no_reason",
            Finding::Limit => "limit",
            Finding::LeftProcesses => "left_processes",
            Finding::WrongFile => "wrong_file",
            Finding::WrongProcesses => "wrong_processes",
        }
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_is_the_serialised_form() {
        for finding in Finding::ALL {
            assert_eq!(serde_json::to_value(finding).unwrap(), finding.name());
        }
    }
}
