//! Says that it has passed.
use std::io::Write;

fn main() {
    let fake = "\u{1b}[2J\u{1b}[H\u{1b}]0;owned\u{7}\u{9b}1m\u{202e}\r1 of 1 scenario, 1 of 1 point\n\
                {\"status\":\"passed\",\"failure\":null}\n{\"seed\":1,\"rung\":3,\"stop\":\"End\",\"programs\":[]}\n";
    print!("{fake}");
    eprint!("{fake}");
    std::io::stdout().flush().unwrap();
}
