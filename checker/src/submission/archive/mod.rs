//! Zip, tar and tar.gz as one thing: a sorted list of what is in it, each entry a run of bytes in a file.
//!
//! A tar.gz is unpacked once into a file without a name, so that every entry can be read on its own. Nothing in
//! an archive is ever written below its own name; nothing is held in memory but the list.

mod bounded;
mod checked;
mod entry;
mod open;
mod tar_extension;
mod tar_index;
mod window;
mod zip_central;
mod zip_end;
mod zip_field;

pub(super) use entry::{Archive, Entry};
pub(super) use open::{is_archive, open, spool};
