fn main() {
    crate::f()
}

fn f() {}
