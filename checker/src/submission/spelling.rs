//! How students and platforms spell the names of an exercise and of its files.

use super::locate::Wanted;
use super::names::{Ending, ending};

/// Whether the folder `part` is named like the exercise `wanted`, with its number or without. Case does not
/// count, `-` and blanks are `_`; a number that a platform put behind, `-1` or ` (1)`, is dropped.
pub(super) fn same_name(part: &str, wanted: &str) -> bool {
    let part = match ending(part) {
        (stem, Ending::Archive | Ending::OtherArchive) => stem,
        _ => part,
    };
    let short = without_number(wanted);
    [plain(part), plain(without_copy(part))]
        .iter()
        .any(|part| *part == plain(wanted) || *part == plain(short))
}

/// `udp_send` of `01_udp_send`.
fn without_number(name: &str) -> &str {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() < name.len() { rest.strip_prefix('_').unwrap_or(name) } else { name }
}

/// `main` of `main-1` and of `main (1)`.
fn without_copy(name: &str) -> &str {
    let inner =
        name.strip_suffix(')').and_then(|name| name.rsplit_once('(')).map(|(stem, n)| (stem.trim_end(), n));
    match inner.or_else(|| name.rsplit_once('-')) {
        Some((stem, number))
            if !number.is_empty() && number.len() <= 2 && number.bytes().all(|b| b.is_ascii_digit()) =>
        {
            stem
        }
        _ => name,
    }
}

fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace(['-', ' '], "_")
}

/// Where the source `file`, which lies in a folder without a `src`, goes: `src/main.rs`, `src/bin/server.rs`. In a
/// folder of the exercise's name (`all`) other sources are its modules; elsewhere they are not taken.
pub(super) fn file_of(file: &str, sources: &[String], all: bool) -> Option<String> {
    let stem = file.strip_suffix(".rs")?;
    let named = |stem: &str| sources.iter().find(|source| base(source) == stem).cloned();
    named(stem).or_else(|| named(without_copy(stem))).or_else(|| all.then(|| format!("src/{file}")))
}

/// The same of a file whose name tells the exercise: `01_udp_send.rs`, `udp_send_main.rs`.
pub(super) fn named_file(file: &str, wanted: &Wanted) -> Option<String> {
    let stem = file.strip_suffix(".rs")?;
    if let [source] = &wanted.1[..]
        && same_name(stem, &wanted.0)
    {
        return Some(source.clone());
    }
    let stem = plain(without_copy(stem));
    let of = |source: &&String| {
        stem.strip_suffix(base(source))
            .and_then(|rest| rest.strip_suffix('_'))
            .is_some_and(|rest| same_name(rest, &wanted.0))
    };
    wanted.1.iter().find(of).cloned()
}

/// `server` of `src/bin/server.rs`.
fn base(source: &str) -> &str {
    let file = source.rsplit('/').next().unwrap_or(source);
    file.strip_suffix(".rs").unwrap_or(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart() {
        for (part, same) in [
            ("01_udp_send", true),
            ("udp_send", true),
            ("01-UDP-Send", true),
            ("01_udp_send-1", true),
            ("01_udp_send (2)", true),
            ("udp_send.zip", true),
            ("02_udp_send", false),
            ("udp_send_2", false),
            ("my_udp_send", false),
            ("01", false),
            ("", false),
            (")", false),
            ("-", false),
            ("学", false),
        ] {
            assert_eq!(same_name(part, "01_udp_send"), same, "{part}");
        }
    }

    #[test]
    fn loose_files_find_their_place() {
        let one = ("01_udp_send".to_owned(), vec!["src/main.rs".to_owned()]);
        let two =
            ("03_line".to_owned(), vec!["src/bin/server.rs".to_owned(), "src/bin/client.rs".to_owned()]);
        assert_eq!(named_file("01_udp_send.rs", &one).as_deref(), Some("src/main.rs"));
        assert_eq!(named_file("udp_send_main-2.rs", &one).as_deref(), Some("src/main.rs"));
        assert_eq!(named_file("03_line_server.rs", &two).as_deref(), Some("src/bin/server.rs"));
        assert_eq!(named_file("line-client.rs", &two).as_deref(), Some("src/bin/client.rs"));
        assert_eq!(named_file("03_line.rs", &two), None);
        assert_eq!(named_file("main.rs", &one), None);
        assert_eq!(file_of("main-1.rs", &one.1, false).as_deref(), Some("src/main.rs"));
        assert_eq!(file_of("net.rs", &one.1, true).as_deref(), Some("src/net.rs"));
        assert_eq!(file_of("net.rs", &one.1, false), None);
    }
}
