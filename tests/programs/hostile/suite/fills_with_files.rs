//! Ever more empty files, in ever deeper folders: they take no room that is counted in bytes.
use std::fs;

fn main() {
    let mut made = 0;
    while fs::write(made.to_string(), "").is_ok() {
        made += 1;
        assert!(made < 1_000_000, "a million files");
    }
    assert!(made > 10, "there is room for some");
    // So that there is room for folders.
    for old in 0..made / 2 {
        fs::remove_file(old.to_string()).unwrap();
    }
    let mut depth = 0;
    while fs::create_dir("d").and_then(|()| std::env::set_current_dir("d")).is_ok() {
        depth += 1;
        assert!(depth < 1_000_000, "a million folders");
    }
}
