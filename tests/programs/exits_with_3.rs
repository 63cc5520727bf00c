fn main() {
    eprintln!("no such file: notes.txt");
    std::process::exit(3);
}
