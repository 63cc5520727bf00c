use std::io::stdin;

fn main() {
    stdin().read_line(&mut String::new()).unwrap();
}
