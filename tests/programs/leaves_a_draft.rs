use std::fs;

fn main() {
    fs::copy("source.txt", "copy.txt.draft").unwrap();
    fs::copy("copy.txt.draft", "copy.txt").unwrap();
}
