//! Reading the small files of /proc with as few system calls as there can be: their size is not known
//! before, so that the usual way is to read them in pieces that grow from 32 bytes.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

/// More than most of them hold.
const ROOM: usize = 4 * 1024;
/// What is shorter than this came whole: the kernel hands out such a file in pieces only where it is longer
/// than a page.
const WHOLE: usize = 1024;

/// A whole file; what is not UTF-8 in it is replaced, since a process may give itself any name.
pub fn read(path: impl AsRef<Path>) -> io::Result<String> {
    reread(&File::open(path)?)
}

/// The same of an open file, as it is now. An error also where the process, or the thread, has ended.
pub fn reread(file: &File) -> io::Result<String> {
    let mut buffer = [0; ROOM];
    let len = file.read_at(&mut buffer, 0)?;
    if len < WHOLE {
        return Ok(String::from_utf8_lossy(&buffer[..len]).into_owned());
    }
    let mut whole = buffer[..len].to_vec();
    loop {
        match file.read_at(&mut buffer, whole.len() as u64)? {
            0 => return Ok(String::from_utf8_lossy(&whole).into_owned()),
            len => whole.extend_from_slice(&buffer[..len]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_proc_is_read_whole() {
        let status = read("/proc/self/status").unwrap();
        assert!(status.starts_with("Name:") && status.ends_with('\n'));
        assert_eq!(
            status.lines().count(),
            std::fs::read_to_string("/proc/self/status").unwrap().lines().count()
        );
        assert!(read("/proc/self/nothing").is_err());
    }
}
