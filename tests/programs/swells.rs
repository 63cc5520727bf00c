use std::hint::black_box;

fn main() {
    drop(black_box(vec![1_u8; 48 << 20]));
}
