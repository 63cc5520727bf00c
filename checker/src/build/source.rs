//! A source tree, and its digest.

use std::fs;
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Component, Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::names;

/// A digest in lower-case hexadecimal.
pub type Digest = String;

/// More than this is no exercise; reading it would only cost time. In bytes, of all files together.
pub(super) const MOST: u64 = 64 * 1024 * 1024;

/// Without one of these a program's main file is all that there is of it, beside the library: other files come
/// in by modules (`#[path]` stands before one), by these macros, and by directives of the assembler.
const BRINGS_IN: [&str; 7] =
    ["mod", "include", "include_str", "include_bytes", "asm", "global_asm", "naked_asm"];

/// A library's macros are expanded in its programs, and may bring in what these do not name.
const MACROS: [&str; 2] = ["macro_rules", "macro"];

/// Without one of these a library holds no file of a program. Modules in `mod bin { … }` are files below
/// `src/bin`.
const LIBRARY_BRINGS_IN: [&str; 9] =
    ["bin", "main", "path", "include", "include_str", "include_bytes", "asm", "global_asm", "naked_asm"];

/// Digests all regular files below `src`, names and contents.
///
/// # Errors
/// The tree can't be read, or holds more than 64 MiB.
pub fn digest(src: &Path) -> io::Result<Digest> {
    digest_files(src, &files_below(src)?)
}

fn files_below(src: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    collect(src, &mut files)?;
    files.sort();
    Ok(files)
}

fn digest_files(src: &Path, files: &[PathBuf]) -> io::Result<Digest> {
    let mut hasher = Sha256::new();
    let mut left = MOST;
    for file in files {
        let content = read_at_most(file, &mut left)?;
        let name = file.strip_prefix(src).unwrap_or(file).as_os_str().as_encoded_bytes();
        for part in [name, &content[..]] {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
    }
    Ok(hex(&hasher.finalize()))
}

/// Digests what the program with this main file can be made from: of the crate in `src` that file and the
/// library, or all of it where the text could bring in more. Then a change of one program of an exercise
/// leaves the other as it is.
///
/// # Errors
/// The tree can't be read, or holds more than 64 MiB.
pub fn of_program(src: &Path, main: &Path) -> io::Result<Digest> {
    let Ok(text) = fs::read_to_string(main) else { return digest(src) };
    if names::has_any(&text, &BRINGS_IN) {
        return digest(src);
    }
    let has_library = src.join("lib.rs").is_file();
    if has_library && any_has(&library_files(src)?, &MACROS) {
        return digest(src);
    }
    let library = if has_library { of_library(src)? } else { Digest::new() };
    Ok(digest_of(&[b"program", text.as_bytes(), library.as_bytes()]))
}

/// Digests what the library of the crate in `src` can be made from: all that is not below `src/bin` and is
/// not `src/main.rs`, or all of it where the text could bring in those too.
///
/// # Errors
/// As of [`of_program`].
pub fn of_library(src: &Path) -> io::Result<Digest> {
    let files = library_files(src)?;
    if any_has(&files, &LIBRARY_BRINGS_IN) {
        return digest(src);
    }
    digest_files(src, &files)
}

fn library_files(src: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = files_below(src)?;
    let (bin, main) = (src.join("bin"), src.join("main.rs"));
    files.retain(|file| !file.starts_with(&bin) && *file != main);
    Ok(files)
}

/// Whether one of the files holds one of these names, or can't be read.
fn any_has(files: &[PathBuf], names: &[&str]) -> bool {
    files.iter().any(|file| fs::read_to_string(file).map_or(true, |text| names::has_any(&text, names)))
}

/// Digests several texts into one.
pub fn digest_of(parts: &[&[u8]]) -> Digest {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hex(&hasher.finalize())
}

/// Reads a file of at most `left` bytes, which become fewer by it: never more than that is in memory.
pub(super) fn read_at_most(file: &Path, left: &mut u64) -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    // Not opened through a link, nor for ever, should it have become one or a FIFO meanwhile.
    let opened =
        fs::OpenOptions::new().read(true).custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK).open(file)?;
    if !opened.metadata()?.is_file() {
        return Err(io::Error::other(format!("{} is no regular file", file.display())));
    }
    opened.take(left.saturating_add(1)).read_to_end(&mut content)?;
    *left = left.checked_sub(content.len() as u64).ok_or_else(|| {
        let text = format!("with {} the sources are more than 64 MiB", file.display());
        io::Error::new(io::ErrorKind::FileTooLarge, text)
    })?;
    Ok(content)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            collect(&entry.path(), files)?;
        } else if kind.is_file() {
            files.push(entry.path());
        }
    }
    Ok(())
}

