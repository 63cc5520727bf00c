fn main() {
    println!("{}", module_path!());
}
