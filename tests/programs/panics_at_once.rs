fn main() {
    let first = std::env::args().nth(9).expect("nine arguments");
    println!("{first}");
}
