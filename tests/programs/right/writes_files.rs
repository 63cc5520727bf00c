use std::fs;

fn main() {
    let folder = std::env::args().nth(1).unwrap();
    let text = fs::read("source.txt").unwrap();
    for name in ["source.txt", "locked/new.txt", "box/copy.txt"] {
        let written = fs::write(format!("{folder}/{name}"), &text);
        println!("{name} {}", if written.is_ok() { "written" } else { "denied" });
    }
}
