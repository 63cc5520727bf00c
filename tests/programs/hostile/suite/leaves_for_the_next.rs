//! Whatever it leaves must not be there the next time.
use std::fs;

fn main() {
    for folder in [".", "/tmp", "/work"] {
        // On the weaker rungs there may be no such folder for it, but its own.
        let found = fs::read_dir(folder).into_iter().flatten().flatten();
        let found: Vec<_> = found.map(|entry| entry.path()).collect();
        assert!(found.is_empty(), "{folder} holds {found:?}");
    }
    for path in ["left", ".hidden"] {
        fs::write(path, "x").unwrap();
    }
    for path in ["/tmp/left-2", "/dev/shm/left", "/var/tmp/left", "/run/left"] {
        drop(fs::write(path, "x"));
    }
    fs::create_dir("locked").unwrap();
    fs::write("locked/file", "x").unwrap();
    fs::set_permissions("locked", std::os::unix::fs::PermissionsExt::from_mode(0)).unwrap();
}
