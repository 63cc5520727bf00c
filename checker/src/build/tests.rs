//! Programs that are compiled together do what they do when each is compiled alone.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

use tempfile::TempDir;

use super::builder::Builder;
use super::compiler::{Recipe, Words};
use super::outcome::BuildOutcome;

/// Kept where the rules for the checker's own sources do not hold.
macro_rules! program {
    ($name:literal) => {
        include_str!(concat!("../../../tests/programs/together/", $name, ".rs"))
    };
}

/// A folder with a program in each of its folders `0`, `1`, …
struct Programs {
    root: TempDir,
    count: usize,
}

impl Programs {
    fn new(texts: &[&str]) -> Self {
        let root = tempfile::tempdir().unwrap();
        for (number, text) in texts.iter().enumerate() {
            fs::create_dir_all(root.path().join(format!("{number}/src"))).unwrap();
            fs::write(root.path().join(format!("{number}/src/main.rs")), text).unwrap();
        }
        Programs { root, count: texts.len() }
    }

    /// Each has a library with this text beside it.
    fn with_library(self, text: &str) -> Self {
        for recipe in self.recipes() {
            fs::write(recipe.folder.join("src/lib.rs"), text).unwrap();
        }
        self
    }

    fn recipes(&self) -> Vec<Recipe> {
        let recipe = |number: usize| Recipe {
            root: self.root.path().to_owned(),
            folder: self.root.path().join(number.to_string()),
            package: "demo".into(),
            program: "demo".into(),
            main: "src/main.rs".into(),
        };
        (0..self.count).map(recipe).collect()
    }

    /// A builder that knows nothing yet.
    fn builder(&self, name: &str) -> Builder {
        let words = Words { color: false, width: 80 };
        Builder::new(&self.root.path().join(name), words, Duration::from_secs(60)).unwrap()
    }
}

/// What a program did.
#[derive(Debug, PartialEq)]
struct Did {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Did {
    fn of(binary: &Path) -> Self {
        let Output { status, stdout, stderr } = Command::new(binary).output().unwrap();
        // The panic's line names the thread by its number too.
        let number = regex::Regex::new(r"\(\d+\)").unwrap();
        let stderr = number.replace_all(&String::from_utf8(stderr).unwrap(), "(N)").into_owned();
        Did { code: status.code(), stdout: String::from_utf8(stdout).unwrap(), stderr }
    }
}

/// Builds each in the ordinary way. Of those that compile: whether it was there already, and what it does.
fn build(builder: &Builder, recipes: &[Recipe]) -> Vec<Option<(bool, Did)>> {
    let build = |recipe| match builder.build(recipe).unwrap() {
        BuildOutcome::Built(built) => Some((built.known, Did::of(&built.binary))),
        _ => None,
    };
    recipes.iter().map(build).collect()
}

#[track_caller]
fn assert_same_as_alone(programs: &Programs) {
    let recipes = programs.recipes();
    let together = programs.builder("together");
    let kinds: Vec<_> = recipes.iter().map(|recipe| together.kind(recipe)).collect();
    assert!(kinds.iter().all(|kind| kind.is_some() && *kind == kinds[0]), "{kinds:?}");
    together.build_together(&recipes);
    let alone = build(&programs.builder("alone"), &recipes);
    for (alone, together) in alone.into_iter().zip(build(&together, &recipes)) {
        let ((known, alone), (found, together)) = (alone.unwrap(), together.unwrap());
        assert_eq!((known, found), (false, true), "{alone:?}");
        assert_eq!(alone, together);
    }
}

#[test]
fn each_does_what_it_does_alone() {
    // Both have a static and a function of the same names.
    let another = program!("has_a_static").replace("new(5)", "new(70)");
    assert_same_as_alone(&Programs::new(&[
        program!("hello"),
        program!("exits"),
        program!("fails"),
        program!("panics"),
        program!("never_returns"),
        program!("has_a_static"),
        &another,
    ]));
}

#[test]
fn their_library_is_theirs() {
    let programs = Programs::new(&[program!("takes_one"), program!("takes_two"), program!("hello")]);
    let library = "pub fn one() -> u8 {\n    1\n}\npub fn two() -> u8 {\n    2\n}\n";
    assert_same_as_alone(&programs.with_library(library));
}

#[test]
fn who_does_not_compile_keeps_nobody_from_it() {
    let bad_type = "fn main() {\n    let _: u8 = \"\";\n}\n";
    let bad_borrow = "fn main() {\n    let a = String::new();\n    drop(a);\n    drop(a);\n}\n";
    // An error by a lint, which is one of few that are not warnings.
    let bad_number = "fn main() {\n    let _ = 256u8;\n}\n";
    let bad_syntax = "fn main() {\n    let = ;\n}\n";
    for bad in [vec![bad_type], vec![bad_type, bad_borrow, bad_number], vec![bad_number], vec![bad_syntax]] {
        let programs = Programs::new(&[&[program!("hello")][..], &bad, &[program!("exits")]].concat());
        let (recipes, builder) = (programs.recipes(), programs.builder("together"));
        builder.build_together(&recipes);
        let built = build(&builder, &recipes);
        let known = built.iter().filter(|one| one.as_ref().is_some_and(|(known, _)| *known)).count();
        assert_eq!(built.iter().filter(|one| one.is_none()).count(), bad.len(), "{bad:?}: {built:?}");
        assert_eq!(known, 2, "{bad:?}: {built:?}");
    }
}

#[test]
fn what_is_more_than_a_main_file_is_built_alone() {
    let texts = [
        "mod a;
fn main() {}
",
        "#[unsafe(no_mangle)]
fn f() {}
fn main() {}
",
        program!("names_its_crate"),
        program!("tells_its_module"),
        program!("tells_its_place"),
        program!("hello"),
    ];
    let programs = Programs::new(&texts);
    let builder = programs.builder("together");
    let kinds: Vec<bool> = programs.recipes().iter().map(|recipe| builder.kind(recipe).is_some()).collect();
    assert_eq!(kinds, [false, false, false, false, false, true]);
    let other = Programs::new(&[program!("hello")]).with_library("pub fn f() {}\n");
    assert_ne!(builder.kind(&programs.recipes()[5]), builder.kind(&other.recipes()[0]), "a library");
}

#[test]
fn what_changes_afterwards_is_another_program() {
    let programs = Programs::new(&[program!("hello"), program!("exits")]);
    let (recipes, builder) = (programs.recipes(), programs.builder("together"));
    builder.build_together(&recipes);
    fs::write(recipes[0].folder.join("src/main.rs"), program!("fails")).unwrap();
    let built = build(&builder, &recipes);
    let codes: Vec<_> = built.iter().map(|one| one.as_ref().map(|(known, did)| (*known, did.code))).collect();
    assert_eq!(codes, [Some((false, Some(1))), Some((true, Some(7)))]);
}
