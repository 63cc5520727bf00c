//! What unwinds the stack of a program that panics, linked into it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// The archives that stand for the shared library of gcc's, as its own `-static-libgcc` has it: with one library less to
/// find, to map and to bind a program is started in seven eighths of the time, and some start three.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unwinder {
    archives: Vec<PathBuf>,
}

const ARCHIVES: [&str; 2] = ["libgcc_eh.a", "libgcc.a"];
/// How the compiler asks for the library.
const SHARED: &str = "-lgcc_s";
/// The file that is looked for then.
pub const NAME: &str = "libgcc_s.so";

impl Unwinder {
    /// Those in the first folder, of a linker's `arguments`, that has them all.
    pub fn find(arguments: &[String]) -> Option<Self> {
        let folders = arguments.iter().filter_map(|argument| argument.strip_prefix("-L"));
        let mut found = folders.map(|folder| ARCHIVES.map(|name| Path::new(folder).join(name)).to_vec());
        let archives = found.find(|archives| archives.iter().all(|archive| archive.is_file()))?;
        Some(Unwinder { archives })
    }

    pub fn archives(&self) -> &[PathBuf] {
        &self.archives
    }

    /// What a file of the library's name says that leads to the archives (ld, "Implicit Linker Scripts").
    pub fn script(&self) -> String {
        let names: Vec<String> = self.archives.iter().map(|path| format!("\"{}\"", path.display())).collect();
        format!("GROUP ( {} )\n", names.join(" "))
    }

    /// `arguments` with the archives in the library's place.
    pub fn put_into(&self, arguments: Vec<OsString>) -> Vec<OsString> {
        let own = || self.archives.iter().map(OsString::from).collect();
        let changed = |argument| if argument == SHARED { own() } else { vec![argument] };
        arguments.into_iter().flat_map(changed).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_archives_take_the_place_of_the_library() {
        let folder = tempfile::tempdir().unwrap();
        let searched = |folder: &Path| format!("-L{}", folder.display());
        let (half, whole) = (folder.path().join("half"), folder.path().join("whole"));
        for (folder, files) in [(&half, &ARCHIVES[..1]), (&whole, &ARCHIVES[..])] {
            std::fs::create_dir(folder).unwrap();
            files.iter().for_each(|file| std::fs::write(folder.join(file), "").unwrap());
        }
        assert_eq!(Unwinder::find(&["-m".into(), searched(&half)]), None);
        let unwinder = Unwinder::find(&[searched(&half), searched(&whole)]).unwrap();
        let changed = unwinder.put_into(["a.o", "-lgcc_s", "-lc"].map(OsString::from).to_vec());
        let archives = ARCHIVES.map(|name| whole.join(name).into_os_string());
        assert_eq!(changed, [&["a.o".into()], &archives[..], &["-lc".into()]].concat());
        let [one, other] = ARCHIVES.map(|name| whole.join(name).display().to_string());
        assert_eq!(unwinder.script(), format!("GROUP ( \"{one}\" \"{other}\" )\n"));
    }
}
