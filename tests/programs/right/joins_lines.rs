fn main() {
    let lines: Vec<String> = std::io::stdin().lines().map(Result::unwrap).collect();
    println!("{}", lines.join(" "));
}
