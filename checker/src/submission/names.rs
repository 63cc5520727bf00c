//! Names that strangers chose: what of them can be a path, and what is passed over.

use super::limits::Limits;

/// The longest name that file systems take, in bytes.
const LONGEST: usize = 255;

/// A name in an archive, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Named {
    /// Relative, parts joined by `/`, none of them `.` or `..`; bytes that are not UTF-8 as `\xNN`.
    Path(String),
    /// Nothing that anybody handed in on purpose: `target/`, `.git/`, `__MACOSX/`.
    Ignored,
    /// Absolute, with a drive, or with `..`.
    Climbs,
    TooLong,
}

/// Understands the name `raw` of an archive's entry. Archives made on Windows have `\` for `/`.
pub(super) fn clean(raw: &[u8], limits: &Limits) -> Named {
    if raw.len() > limits.path_bytes {
        return Named::TooLong;
    }
    let raw: Vec<u8> = raw.iter().map(|byte| if *byte == b'\\' { b'/' } else { *byte }).collect();
    let has_drive = raw.first().is_some_and(u8::is_ascii_alphabetic) && raw.get(1) == Some(&b':');
    if raw.first() == Some(&b'/') || has_drive {
        return Named::Climbs;
    }
    let parts: Vec<&[u8]> =
        raw.split(|byte| *byte == b'/').filter(|part| !matches!(*part, b"" | b".")).collect();
    if parts.contains(&&b".."[..]) {
        return Named::Climbs;
    }
    if parts.len() > limits.path_depth {
        return Named::TooLong;
    }
    let path = parts.iter().map(|part| show(part)).collect::<Vec<_>>().join("/");
    if path.is_empty() || is_ignored(&path) {
        return Named::Ignored;
    }
    Named::Path(path)
}

/// One part of a path as text, bytes that are not UTF-8 as `\xNN`.
pub(super) fn show(raw: &[u8]) -> String {
    let mut text = String::with_capacity(raw.len());
    for chunk in raw.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02x}")));
    }
    text
}

/// Whether each part of the shown `path` may be a file's name here. A `\` stands for a byte that was no text.
pub(super) fn is_fit(path: &str) -> bool {
    path.split('/').all(|part| part.len() <= LONGEST && !part.contains(|c: char| c.is_control() || c == '\\'))
}

/// Whether one of the parts of `path` is passed over. A module may be called `target`: below `src` it stays.
pub(super) fn is_ignored(path: &str) -> bool {
    let mut in_src = false;
    path.split('/').any(|part| {
        let ignored = part.starts_with('.') || part == "__MACOSX" || (part == "target" && !in_src);
        in_src |= part == "src";
        ignored
    })
}

/// The endings of archives, of those that are read and those that are not.
const READ: [&str; 4] = [".tar.gz", ".tgz", ".tar", ".zip"];
const NOT_READ: [&str; 9] =
    [".rar", ".7z", ".tar.xz", ".tar.bz2", ".tar.zst", ".txz", ".tbz2", ".tbz", ".gz"];

/// Whether a file is taken for an archive, by its ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Archive,
    /// An archive of a kind that is not read.
    OtherArchive,
    No,
}

/// The ending of the file `name`, and what stands before it.
pub(super) fn ending(name: &str) -> (&str, Ending) {
    let cut = |end: &&str| {
        let at = name.len().checked_sub(end.len())?;
        let stem = name.get(..at).filter(|stem| !stem.is_empty())?;
        name[at..].eq_ignore_ascii_case(end).then_some(stem)
    };
    if let Some(stem) = READ.iter().find_map(cut) {
        return (stem, Ending::Archive);
    }
    match NOT_READ.iter().find_map(cut) {
        Some(stem) => (stem, Ending::OtherArchive),
        None => (name, Ending::No),
    }
}

/// `a/b` from `a` and `b`, either of them empty.
pub(super) fn join(folder: &str, name: &str) -> String {
    match (folder, name) {
        ("", name) => name.to_owned(),
        (folder, "") => folder.to_owned(),
        _ => format!("{folder}/{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(raw: &[u8]) -> Named {
        clean(raw, &Limits::default())
    }

    fn fit(path: &str) -> Named {
        assert!(is_fit(path), "{path}");
        Named::Path(path.to_owned())
    }

    #[test]
    fn names_become_relative_paths() {
        for (raw, named) in [
            (&b"01_udp_send/src/main.rs"[..], fit("01_udp_send/src/main.rs")),
            (b"./a//b/./c", fit("a/b/c")),
            (b"a\\src\\main.rs", fit("a/src/main.rs")),
            ("作业/src/main.rs".as_bytes(), fit("作业/src/main.rs")),
            (b"a.*(b)+[c]$/main.rs", fit("a.*(b)+[c]$/main.rs")),
            (b"src/target/mod.rs", fit("src/target/mod.rs")),
            (b"a..b/...c", Named::Ignored),
            (b"a..b/c...", fit("a..b/c...")),
            (b"../evil", Named::Climbs),
            (b"a/../../evil", Named::Climbs),
            (b"a/..", Named::Climbs),
            (b"..\\evil", Named::Climbs),
            (b"/etc/passwd", Named::Climbs),
            (b"\\\\host\\share", Named::Climbs),
            (b"C:\\evil", Named::Climbs),
            (b"c:evil", Named::Climbs),
            (b"target/../../evil", Named::Climbs),
            (b"a/target/debug/a", Named::Ignored),
            (b"__MACOSX/a/._main.rs", Named::Ignored),
            (b"a/.DS_Store", Named::Ignored),
            (b"", Named::Ignored),
            (b"./", Named::Ignored),
        ] {
            assert_eq!(path(raw), named, "{}", raw.escape_ascii());
        }
    }

    #[test]
    fn what_cannot_be_written_is_shown() {
        let unfit = |path: &str| {
            assert!(!is_fit(path), "{path}");
            Named::Path(path.to_owned())
        };
        assert_eq!(path(b"a/\xd7\xf7.rs"), unfit("a/\\xd7\\xf7.rs"));
        assert_eq!(path(b"a/\0.rs"), unfit("a/\0.rs"));
        assert_eq!(path(b"a/\x1b[31m"), unfit("a/\x1b[31m"));
        assert_eq!(path(&[b'x'; 256]), unfit(&"x".repeat(256)));
        assert_eq!(path(&[b'x'; 2000]), Named::TooLong);
        assert_eq!(path("a/".repeat(40).as_bytes()), Named::TooLong);
    }

    #[test]
    fn archives_are_known_by_their_ending() {
        for (name, stem, what) in [
            ("ann.zip", "ann", Ending::Archive),
            ("ann.tar.GZ", "ann", Ending::Archive),
            ("a.b.tgz", "a.b", Ending::Archive),
            ("ann.rar", "ann", Ending::OtherArchive),
            ("ann.tar.xz", "ann", Ending::OtherArchive),
            ("main.rs", "main.rs", Ending::No),
            (".zip", ".zip", Ending::No),
            ("学.zip", "学", Ending::Archive),
            ("学", "学", Ending::No),
        ] {
            assert_eq!(ending(name), (stem, what), "{name}");
        }
    }
}
