//! Uploads one file, and believes that it has arrived when the server says so.

use std::env;
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;

// `main` and `usage` are complete: go on at `run`.

fn main() -> ExitCode {
    // `args_os`, not `args`: a file name on Unix is any bytes, and `args` panics if they are no text.
    let mut args = env::args_os().skip(1);
    let (Some(given), Some(src), None) = (args.next(), args.next(), args.next()) else {
        return usage("exactly two arguments are needed");
    };
    let Some(addr) = given.to_str().and_then(|text| text.parse::<SocketAddr>().ok()) else {
        return usage(&format!("{} is no address", given.display()));
    };
    match run(addr, Path::new(&src)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("client: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// Says what is wrong with the arguments, and what would be right: exit code 2.
fn usage(problem: &str) -> ExitCode {
    eprintln!("client: {problem}");
    eprintln!("usage: client ADDR SRC    (127.0.0.1:6666 or [::1]:6666; SRC is the file to send)");
    ExitCode::from(2)
}

/// Uploads `src`. An `Err` holds the reason, for `main` to print.
fn run(addr: SocketAddr, src: &Path) -> Result<(), String> {
    // 1. Open the file. Is it one? (Try to open a folder, and see which call fails.)
    //
    // 2. Connect.
    //
    // 3. Read a chunk, send a chunk, count, until the file ends. Never hold all of it in memory.
    //
    // 4. Tell the server that this was all, and keep your ears open. Closing the connection would
    //    do the first and not the second.
    //
    // 5. Wait for the receipt: one whole line. It may arrive in pieces, or not at all.
    //
    // 6. Does it name exactly your number of bytes? Only then print your own line.
    todo!("send {} to {addr}", src.display())
}
