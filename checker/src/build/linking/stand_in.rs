//! What the compiler calls in the linker's place: this binary.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::os::fd::{FromRawFd, OwnedFd, RawFd};
use std::os::unix::net::UnixStream;
use std::process::ExitCode;

use super::arguments;

/// The first argument that the compiler gives a linker of this kind, and what follows it: so the stand-in is known.
pub const ARGUMENT: &str = "-flavor";
pub const FLAVOR: &str = "gnu";

/// The variable that tells the stand-in which of its descriptors leads to the checker.
pub const DESCRIPTOR: &str = "CHECKER_LINK";

/// The stand-in's whole life: hands over its arguments and waits. That it is told anything means that the linker
/// has failed; when it has not, nobody needs the compiler or its stand-in any more.
pub fn stand_in() -> ExitCode {
    let descriptor = std::env::var(DESCRIPTOR).ok().and_then(|number| number.parse::<RawFd>().ok());
    let Some(descriptor) = descriptor.filter(|number| *number > 2) else {
        eprintln!("`{ARGUMENT}` is for the checker's own use: it calls itself so in the place of a linker");
        return ExitCode::from(2);
    };
    // SAFETY: the checker has opened it for this process alone, which has not touched it.
    let mut checker = UnixStream::from(unsafe { OwnedFd::from_raw_fd(descriptor) });
    let words: Vec<OsString> = std::env::args_os().skip(1).collect();
    let mut said = Vec::new();
    let handed_over =
        arguments::hand_over(&words, &mut checker).and_then(|()| checker.read_to_end(&mut said));
    drop(handed_over.and_then(|_| io::stderr().write_all(&said)));
    ExitCode::FAILURE
}
