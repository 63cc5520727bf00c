//! The linker's arguments: on their way from the stand-in, and as the linker reads them.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::os::unix::ffi::{OsStrExt, OsStringExt};

/// The longest list of arguments, in bytes: a program of a thousand units has some hundred KiB.
const MOST: u64 = 4 << 20;

/// Their length, and then the words, with a zero between them.
pub fn hand_over(words: &[OsString], to: &mut impl Write) -> io::Result<()> {
    let text = words.iter().map(|word| word.as_bytes()).collect::<Vec<_>>().join(&0);
    to.write_all(&(text.len() as u64).to_le_bytes())?;
    to.write_all(&text)
}

/// The same at the other end. None where that was closed without a word.
pub fn receive(from: &mut impl Read) -> io::Result<Option<Vec<OsString>>> {
    let mut length = [0; 8];
    match from.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let mut text = Vec::new();
    from.take(u64::from_le_bytes(length).min(MOST)).read_to_end(&mut text)?;
    Ok(Some(text.split(|byte| *byte == 0).map(|word| OsString::from_vec(word.to_vec())).collect()))
}

/// As LLVM reads such a file (`cl::TokenizeGNUCommandLine`): words between blanks, a backslash before whatever
/// is not meant as it looks.
pub fn response_file(arguments: &[OsString]) -> Vec<u8> {
    let mut text = Vec::new();
    for argument in arguments {
        if argument.is_empty() {
            text.extend(b"\"\"");
        }
        for &byte in argument.as_bytes() {
            if byte.is_ascii_whitespace() || matches!(byte, b'\\' | b'"' | b'\'') {
                text.push(b'\\');
            }
            text.push(byte);
        }
        text.push(b'\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<OsString> {
        words.iter().map(OsString::from).collect()
    }

    #[test]
    fn words_arrive_as_they_were() {
        for words in [words(&["-flavor", "gnu", "", "a b"]), vec![OsString::from_vec(b"\xff".to_vec())]] {
            let mut way = Vec::new();
            hand_over(&words, &mut way).unwrap();
            assert_eq!(receive(&mut &way[..]).unwrap(), Some(words));
        }
        assert_eq!(receive(&mut &b""[..]).unwrap(), None);
    }

    #[test]
    fn what_a_file_would_take_for_something_else_is_marked() {
        let text = response_file(&words(&["-o", "a b", "it's", "\"x\"", "back\\slash", ""]));
        assert_eq!(String::from_utf8(text).unwrap(), "-o\na\\ b\nit\\'s\n\\\"x\\\"\nback\\\\slash\n\"\"\n");
    }
}
