//! Rung 1: the host's namespaces, and walls within them.

use std::fs;
use std::net::TcpListener;

use super::harness::{on, run};
use crate::sandbox::process::Exit;
use crate::sandbox::{Rung, landlock};

#[test]
fn the_hosts_files_are_out_of_reach() {
    let secret = tempfile::NamedTempFile::new().unwrap();
    fs::write(secret.path(), "secret").unwrap();
    // Readable for everybody: nothing but the walls is in the way.
    fs::set_permissions(secret.path(), std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    let path = secret.path().display().to_string();
    on(Rung::One, move |sandbox| {
        let script = format!(
            "cat {path} /etc/hostname /proc/self/environ /proc/1/cmdline 2> /dev/null
             ls / /etc /tmp /proc /dev /home 2> /dev/null
             for dir in /tmp /dev/shm /var/tmp /run; do (echo x > $dir/checker-x) 2> /dev/null && echo $dir; done
             (echo x > $0) 2> /dev/null && echo itself
             echo x > mine && mkdir d && mv mine d/ && ln -s d/mine l && cat l && rm -r d
             grep -c . /etc/hosts > /dev/null && ls /usr > /dev/null && echo fine"
        );
        assert_eq!(run(sandbox, &script), ("x\nfine\n".to_owned(), Exit::Code(0)));
    });
}

#[test]
fn only_the_scenarios_ports_are_to_be_had() {
    if landlock::version().is_ok_and(|version| version < 4) {
        return;
    }
    let outside = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = outside.local_addr().unwrap().port();
    let try_it = format!("/bin/bash -c 'echo > /dev/tcp/127.0.0.1/{port}' 2> /dev/null && echo reached");
    on(Rung::One, |sandbox| {
        assert_eq!(run(sandbox, &try_it).0, "");
        sandbox.allow_ports([port]);
        assert_eq!(run(sandbox, &try_it).0, "reached\n");
    });
}

#[test]
fn others_can_neither_be_signalled_nor_looked_into() {
    if landlock::version().is_ok_and(|version| version < 6) {
        return;
    }
    on(Rung::One, |sandbox| {
        let runner = std::process::id();
        let (_, exit) =
            run(sandbox, &format!("kill -KILL {runner} $PPID; kill -STOP {runner} $PPID; kill -KILL -1"));
        // Itself is not meant by -1: that there was nobody else to kill is an error, or none.
        assert!(matches!(exit, Exit::Code(0 | 1)), "{exit:?}");
        assert_eq!(run(sandbox, "echo still here").0, "still here\n");
    });
}