/// The first thing below `src` that is neither file nor folder: what it leads to is not the student's
/// source, and could change without being noticed.
pub fn foreign(src: &Path) -> Option<PathBuf> {
    let entries = fs::read_dir(src).ok()?;
    entries.flatten().find_map(|entry| match entry.file_type() {
        Ok(kind) if kind.is_dir() => foreign(&entry.path()),
        Ok(kind) if kind.is_file() => None,
        _ => Some(entry.path()),
    })
}

/// The files outside of `src` that the compiler read, by its own list of what it read (a makefile, as
/// `--emit=dep-info` writes it). Relative names are below `root`. There are no links in `src` ([`foreign`]), and
/// so `..` can be followed by name.
pub fn outside(list: &str, root: &Path, src: &Path) -> Vec<PathBuf> {
    let rules = list.lines().filter_map(|line| line.split_once(": "));
    let mut files: Vec<PathBuf> = rules
        // A blank in a name is written `\\ `.
        .flat_map(|(_, names)| {
            names.replace("\\ ", "\0").split(' ').map(|name| name.replace('\0', " ")).collect::<Vec<_>>()
        })
        .map(|name| without_parents(&root.join(name)))
        .filter(|file| !file.starts_with(without_parents(src)))
        .collect();
    files.sort();
    files.dedup();
    files
}

/// The same place with each `NAME/..` left out.
fn without_parents(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut place, part| {
        match part {
            Component::ParentDir if place.file_name().is_some() => drop(place.pop()),
            _ => place.push(part),
        }
        place
    })
}

