//! What of the host can be read or written.
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::{Command, Stdio};

unsafe extern "C" {
    fn geteuid() -> u32;
}

fn main() {
    let host = std::env::args().nth(1).unwrap();
    for path in [
        &host,
        "/root",
        "/home",
        "/var",
        "/boot",
        "/sys",
        "/run",
        "/opt",
        "/mnt",
        "/srv",
        "/etc/shadow",
        "/etc/ssh",
        "/etc/machine-id",
        "/proc/sys",
        "/proc/net",
        "/proc/mounts",
        "/proc/kcore",
        "/proc/1",
        "/dev/tty",
        "/dev/ptmx",
        "/dev/shm",
        "/dev/kmsg",
        "/dev/mem",
        "/dev/vda",
        "/dev/sda",
        "/dev/kvm",
        "/dev/fuse",
    ] {
        assert!(fs::read(path).is_err() && fs::read_dir(path).is_err(), "{path} can be read");
    }
    for folder in ["/", "/usr", "/usr/bin", "/etc", "/dev", "/program", "/proc", "/proc/self", "/lib", "/bin"]
    {
        assert!(fs::write(format!("{folder}/x"), "x").is_err(), "{folder} can be written");
    }
    // Not even by way of links, of its own file, or of its descriptors.
    symlink(format!("{host}/secret.txt"), "link").unwrap();
    assert!(fs::read("link").is_err());
    let itself = std::env::current_exe().unwrap();
    assert!(fs::OpenOptions::new().write(true).open(&itself).is_err(), "its own file");
    assert!(fs::remove_file(&itself).is_err());
    assert!(fs::rename(&itself, "moved").is_err());
    for climb in ["../../../..", "/proc/self/root/..", "/proc/self/cwd/../../.."] {
        assert!(fs::read_dir(format!("{climb}{host}")).is_err(), "{climb}");
    }
    let user = unsafe { geteuid() }.to_string();
    assert!(user != "0");
    // A program that would run with its owner's rights does not.
    fs::copy("/usr/bin/id", "id").unwrap();
    fs::set_permissions("id", fs::Permissions::from_mode(0o6755)).unwrap();
    for id in ["./id", "/usr/bin/id"] {
        let told = Command::new(id).arg("-u").output().unwrap();
        assert_eq!(String::from_utf8_lossy(&told.stdout).trim(), user, "{id}");
    }
    for program in ["/usr/bin/su", "/bin/su"] {
        let mut su = Command::new(program);
        su.args(["-c", "true"]).stdin(Stdio::null());
        assert!(!su.status().is_ok_and(|status| status.success()), "{program}");
    }
}
