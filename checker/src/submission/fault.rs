//! What can be wrong with a submission, and the word for each.

use crate::gradebook::record::Trouble;

/// The kinds of a submission's [`Trouble`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// No file at all.
    Empty,
    /// Files, but none where an exercise is looked for.
    WrongLayout,
    /// A program of two sources, and one of them is not there.
    Incomplete,
    /// Two places that could be the exercise.
    Ambiguous,
    BrokenArchive,
    Encrypted,
    /// A compression or an archive that is not read.
    Unsupported,
    TooLarge,
    TooMany,
    /// A path that is too long or too deep, or an archive in too many archives.
    TooDeep,
    /// More unpacked than any honest archive.
    Bomb,
    ClimbsOut,
    Link,
    /// A device, a pipe, a socket.
    SpecialFile,
    /// One name twice.
    Duplicate,
    /// A name that is not UTF-8, or holds control characters.
    BadName,
    /// The file system would not let it be read.
    Unreadable,
    /// On the roster, and nothing was handed in.
    Missing,
}

impl Fault {
    /// [`Trouble::kind`].
    pub fn word(self) -> &'static str {
        match self {
            Fault::Empty => "empty",
            Fault::WrongLayout => "wrong_layout",
            Fault::Incomplete => "incomplete",
            Fault::Ambiguous => "ambiguous",
            Fault::BrokenArchive => "broken_archive",
            Fault::Encrypted => "encrypted",
            Fault::Unsupported => "unsupported",
            Fault::TooLarge => "too_large",
            Fault::TooMany => "too_many",
            Fault::TooDeep => "too_deep",
            Fault::Bomb => "bomb",
            Fault::ClimbsOut => "climbs_out",
            Fault::Link => "link",
            Fault::SpecialFile => "special_file",
            Fault::Duplicate => "duplicate",
            Fault::BadName => "bad_name",
            Fault::Unreadable => "unreadable",
            Fault::Missing => "missing",
        }
    }

    pub fn trouble(self, message: impl Into<String>) -> Trouble {
        Trouble { kind: self.word().to_owned(), message: message.into() }
    }
}
