//! Whatever it leaves must not be there the next time.
use std::fs;

fn main() {
    for folder in [".", "/tmp", "/work"] {
        let found: Vec<_> = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()).collect();
        assert!(found.is_empty(), "{folder} holds {found:?}");
    }
    for path in ["left", ".hidden", "/tmp/left-2"] {
        fs::write(path, "x").unwrap();
    }
    fs::create_dir("locked").unwrap();
    fs::write("locked/file", "x").unwrap();
    fs::set_permissions("locked", std::os::unix::fs::PermissionsExt::from_mode(0)).unwrap();
}
