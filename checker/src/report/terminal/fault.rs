//! What was not met, in the few words that fit a row of the conversation.

use crate::record::fact::{Fact, Limit, Want};
use crate::record::finding::Finding;
use crate::record::observation::Exit;
use crate::verdict::explain::words;
use crate::verdict::outcome::{Detail, Failure};

/// The part, or a stream of it, at which a failure showed.
pub(super) fn part(detail: &Detail) -> Option<&str> {
    match detail {
        Detail::Fact(fact) => of_fact(fact),
        Detail::Crash { part, .. } | Detail::Limit { part, .. } => Some(part),
        Detail::Compile { .. } | Detail::NoSource { .. } => None,
    }
}

fn of_fact(fact: &Fact) -> Option<&str> {
    match fact {
        Fact::File { .. } => None,
        Fact::NotReady { part, .. }
        | Fact::NotConnected { part, .. }
        | Fact::NotAccepted { part, .. }
        | Fact::Stream { part, .. }
        | Fact::Datagram { part, .. }
        | Fact::Misdirected { part, .. }
        | Fact::Unwanted { part, .. }
        | Fact::NotRead { part, .. }
        | Fact::StillRunning { part }
        | Fact::Exit { part, .. }
        | Fact::Left { part, .. }
        | Fact::Survived { part, .. }
        | Fact::Holders { part, .. }
        | Fact::Ended { part }
        | Fact::Limit { part, .. }
        | Fact::Panicked { part } => Some(part),
    }
}

/// `nothing came`, `only 5 of 25 bytes`.
pub(super) fn words(failure: &Failure) -> String {
    let fact = match &failure.detail {
        Detail::Fact(fact) => Some(fact),
        _ => None,
    };
    match failure.finding {
        Finding::Deadline => deadline(fact),
        Finding::DidNotCompile => "does not compile".into(),
        Finding::NoSource => "nothing to compile".into(),
        Finding::NotReady => "not ready".into(),
        Finding::WrongAddress => "another address".into(),
        Finding::Ended => "ended too early".into(),
        Finding::Refused => "refused".into(),
        Finding::EndOfStream => "ended too early".into(),
        Finding::Reset => "reset too early".into(),
        Finding::WrongBytes => "not what was asked".into(),
        Finding::ExtraBytes => "too much".into(),
        Finding::WrongPeer => "wrong peer".into(),
        Finding::NotRead => "not read".into(),
        Finding::UnwantedConnection => "not wanted".into(),
        Finding::Crashed => crashed(&failure.detail).into(),
        Finding::WrongExit => exit(fact),
        Finding::StillRunning => "still runs".into(),
        Finding::NoReason => "no reason given".into(),
        Finding::Limit => limit(&failure.detail),
        Finding::LeftProcesses => "left processes".into(),
        Finding::WrongFile => "not that file".into(),
        Finding::WrongProcesses => "not so".into(),
    }
}

fn deadline(fact: Option<&Fact>) -> String {
    match fact {
        Some(Fact::Stream { want: Want::Bytes(want), got, .. }) if !got.is_empty() && got.len < want.len => {
            format!("only {} of {}", words::number(got.len), words::bytes(want.len))
        }
        Some(Fact::Stream { want: Want::Blob { len, .. }, got, .. }) if !got.is_empty() => {
            format!("only {} of {}", words::number(got.len), words::bytes(*len))
        }
        Some(Fact::Stream { want: Want::Eof { .. }, .. }) => "no end came".into(),
        Some(Fact::NotAccepted { .. }) => "nobody came".into(),
        Some(Fact::NotConnected { .. }) => "no answer".into(),
        Some(Fact::Stream { got, .. }) if !got.is_empty() => "not all came".into(),
        _ => "nothing came".into(),
    }
}

fn crashed(detail: &Detail) -> &'static str {
    match detail {
        Detail::Crash { exit: Some(Exit::Signal(_)), .. } => "died",
        Detail::Crash { panic: Some(_), .. } | Detail::Fact(Fact::Panicked { .. }) => "panicked",
        _ => "crashed",
    }
}

fn exit(fact: Option<&Fact>) -> String {
    match fact {
        Some(Fact::Exit { got: Exit::Code(code), .. }) => format!("wrong exit code: {code}"),
        _ => "wrong end".into(),
    }
}

fn limit(detail: &Detail) -> String {
    let (Detail::Limit { which, .. } | Detail::Fact(Fact::Limit { which, .. })) = detail else {
        return "over a limit".into();
    };
    let what = match which {
        Limit::Memory => "memory",
        Limit::Processes => "processes",
        Limit::Output => "output",
        Limit::Files => "files",
        Limit::Cpu => "processor time",
    };
    format!("too much: {what}")
}
