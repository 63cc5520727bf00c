use std::fs;

fn main() {
    let text = fs::read_to_string("source.txt").unwrap();
    fs::write("copy.txt", text.replace('\n', "\r\n")).unwrap();
}
