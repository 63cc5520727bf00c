//! Exercise 07: three processes, each with a connection of its own.
//!
//! `multiprocess ADDR` is main. It starts this same program twice more, as `coding` and as `music`,
//! with arguments that only it uses: `multiprocess --as coding ADDR`. The README has the whole contract.

use std::env;
use std::net::SocketAddr;
use std::process::ExitCode;

/// The children, by the names with which they introduce themselves.
const CHILDREN: [&str; 2] = ["coding", "music"];

/// The hidden argument that makes a process a child: `--as NAME ADDR`.
const CHILD_FLAG: &str = "--as";

/// Given: the arguments, the exit codes, and who is who.
fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();

    let Some((role, addr)) = understand(&args) else {
        eprintln!("usage: multiprocess ADDR   (HOST:PORT, such as 127.0.0.1:7777 or [::1]:7777)");
        return ExitCode::from(2);
    };
    let (name, result) = match role {
        Role::Main => ("multiprocess", run_main(addr)),
        Role::Child(name) => (name, run_child(name, addr)),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{name}: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// Which of the three this process is.
enum Role {
    Main,
    Child(&'static str),
}

/// What the arguments ask for, or `None` where they are wrong.
fn understand(args: &[&str]) -> Option<(Role, SocketAddr)> {
    match *args {
        [addr] => Some((Role::Main, addr.parse().ok()?)),
        [CHILD_FLAG, name, addr] => {
            let name = CHILDREN.into_iter().find(|child| *child == name)?;
            Some((Role::Child(name), addr.parse().ok()?))
        }
        _ => None,
    }
}

/// The talk, the same in all three processes. Begin here.
fn talk(name: &str, addr: SocketAddr) -> Result<(), String> {
    // 1. Connect. Each process calls this for itself, so each has a socket that no other one holds.
    //
    // 2. Send `NAME PID` and wait for the line `ok`.
    //    Whose PID? Look into std::process.
    //
    // 3. Send `NAME 0` … `NAME 9`, and wait for an `ok` after each, after the last one too.
    //    Anything else, or the end of the stream, is an error that says what happened.
    todo!("steps 1 to 3: {name} talks with {addr}")
}

/// A child: nothing but its talk.
fn run_child(name: &str, addr: SocketAddr) -> Result<(), String> {
    // 7. Last, when all else works: main may be killed at any moment, while this process waits for an
    //    `ok`. How can it notice that main is gone? (Try it: `kill -9` main, then look with `ps`.)
    talk(name, addr)
}

/// Main: starts the children, has its own talk, waits for the children.
fn run_main(addr: SocketAddr) -> Result<(), String> {
    // 4. Start this program once more for each name in CHILDREN, with `CHILD_FLAG name addr` as its
    //    arguments. Start both before anything else: who is waited for here stops the others.

    talk("main", addr)?;

    // 5. Wait for both. Tell `NAME exited 0` as soon as it has happened, whichever is first, and even
    //    while main's own talk is still going on. (So, is this the right place for it?)
    //
    // 6. Only if both went well: `main done`. Else the error names the child that failed.
    //    And if main's own talk fails, in the line above: no child may be left when main ends.
    todo!("steps 4 to 6: start {CHILDREN:?} with {CHILD_FLAG}, and wait for both")
}
