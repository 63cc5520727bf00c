fn main() {
    for n in 1..=5 {
        println!("line {n} of 5");
    }
    println!("the first was 1");
    eprint!("no line end");
}
