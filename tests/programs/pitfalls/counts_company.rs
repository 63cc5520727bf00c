//! Looks for a while how many like itself are there, by a file for each, and fails if they are too many.

use std::fs;
use std::time::{Duration, Instant};

fn main() {
    let mut args = std::env::args().skip(1);
    let folder = args.next().unwrap();
    let at_most: usize = args.next().unwrap().parse().unwrap();
    let own = format!("{folder}/{}", std::process::id());
    fs::write(&own, "").unwrap();
    let (began, mut most) = (Instant::now(), 0);
    while began.elapsed() < Duration::from_millis(150) {
        most = most.max(fs::read_dir(&folder).unwrap().count());
        // No event tells that another has begun.
        std::thread::sleep(Duration::from_millis(1));
    }
    fs::remove_file(&own).unwrap();
    eprintln!("{most} at once");
    std::process::exit(i32::from(most > at_most));
}