/// Why a program's main file can't be compiled at all, in words; None if it can be tried.
pub fn trouble(file: &Path) -> Option<String> {
    let content = match fs::symlink_metadata(file).and_then(|meta| match meta.is_file() {
        true => read_at_most(file, &mut { MOST }),
        false => Err(io::Error::other("it is no regular file")),
    }) {
        Ok(content) => content,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Some("there is no such file".into()),
        Err(error) => return Some(error.to_string()),
    };
    if content.trim_ascii().is_empty() {
        return Some("the file is empty".into());
    }
    let bad = std::str::from_utf8(&content).err()?;
    let line = content[..bad.valid_up_to()].iter().filter(|&&b| b == b'\n').count() + 1;
    Some(format!("line {line} is not UTF-8: Rust source is UTF-8 throughout"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_knows_names_and_contents_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let write = |name: &str, content: &str| fs::write(dir.path().join(name), content).unwrap();
        write("main.rs", "fn main() {}");
        let first = digest(dir.path()).unwrap();
        write("main.rs", "fn main() {}");
        assert_eq!(digest(dir.path()).unwrap(), first, "written again, the same");
        write("main.rs", "fn main() { }");
        let second = digest(dir.path()).unwrap();
        write("other.rs", "");
        assert!(first != second && digest(dir.path()).unwrap() != second);
    }

    #[test]
    fn a_program_depends_on_its_own_file_and_the_library() {
        let dir = tempfile::tempdir().unwrap();
        let write = |name: &str, content: &str| {
            fs::create_dir_all(dir.path().join(name).parent().unwrap()).unwrap();
            fs::write(dir.path().join(name), content).unwrap();
        };
        let server = || of_program(dir.path(), &dir.path().join("bin/server.rs")).unwrap();
        let library = || of_library(dir.path()).unwrap();
        write("bin/server.rs", "fn main() { one() }");
        write("bin/client.rs", "fn main() { two() }");
        let before = server();
        write("bin/client.rs", "fn main() { three() }");
        assert_eq!(server(), before, "another program changed");
        write("lib.rs", "mod lines;");
        write("lines.rs", "pub fn read() {}");
        let (with_library, lines) = (server(), library());
        assert_ne!(with_library, before);
        write("bin/client.rs", "fn main() { four() }");
        assert_eq!((server(), library()), (with_library.clone(), lines.clone()));
        write("lines.rs", "pub fn write() {}");
        assert!(server() != with_library && library() != lines);
        write("bin/server.rs", "fn main() { five() }");
        assert_ne!(server(), with_library);
    }

    #[test]
    fn whoever_may_bring_in_more_depends_on_all() {
        let dir = tempfile::tempdir().unwrap();
        let write = |name: &str, content: &str| fs::write(dir.path().join(name), content).unwrap();
        let changes = |of: &dyn Fn() -> Digest| {
            write("bin/other.rs", "fn main() {}");
            let before = of();
            write("bin/other.rs", "fn main() { }");
            of() != before
        };
        fs::create_dir(dir.path().join("bin")).unwrap();
        let main = dir.path().join("bin/main.rs");
        let program = || of_program(dir.path(), &main).unwrap();
        for more in [
            "mod a;",
            "r#mod a;",
            "include!(\"a\");",
            "const A: &str = include_str!(\"a\");",
            "#[path = \"a\"] mod b;",
            "std::arch::global_asm!(\".incbin \\\"a\\\"\");",
        ] {
            write("bin/main.rs", &format!("{more}\nfn main() {{}}"));
            assert!(changes(&program), "{more}");
        }
        write("bin/main.rs", "// mod a;\nuse std::path::Path;\nfn main() { modify(\"mod\") }");
        assert!(!changes(&program));
        let library = || of_library(dir.path()).unwrap();
        for more in [
            "mod bin { mod other; }",
            "include!(\"bin/other.rs\");",
            "#[path = \"bin/other.rs\"] mod a;",
            "mod main;",
        ] {
            write("lib.rs", more);
            assert!(changes(&library) && changes(&program), "{more}");
        }
        write("lib.rs", "mod a; // in bin/main.rs\nconst A: &str = \"bin\";");
        write("a.rs", "");
        assert!(!changes(&library) && !changes(&program));
        write("a.rs", "#[macro_export] macro_rules! a { () => { mod other; } }");
        assert!(!changes(&library) && changes(&program), "a macro of the library");
    }

    #[test]
    fn what_lies_outside_is_found() {
        let list = "out/program: ex/src/main.rs ex/src/a\\ b.rs ex/src/bin/../y.rs ex/src/../x.rs \
                    ex/src/../src/../../z /etc/passwd\n\nex/src/main.rs:\n";
        let found = outside(list, Path::new("/c"), Path::new("/c/ex/src"));
        assert_eq!(found, [Path::new("/c/ex/x.rs"), Path::new("/c/z"), Path::new("/etc/passwd")]);

        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("bin")).unwrap();
        assert_eq!(foreign(dir.path()), None);
        std::os::unix::fs::symlink("/etc/passwd", dir.path().join("bin/a.rs")).unwrap();
        assert_eq!(foreign(dir.path()), Some(dir.path().join("bin/a.rs")));
    }

    #[test]
    fn what_is_no_source_is_said() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("main.rs");
        assert!(trouble(&file).unwrap().contains("no such file"));
        fs::write(&file, " \n").unwrap();
        assert!(trouble(&file).unwrap().contains("empty"));
        fs::write(&file, b"fn main() {\n\xff}").unwrap();
        assert!(trouble(&file).unwrap().contains("line 2"));
        fs::write(&file, "fn main() {}").unwrap();
        assert_eq!(trouble(&file), None);
    }
}
