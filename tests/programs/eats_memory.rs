use std::hint::black_box;

fn main() {
    let mut kept = Vec::new();
    for _ in 0..100 {
        kept.push(black_box(vec![1_u8; 1 << 20]));
    }
    std::io::stdin().read_line(&mut String::new()).unwrap();
    drop(kept);
}
