fn main() {
    let port: u16 = "21001";
    drop(port);
}
