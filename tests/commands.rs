//! Every command as it is met: whole outputs, on the way from the first exercise to the last.

mod help;
mod json;
mod linking;
mod parts;
mod record;
mod student;
mod work;

use crate::support::Mini;
use crate::support::mini::exercise_toml;

const RIGHT: &str = "fn main() {\n    println!(\"hello\");\n}\n";
const STARTER: &str = "fn main() {\n    todo!(\"say hello\")\n}\n";
const WRONG: &str = "fn main() {\n    println!(\"HELLO\");\n}\n";

/// Two exercises, both at their starters, with solutions.
fn course() -> Mini {
    let steps = |program: &str| {
        format!(
            r#"{{ start = "{program}" }}, {{ expect_exit = "{program}", code = 0 }},
               {{ expect = "{program}.stdout", line = "hello", why = "greet" }},"#
        )
    };
    let mut course = Mini::new();
    for name in ["01_demo", "02_other"] {
        course = course
            .exercise(name, &exercise_toml(&name[3..], &steps(&name[3..])))
            .source(name, STARTER)
            .starter(name, STARTER)
            .solution(name, RIGHT);
    }
    course
}

fn write_source(course: &Mini, exercise: &str, text: &str) {
    course.write(&format!("exercises/{exercise}/src/main.rs"), text);
}
