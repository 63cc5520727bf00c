//! What a tar says of the next entry in an entry of its own: long names, and more, in two dialects.

use std::fs::File;
use std::os::unix::fs::FileExt;

use tar::{EntryType, Header};

use super::bounded::unreadable;
use super::tar_index::broken;
use crate::gradebook::record::Trouble;

/// The longest extension that is read, in bytes. A name of a thousand needs two.
const LONGEST: u64 = 64 * 1024;

/// What was said of the next entry.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Extension {
    pub path: Option<Vec<u8>>,
    pub size: Option<u64>,
    /// Seconds since 1970 (UTC).
    pub time: Option<i64>,
    /// Its holes are left out.
    pub sparse: bool,
}

impl Extension {
    /// Whether the entry of `header`, its bytes at `at`, is an extension: it is then taken up.
    pub fn take_up(&mut self, file: &File, header: &Header, at: u64, size: u64) -> Result<bool, Trouble> {
        match header.entry_type() {
            EntryType::GNULongName => {
                let name = read(file, at, size)?;
                let end = name.iter().position(|byte| *byte == 0).unwrap_or(name.len());
                self.path = Some(name[..end].to_owned());
            }
            EntryType::XHeader => self.pax(&read(file, at, size)?)?,
            // Of all that follows, such as the commit of `git archive`; a name or a size makes no sense there.
            EntryType::XGlobalHeader | EntryType::GNULongLink => {}
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Lines of `LENGTH KEY=VALUE\n`, the length being that of the whole line.
    fn pax(&mut self, mut rest: &[u8]) -> Result<(), Trouble> {
        while !rest.is_empty() {
            let (line, after) = line(rest).ok_or_else(|| broken("an extended header is damaged"))?;
            rest = after;
            let Some(equals) = line.iter().position(|byte| *byte == b'=') else { continue };
            self.pair(&line[..equals], &line[equals + 1..])?;
        }
        Ok(())
    }

    fn pair(&mut self, key: &[u8], value: &[u8]) -> Result<(), Trouble> {
        let text = || std::str::from_utf8(value).unwrap_or_default();
        match key {
            b"path" => self.path = Some(value.to_owned()),
            b"size" => self.size = Some(text().parse().map_err(|_| broken("a size is no number"))?),
            b"mtime" => self.time = text().split('.').next().and_then(|seconds| seconds.parse().ok()),
            _ if key.starts_with(b"GNU.sparse.") => self.sparse = true,
            _ => {}
        }
        Ok(())
    }
}

/// The first line of `rest`, without length and line end, and what follows it.
fn line(rest: &[u8]) -> Option<(&[u8], &[u8])> {
    let blank = rest.iter().take(20).position(|byte| *byte == b' ')?;
    let length: usize = std::str::from_utf8(&rest[..blank]).ok()?.parse().ok()?;
    let line = rest.get(blank + 1..length)?.strip_suffix(b"\n")?;
    Some((line, &rest[length..]))
}

fn read(file: &File, at: u64, size: u64) -> Result<Vec<u8>, Trouble> {
    if size > LONGEST {
        return Err(broken("a name is longer than any path"));
    }
    let mut bytes = vec![0; usize::try_from(size).unwrap_or_default()];
    file.read_exact_at(&mut bytes, at).map_err(|error| unreadable(&error))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pax_lines_are_read() {
        let mut extension = Extension::default();
        extension.pax(b"14 path=a/b.c\n9 size=7\n18 mtime=12.34567\n17 comment=a\n=\n\xff\n").unwrap();
        let wanted =
            Extension { path: Some(b"a/b.c".to_vec()), size: Some(7), time: Some(12), sparse: false };
        assert_eq!(extension, wanted);
    }

    #[test]
    fn damaged_pax_lines_are_told() {
        for bad in
            [&b"x"[..], b"5 a", b"0 a=b\n", b"99 a=b\n", b"1 \n", b"7 size=\n", b"999999999999999999999 a"]
        {
            let trouble = Extension::default().pax(bad).unwrap_err();
            assert_eq!(trouble.kind, "broken_archive", "{}", bad.escape_ascii());
        }
    }
}
