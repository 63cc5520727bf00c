fn main() {
    println!("{}", demo::two());
}
