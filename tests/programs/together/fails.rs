fn main() -> Result<(), String> {
    Err("no".into())
}
