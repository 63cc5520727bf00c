//! Stops in the middle of the exercise.
fn main() {
    let id = std::process::id().to_string();
    std::process::Command::new("/bin/kill").args(["-STOP", &id]).status().ok();
    unsafe extern "C" {
        fn raise(signal: i32) -> i32;
    }
    unsafe { raise(19) };
}
