use std::sync::mpsc::channel;
use std::thread;

fn main() {
    let (keep, wait) = channel::<()>();
    let wait = std::sync::Arc::new(std::sync::Mutex::new(wait));
    for _ in 0..64 {
        let wait = wait.clone();
        if thread::Builder::new().spawn(move || wait.lock().unwrap().recv().is_ok()).is_err() {
            break;
        }
    }
    std::io::stdin().read_line(&mut String::new()).unwrap();
    drop(keep);
}
