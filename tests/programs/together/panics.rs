fn main() {
    let more = std::env::args().count();
    panic!("{more}");
}
