fn main() {
    println!("a word of its own");
}
