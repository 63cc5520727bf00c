//! Submissions, made.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::gradebook::record::Trouble;
use crate::submission::{Found, Intake, Limits, Request, Taken};

pub const MAIN: &str = "01_udp_send/src/main.rs";
pub const SERVER: &str = "03_tcp_one_liner/src/bin/server.rs";
pub const CLIENT: &str = "03_tcp_one_liner/src/bin/client.rs";

/// A folder of its own, and a request of a course with an exercise of one program and one of two.
pub struct Bench {
    pub folder: TempDir,
    pub request: Request,
}

impl Bench {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let one = ("01_udp_send".to_owned(), vec!["src/main.rs".to_owned()]);
        let bins = ["server", "client"].map(|name| format!("src/bin/{name}.rs"));
        let two = ("03_tcp_one_liner".to_owned(), bins.to_vec());
        let request = Request {
            sources: vec![folder.path().join("in")],
            exercises: vec![one, two],
            ..Request::default()
        };
        fs::create_dir(folder.path().join("in")).unwrap();
        Bench { folder, request }
    }

    /// The same for a course of the first exercise alone.
    pub fn of_one() -> Self {
        let mut bench = Bench::new();
        bench.request.exercises.truncate(1);
        bench
    }

    pub fn limits(mut self, change: impl FnOnce(&mut Limits)) -> Self {
        change(&mut self.request.limits);
        self
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join("in").join(path)
    }

    /// Writes `path` below the source, with folders.
    pub fn put(&self, path: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    /// Names `path` below the usual source as the only source.
    pub fn only(&mut self, path: &str) -> &mut Self {
        self.request.sources = vec![self.path(path)];
        self
    }

    pub fn discover(&self) -> Intake {
        self.request.discover(&|_, _| ()).unwrap()
    }

    /// The only submission.
    pub fn one(&self) -> Found {
        let intake = self.discover();
        let [found] = &intake.found[..] else { panic!("{:#?}", intake.rows()) };
        found.clone()
    }

    /// Takes `found` to a fresh folder; everything in it afterwards, by path.
    pub fn take(&self, found: &Found) -> (Taken, BTreeMap<String, String>) {
        let into = tempfile::tempdir_in(self.folder.path()).unwrap();
        let taken = found.take(into.path()).unwrap();
        (taken, files(into.path()))
    }

    /// What becomes of the archive `bytes` as ann's submission in a folder of submissions; that nothing is written
    /// beside the sources is seen to.
    pub fn archive(&self, name: &str, bytes: &[u8]) -> (Found, Taken, BTreeMap<String, String>) {
        self.put(name, bytes).put("bob/01_udp_send/src/main.rs", "bob");
        let before = files(self.folder.path());
        let intake = self.discover();
        let bob = intake.found.iter().find(|found| found.student.key == "bob").expect("bob was harmed");
        assert_eq!((bob.trouble.as_ref(), bob.present().count()), (None, 1), "bob was harmed");
        let found = intake.found.iter().find(|found| found.student.key != "bob").unwrap().clone();
        let (taken, written) = self.take(&found);
        assert_eq!(files(self.folder.path()), before, "something was written elsewhere");
        (found, taken, written)
    }

    /// The kind of trouble of a whole submission that is the archive `bytes`; nothing of it is taken.
    pub fn refused(&self, name: &str, bytes: &[u8]) -> String {
        let (found, taken, written) = self.archive(name, bytes);
        assert_eq!(written, BTreeMap::new());
        assert_eq!(taken.trouble, found.trouble);
        kind(found.trouble.as_ref())
    }
}

/// `Trouble::kind`, `-` where there is none; the message is a sentence.
pub fn kind(trouble: Option<&Trouble>) -> String {
    let Some(trouble) = trouble else { return "-".to_owned() };
    assert!(!trouble.message.is_empty() && !trouble.message.contains(['\n', '\x1b']), "{trouble:?}");
    trouble.kind.clone()
}

/// The trouble of each exercise after copying, in order.
pub fn kinds(taken: &Taken) -> Vec<String> {
    taken.exercises.iter().map(|one| kind(one.trouble.as_ref())).collect()
}

/// All regular files below `root`; anything that is neither file nor folder fails the test.
pub fn files(root: &Path) -> BTreeMap<String, String> {
    let (mut found, mut folders) = (BTreeMap::new(), vec![root.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.symlink_metadata().unwrap().is_dir() {
                folders.push(path);
            } else if path.symlink_metadata().unwrap().is_file() {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
                found.insert(name, String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned());
            }
        }
    }
    found
}

/// A zip as anybody makes it.
pub fn zip(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A tar as anybody makes it.
pub fn tar(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, content) in entries {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o4777);
        header.set_mtime(1_795_168_800);
        header.set_cksum();
        builder.append_data(&mut header, name, content.as_bytes()).unwrap();
    }
    builder.into_inner().unwrap()
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// One entry of a zip of which everything may be a lie.
#[derive(Clone, Debug)]
pub struct Lie {
    pub name: Vec<u8>,
    pub flags: u16,
    pub method: u16,
    pub crc: u32,
    pub size: u32,
    pub packed: Vec<u8>,
    /// `st_mode`, of an archive made on Unix.
    pub mode: u32,
}

impl Lie {
    /// An entry that is no lie so far.
    pub fn new(name: impl AsRef<[u8]>, content: impl AsRef<[u8]>) -> Self {
        let content = content.as_ref();
        let mut crc = flate2::Crc::new();
        crc.update(content);
        Lie {
            name: name.as_ref().to_owned(),
            flags: 0,
            method: 8,
            crc: crc.sum(),
            size: content.len() as u32,
            packed: deflate(content),
            mode: 0o100_644,
        }
    }
}

/// A zip of `lies`, byte by byte.
pub fn zip_of(lies: &[Lie]) -> Vec<u8> {
    let (mut bytes, mut list) = (Vec::new(), Vec::new());
    for lie in lies {
        let at = bytes.len() as u32;
        let mut common = Vec::new();
        for field in [20, lie.flags, lie.method, 0, (46 << 9) | (11 << 5) | 20] {
            common.extend(u16::to_le_bytes(field));
        }
        for field in [lie.crc, lie.packed.len() as u32, lie.size] {
            common.extend(u32::to_le_bytes(field));
        }
        common.extend((lie.name.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&common);
        bytes.extend(&lie.name);
        bytes.extend(&lie.packed);
        list.extend(b"PK\x01\x02\x14\x03");
        list.extend(&common);
        list.extend([0; 6]);
        list.extend((lie.mode << 16).to_le_bytes());
        list.extend(at.to_le_bytes());
        list.extend(&lie.name);
    }
    let (at, count) = (bytes.len() as u32, lies.len() as u16);
    bytes.extend(&list);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend(count.to_le_bytes());
    bytes.extend(count.to_le_bytes());
    bytes.extend((list.len() as u32).to_le_bytes());
    bytes.extend(at.to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}
