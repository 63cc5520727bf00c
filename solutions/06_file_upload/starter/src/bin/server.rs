//! Accepts one client, stores all that it sends in a file, and answers with a receipt.

use std::env;
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;

// `main` and `usage` are complete: go on at `run`.

fn main() -> ExitCode {
    // `args_os`, not `args`: a file name on Unix is any bytes, and `args` panics if they are no text.
    let mut args = env::args_os().skip(1);
    let (Some(given), Some(dest), None) = (args.next(), args.next(), args.next()) else {
        return usage("exactly two arguments are needed");
    };
    let Some(addr) = given.to_str().and_then(|text| text.parse::<SocketAddr>().ok()) else {
        return usage(&format!("{} is no address", given.display()));
    };
    match run(addr, Path::new(&dest)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("server: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// Says what is wrong with the arguments, and what would be right: exit code 2.
fn usage(problem: &str) -> ExitCode {
    eprintln!("server: {problem}");
    eprintln!("usage: server ADDR DEST    (127.0.0.1:6666 or [::1]:6666; DEST is the file to write)");
    ExitCode::from(2)
}

/// Receives one upload into `dest`. An `Err` holds the reason, for `main` to print.
fn run(addr: SocketAddr, dest: &Path) -> Result<(), String> {
    // 1. Listen on `addr`, and accept one client.
    //
    // 2. Where do the bytes go while the upload runs? Not to `dest`: it must stay as it was until
    //    the file is whole. What can be done to a finished file in one step, so that nobody ever
    //    sees half of it under its final name?
    //
    // 3. Read a chunk, write a chunk, count. How large is a chunk, if a file of 256 MiB must fit
    //    through a program of 32 MiB?
    //
    // 4. What tells you that the file is complete? What tells you that it never will be? In the
    //    second case, clean up: nothing may be left behind.
    //
    // 5. The file is whole: give it its name. Only then send the receipt, and print it too.
    todo!("receive a file on {addr} into {}", dest.display())
}
