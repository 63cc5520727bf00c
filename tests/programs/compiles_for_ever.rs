const fn count() -> u64 {
    let mut n = 0_u64;
    while n < u64::MAX {
        n += 1;
    }
    n
}

#[allow(long_running_const_eval)]
const ALL: u64 = count();

fn main() {
    println!("{ALL}");
}
