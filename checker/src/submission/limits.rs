//! How much of a submission is read, at most.

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;
const GIB: u64 = 1024 * MIB;

/// Bounds on what strangers hand in. Each counts what was really read, not what a header promises.
///
/// A *bulk* archive is one that the instructor names; everything below it, and every archive in a folder,
/// was made by a student.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a bulk archive as it lies on the disk. 4 GiB. A zip is not read through, only its index.
    pub bulk_bytes: u64,
    /// Bytes that a bulk `tar.gz` unpacks to, in the scratch folder. 1 GiB.
    pub bulk_inflated: u64,
    /// Entries of a bulk archive. 100,000.
    pub bulk_entries: u32,
    /// Bytes of a student's archive. 256 MiB.
    pub archive_bytes: u64,
    /// Bytes that are unpacked for one submission, over all of its archives. 512 MiB.
    pub inflated_bytes: u64,
    /// Bytes of an archive's own list of contents; memory grows with it. 8 MiB.
    pub index_bytes: u64,
    /// Files and folders of one submission, without those that are ignored. 20,000.
    pub entries: u32,
    /// Archives that are opened for one submission. 32.
    pub archives: u32,
    /// Archives in archives: 1 is a zip, 2 a zip in a zip. 3.
    pub nesting: u32,
    /// How many times larger than packed something may be when unpacked. 200 (deflate reaches 1,032).
    pub ratio: u64,
    /// Below this many bytes unpacked the ratio is not looked at. 4 MiB.
    pub ratio_from: u64,
    /// Bytes of one source. 1 MiB.
    pub file_bytes: u64,
    /// Bytes of one exercise's `src`. 8 MiB.
    pub src_bytes: u64,
    /// Files of one exercise's `src`. 500.
    pub src_files: usize,
    /// Bytes of a path. 1,024.
    pub path_bytes: usize,
    /// Folders of a path. 32.
    pub path_depth: usize,
    /// Bytes of the roster. 8 MiB.
    pub roster_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            bulk_bytes: 4 * GIB,
            bulk_inflated: GIB,
            bulk_entries: 100_000,
            archive_bytes: 256 * MIB,
            inflated_bytes: 512 * MIB,
            index_bytes: 8 * MIB,
            entries: 20_000,
            archives: 32,
            nesting: 3,
            ratio: 200,
            ratio_from: 4 * MIB,
            file_bytes: MIB,
            src_bytes: 8 * MIB,
            src_files: 500,
            path_bytes: 1024,
            path_depth: 32,
            roster_bytes: 8 * MIB,
        }
    }
}

/// What is left of the bounds while one submission, or one bulk archive, is read.
#[derive(Debug, Clone)]
pub(super) struct Budget {
    pub inflated: u64,
    pub entries: u32,
    pub archives: u32,
    /// Bytes of an archive.
    pub archive_bytes: u64,
}

impl Budget {
    pub fn of_submission(limits: &Limits) -> Self {
        Budget {
            inflated: limits.inflated_bytes,
            entries: limits.entries,
            archives: limits.archives,
            archive_bytes: limits.archive_bytes,
        }
    }

    pub fn of_bulk(limits: &Limits) -> Self {
        Budget {
            inflated: limits.bulk_inflated,
            entries: limits.bulk_entries,
            archives: 1,
            archive_bytes: limits.bulk_bytes,
        }
    }
}

/// `1 MiB`, `17 bytes`: a limit in words.
pub(super) fn bytes(count: u64) -> String {
    match count {
        _ if count >= GIB && count.is_multiple_of(GIB) => format!("{} GiB", count / GIB),
        _ if count >= MIB => format!("{} MiB", count.div_ceil(MIB)),
        _ if count >= KIB => format!("{} KiB", count.div_ceil(KIB)),
        1 => "1 byte".to_owned(),
        _ => format!("{count} bytes"),
    }
}
