//! A crate in which programs are modules, and a number in the binary that tells whose `main` runs.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use memchr::memmem;

use super::names;

/// A text in the binary that nothing else holds; behind it stands the number, as four bytes, least first.
const MARK: &str = "\x01the number of the program that runs:";

/// What the crate calls in each module; nobody else may.
pub const START: &str = "__start";

/// These bring in other files, or mean another thing in a module than at the root of a crate, or something
/// for all of it. A program with one of them in it is compiled alone.
const ALONE: [&str; 24] = [
    "mod",
    "crate",
    "super",
    "include",
    "include_str",
    "include_bytes",
    "extern",
    "asm",
    "global_asm",
    "naked_asm",
    "macro_export",
    "no_mangle",
    "export_name",
    "link_section",
    "global_allocator",
    "panic_handler",
    "no_std",
    "no_main",
    "recursion_limit",
    "type_length_limit",
    "module_path",
    "type_name",
    "type_name_of_val",
    "option_env",
];

/// Those of them that mean the same for a library wherever its programs are: it stays a crate of its own.
const LIBRARY_MAY: usize = 3;

/// Whether a program with this text does the same as a module.
pub fn is_suited(text: &str) -> bool {
    is_free_of(text, &ALONE)
}

/// Whether a file of a library with this text does the same beside other programs than its own.
pub fn is_suited_in_library(text: &str) -> bool {
    is_free_of(text, &ALONE[LIBRARY_MAY..])
}

fn is_free_of(text: &str, names: &[&str]) -> bool {
    // Of cargo's variables some hold the program's own place.
    !text.contains("CARGO_") && !text.starts_with("#!/") && !names::has_any(text, names)
}

/// A program's main file, as the file of a module.
pub fn module(text: &str) -> String {
    // By a path that no name in the program can turn.
    format!(
        "{text}\npub fn {START}() -> ::std::process::ExitCode {{ ::std::process::Termination::report(main()) }}\n"
    )
}

/// The root of a crate with these modules, by their numbers. A file's path is relative to the root's. Only
/// those are in a compilation that [`selection`] names.
pub fn root<'a>(modules: impl Iterator<Item = (usize, &'a Path)>) -> String {
    let (mut declared, mut arms) = (String::new(), String::new());
    for (number, file) in modules {
        // Writing to a string can't fail.
        let _ = writeln!(declared, "#[cfg(member_{number})]\n#[path = {file:?}]\nmod member_{number};");
        let _ = writeln!(
            arms,
            "        #[cfg(member_{number})]\n        {number} => member_{number}::{START}(),"
        );
    }
    let (length, mark) = (MARK.len() + 4, MARK.as_bytes().escape_ascii());
    format!(
        "{declared}\nstatic NUMBER: [u8; {length}] = *b\"{mark}\\0\\0\\0\\0\";\n\n\
         fn main() -> std::process::ExitCode {{\n    \
         let [.., a, b, c, d] = unsafe {{ std::ptr::read_volatile(&NUMBER) }};\n    \
         match u32::from_le_bytes([a, b, c, d]) {{\n{arms}        _ => std::process::abort(),\n    }}\n}}\n"
    )
}

/// Flags that choose the modules with these numbers.
pub fn selection(numbers: &[usize]) -> Vec<OsString> {
    numbers.iter().flat_map(|number| ["--cfg".into(), format!("member_{number}").into()]).collect()
}

/// The modules in which there are errors, by what the compiler says in its short format:
/// `…/3.rs:12:5: error[E0308]: mismatched types`.
pub fn wrong(said: &[u8], is_file: impl Fn(usize, &Path) -> bool, numbers: &[usize]) -> Vec<usize> {
    let said = String::from_utf8_lossy(said);
    let places = said.lines().filter_map(|line| line.split_once(": error")).map(|(place, _)| place);
    let files: Vec<&Path> = places.filter_map(|place| Some(Path::new(file_of(place)?))).collect();
    let has_errors = |number: &usize| files.iter().any(|file| is_file(*number, file));
    numbers.iter().copied().filter(has_errors).collect()
}

/// Without line and column.
fn file_of(place: &str) -> Option<&str> {
    Some(place.rsplit_once(':')?.0.rsplit_once(':')?.0)
}

/// A copy of the binary for each of these numbers, in `folder`. None at all where it is not clear which bytes
/// hold the number.
pub fn copies(mut binary: Vec<u8>, numbers: &[usize], folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut places = memmem::find_iter(&binary, MARK.as_bytes()).map(|at| at + MARK.len());
    let (Some(at), None) = (places.next(), places.next()) else { return Ok(Vec::new()) };
    drop(places);
    let copy = |&number: &usize| {
        let bytes = u32::try_from(number).map_err(io::Error::other)?.to_le_bytes();
        binary.get_mut(at..at + 4).ok_or(io::ErrorKind::UnexpectedEof)?.copy_from_slice(&bytes);
        let place = folder.join(format!("member-{number}"));
        fs::write(&place, &binary)?;
        fs::set_permissions(&place, fs::Permissions::from_mode(0o755))?;
        Ok(place)
    };
    numbers.iter().map(copy).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_those_of_the_file_that_they_stand_in() {
        let said =
            b"1.rs:2:5: error[E0308]: mismatched types\na b/2.rs:1:1: error: no\n3.rs:1:1: warning: x\n\
            error: aborting due to 2 previous errors\n";
        let is_file = |number: usize, file: &Path| {
            file.file_name().is_some_and(|name| name == format!("{number}.rs").as_str())
        };
        assert_eq!(wrong(said, is_file, &[1, 2, 3, 4]), [1, 2]);
    }

    #[test]
    fn a_binary_with_two_marks_is_nobodys() {
        let dir = tempfile::tempdir().unwrap();
        let one = [MARK.as_bytes(), &[0; 4]].concat();
        let made = copies(one.clone(), &[0, 3], dir.path()).unwrap();
        let ends = made.iter().map(|file| fs::read(file).unwrap().split_off(MARK.len()));
        assert_eq!(ends.collect::<Vec<_>>(), [[0, 0, 0, 0], [3, 0, 0, 0]]);
        assert!(copies(one.repeat(2), &[0, 3], dir.path()).unwrap().is_empty());
        assert!(copies(b"none".to_vec(), &[0], dir.path()).unwrap().is_empty());
    }
}
