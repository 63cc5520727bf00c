//! The names that carry meaning: keywords, and what the standard library calls the things that the exercises
//! are about. All other names are a student's own, and one is as good as another.

/// Rust's keywords, but for those that are dropped (see [`normal`](super::normal)) and those that stand for a
/// value (`true`, `false`).
#[rustfmt::skip]
const KEYWORDS: [&str; 30] = [
    "as", "async", "await", "break", "const", "continue", "dyn", "else", "enum", "extern", "fn", "for", "if",
    "impl", "in", "let", "loop", "match", "mod", "move", "ref", "return", "self", "static", "struct", "trait",
    "type", "unsafe", "where", "while",
];

/// Types, traits and variants, wherever they stand.
#[rustfmt::skip]
const TYPES: [&str; 73] = [
    "Arc", "AsRawFd", "AtomicBool", "AtomicU64", "AtomicUsize", "BTreeMap", "BorrowedFd", "Box", "BrokenPipe",
    "BufRead", "BufReader", "BufWriter", "Child", "Command", "Condvar", "ConnectionAborted",
    "ConnectionRefused", "ConnectionReset", "Context", "Duration", "Err", "Error", "ErrorKind", "ExitCode",
    "ExitStatus", "File", "FromRawFd", "Future", "HashMap", "HashSet", "Instant", "Interrupted",
    "InvalidData", "InvalidInput", "Ipv4Addr", "Ipv6Addr", "LineWriter", "Mutex", "None", "NotFound", "Ok",
    "OpenOptions", "Option", "OsString", "OwnedFd", "Path", "PathBuf", "Pin", "Poll", "Rc", "Read", "Receiver",
    "Result", "RwLock", "Seek", "Sender", "Shutdown", "SocketAddr", "Some", "Stdio", "String", "TcpListener",
    "TcpStream", "TimedOut", "ToSocketAddrs", "UdpSocket", "UnexpectedEof", "UnixListener", "UnixStream", "Vec",
    "VecDeque", "WouldBlock", "Write",
];

/// Functions and methods, behind `.` or `::` or where a `use` brings them in: a student's own function may have
/// the same name.
#[rustfmt::skip]
const FUNCTIONS: [&str; 121] = [
    "abort", "accept", "and_then", "args", "args_os", "as_bytes", "as_mut", "as_ref", "as_str", "bind",
    "bytes", "channel", "chars", "chunks", "clone", "collect", "connect", "copy", "count", "create",
    "create_new", "current_exe", "drain", "elapsed", "ends_with", "exit", "expect", "extend",
    "extend_from_slice", "fill_buf", "filter", "find", "first", "flush", "for_each", "from_fd",
    "from_millis", "from_secs", "from_utf8", "from_utf8_lossy", "get", "id", "incoming", "insert",
    "inspect_err", "into_iter", "into_string", "is_empty", "is_err", "is_none", "is_ok", "is_some", "iter",
    "join", "kill", "kind", "last", "len", "lines", "local_addr", "lock", "map", "map_err", "metadata",
    "min", "next", "nth", "ok_or", "open", "output", "parse", "peek", "peek_from", "peer_addr", "persist",
    "poll", "pop_front", "position", "push", "push_back", "push_str", "read", "read_exact", "read_line",
    "read_to_end", "read_to_string", "read_until", "recv", "recv_from", "recv_timeout", "remove_file",
    "rename", "retain", "rewind", "send", "send_to", "set_nonblocking", "set_read_timeout",
    "set_write_timeout", "shutdown", "sleep", "spawn", "split", "split_at", "split_once", "starts_with",
    "status", "stderr", "stdin", "stdout", "sync_all", "take", "trim", "trim_end", "truncate", "try_clone",
    "try_wait", "unwrap", "wait", "write", "write_all",
];

/// Macros, before a `!`.
#[rustfmt::skip]
const MACROS: [&str; 16] = [
    "assert", "eprint", "eprintln", "format", "matches", "panic", "print", "println", "todo", "unimplemented",
    "unreachable", "vec", "write", "writeln", "dbg", "assert_eq",
];

/// Where a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Behind `.` or `::`, or brought in by a `use`.
    Member,
    /// Before a `!`.
    Macro,
    Elsewhere,
}

/// Whether `word` at such a place is kept as it is.
pub(super) fn is_kept(word: &str, place: Place) -> bool {
    let has = |list: &[&str]| list.contains(&word);
    if word.starts_with(|c: char| c.is_ascii_uppercase()) {
        return TYPES.binary_search(&word).is_ok();
    }
    match place {
        Place::Member => FUNCTIONS.binary_search(&word).is_ok() || is_keyword(word),
        Place::Macro => has(&MACROS) || is_keyword(word),
        Place::Elsewhere => is_keyword(word),
    }
}

/// Whether `word` is a keyword that is kept.
pub(super) fn is_keyword(word: &str) -> bool {
    KEYWORDS.binary_search(&word).is_ok()
}

/// Every name that is ever kept.
#[cfg(test)]
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    KEYWORDS.into_iter().chain(TYPES).chain(FUNCTIONS).chain(MACROS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_in_order() {
        for list in [&KEYWORDS[..], &TYPES, &FUNCTIONS] {
            for pair in list.windows(2) {
                assert!(pair[0] < pair[1], "{pair:?}");
            }
        }
    }

    #[test]
    fn a_function_counts_where_only_the_library_s_can_be_meant() {
        assert!(is_kept("read_line", Place::Member) && !is_kept("read_line", Place::Elsewhere));
        assert!(is_kept("write", Place::Macro) && is_kept("write", Place::Member));
        assert!(is_kept("TcpListener", Place::Elsewhere) && !is_kept("Server", Place::Elsewhere));
        assert!(is_kept("match", Place::Elsewhere) && !is_kept("mut", Place::Elsewhere));
    }
}
