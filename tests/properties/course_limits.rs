//! Texts that are out of all measure: deep, long, or wrong in very many places.

use crate::workshop::{Workshop, exercise_file};

/// An exercise with `steps`.
fn with_steps(steps: &str) -> String {
    format!("title = 'T'\nhints = ['a', 'b']\n[[scenario]]\nname = 's'\nsteps = [\n{steps}\n]\n")
}

/// Very many variables, and as many names that are none of them.
fn unknown_names(n: usize) -> String {
    let vars: String = (0..n).map(|i| format!("v{i} = {{ word = 1 }}\n")).collect();
    let uses: String = (0..n).map(|i| format!("${{u{i}}}")).collect();
    format!("[vars]\n{vars}[[scenario]]\nname = 's'\nsteps = [{{ start = 'a', args = ['{uses}'] }}]\n")
}

/// A long name, and one that is nearly the same.
fn unknown_name_of(n: usize) -> String {
    let name = "v".repeat(n);
    let steps = format!("{{ start = 'a', args = ['${{{name}u}}'] }}");
    format!("[vars]\n{name} = {{ word = 1 }}\n[[scenario]]\nname = 's'\nsteps = [{steps}]\n")
}

#[test]
fn depth_is_a_fault_and_no_overflow() {
    let workshop = Workshop::new();
    let (name, mut tried) = (&workshop.exercises[3], 0);
    for depth in [50, 100, 1000, 10_000, 100_000] {
        for (open, close) in [("[", "]"), ("{ a = ", "}"), ("{ repeat = 1, steps = [", "] }"), ("(", ")")] {
            let deep = format!("{}1{}", open.repeat(depth), close.repeat(depth));
            let dotted = format!("x{} = 1", ".x".repeat(depth));
            let texts = [
                format!("x = {deep}"),
                format!("x = {}", open.repeat(depth)),
                with_steps(&deep),
                with_steps(&format!("{{ start = 'a' }}, {{ expect = 'a.stdout', matches = '{deep}' }}")),
                dotted.clone(),
                format!("[{}]", dotted.trim_end_matches(" = 1")),
                with_steps(&format!("{{ {dotted} }}")),
            ];
            for text in texts {
                assert!(workshop.spoil(&exercise_file(name), name, text.as_bytes()).is_none());
                tried += 1;
            }
        }
    }
    println!("depth_is_a_fault_and_no_overflow: {tried} inputs");
}

#[test]
fn length_is_borne() {
    let workshop = Workshop::new();
    let (name, mut tried) = (&workshop.exercises[3], 0);
    for n in [1000, 12_000] {
        let texts = [
            format!("title = '{}'", "t".repeat(20 * n)),
            format!("{} = 1", "k".repeat(20 * n)),
            format!("hints = [{}]", "1,".repeat(n)),
            format!("hints = [\n{}]", "1,\n".repeat(n)),
            with_steps(&"{ start = 'a' },".repeat(n)),
            with_steps(&"{ exspect = 'a' },\n".repeat(n)),
            with_steps(&format!("{{ start = 'a', args = ['{}'] }}", "${x}".repeat(n))),
            with_steps(&format!("{{ start = '{}' }}", "${".repeat(n))),
            with_steps(&format!(
                "{{ start = 'a' }}, {{ expect = 'a.stdout', matches = '{}' }}",
                "a|(b)".repeat(n)
            )),
            with_steps("{ start = 'a' }, { expect = 'a.stdout', matches = '((((a{99}){99}){99}){99}){99}' }"),
            format!("[vars]\n{}", (0..n).map(|i| format!("v{i} = {{ word = 1 }}\n")).collect::<String>()),
            unknown_names(n / 2),
            unknown_name_of(8 * n),
            "[[scenario]]\n".repeat(n),
            "\n".repeat(20 * n) + "x = ",
            "#".repeat(20 * n),
        ];
        for text in texts {
            assert!(workshop.spoil(&exercise_file(name), name, text.as_bytes()).is_none());
            tried += 1;
        }
    }
    println!("length_is_borne: {tried} inputs");
}
