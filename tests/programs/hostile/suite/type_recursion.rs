//! Each type is twice as large as the one before it.
#![recursion_limit = "10000000"]

struct Pair<T, U>(std::marker::PhantomData<(T, U)>);

trait Grow {
    fn grow(n: u32);
}

impl<T, U> Grow for Pair<T, U> {
    fn grow(n: u32) {
        if n > 0 {
            <Pair<Pair<T, U>, Pair<U, T>> as Grow>::grow(n - 1);
        }
    }
}

fn main() {
    <Pair<u8, u16> as Grow>::grow(9);
}
