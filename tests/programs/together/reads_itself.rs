//! Tells whether a word is in its own binary. It brings the word along in two halves.

fn main() {
    let halves: Vec<String> = std::env::args().skip(1).collect();
    let (word, itself) = (halves.concat(), std::fs::read("/proc/self/exe").unwrap());
    println!("{}", itself.windows(word.len()).any(|part| part == word.as_bytes()));
}
