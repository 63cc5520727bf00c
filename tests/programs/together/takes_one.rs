fn main() {
    println!("{}", demo::one());
}
