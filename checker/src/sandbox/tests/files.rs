//! What a program can read and write.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use super::harness::{on, on_each_rung, run};
use crate::sandbox::Rung;
use crate::sandbox::process::Exit;

#[test]
fn runner_and_programs_share_the_folder() {
    on_each_rung(|sandbox| {
        fs::write(sandbox.dir().join("given"), "from the runner\n").unwrap();
        let (printed, exit) = run(sandbox, "pwd; cat given; echo back > made");
        assert_eq!(exit, Exit::Code(0));
        assert_eq!(printed, format!("{}\nfrom the runner\n", sandbox.dir_inside().display()));
        let (printed, _) = run(sandbox, "cat made");
        assert_eq!(printed, "back\n");
        assert_eq!(fs::read_to_string(sandbox.dir().join("made")).unwrap(), "back\n");
    });
}

#[test]
fn a_read_only_folder_refuses_even_who_was_root() {
    on_each_rung(|sandbox| {
        let folder = sandbox.dir().join("folder");
        fs::create_dir(&folder).unwrap();
        fs::set_permissions(&folder, Permissions::from_mode(0o555)).unwrap();
        let (printed, _) = run(sandbox, "(: > folder/file) 2> /dev/null || echo refused");
        assert_eq!(printed, "refused\n");
    });
}

#[test]
fn nothing_else_can_be_written() {
    on(Rung::Three, |sandbox| {
        let (printed, _) = run(
            sandbox,
            "for dir in / /usr /etc /dev /program /proc /proc/self; do
                (: > $dir/new) 2> /dev/null && echo $dir
             done
             (: > /program/sh) 2> /dev/null && echo program
             ls /home /root /proc/1 /proc/sys /sys 2> /dev/null
             [ /tmp -ef . ] || echo tmp",
        );
        assert_eq!(printed, "");
    });
}

#[test]
fn the_environment_is_clean() {
    on_each_rung(|sandbox| {
        // Without what shells add of their own.
        let (printed, _) = run(sandbox, "env | grep -vE '^(PWD|OLDPWD|SHLVL|_)=' | sort");
        let home = sandbox.dir_inside().display();
        assert_eq!(printed, format!("HOME={home}\nLANG=C.UTF-8\nPATH=/usr/bin:/bin\nTMPDIR={home}\n"));
    });
}

#[test]
fn files_are_limited() {
    on(Rung::Three, |sandbox| {
        let script = "for i in 1 2 3 4; do head -c 2000000 /dev/zero > f$i 2> /dev/null || echo full; done";
        let (printed, _) = run(sandbox, script);
        assert!(printed.contains("full"), "{printed}");
    });
}

#[test]
fn a_program_that_is_not_there_is_an_error() {
    on_each_rung(|sandbox| {
        let error = sandbox.spawn("nobody", &[]).unwrap_err();
        assert_eq!((error.step, error.source.raw_os_error()), ("execute the program", Some(libc::ENOENT)));
    });
}
