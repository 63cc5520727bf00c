//! Giving up every privilege, for good.

use std::io;

use nix::sys::prctl;

/// Above any capability that there is; the kernel refuses the first that it does not know.
const MANY_CAPABILITIES: libc::c_ulong = 64;

/// Empties all capability sets of this process, and bars it and its children from gaining any by
/// executing a program.
pub(super) fn give_up() -> io::Result<()> {
    for capability in 0..MANY_CAPABILITIES {
        // SAFETY: takes numbers only.
        if unsafe { libc::prctl(libc::PR_CAPBSET_DROP, capability, 0, 0, 0) } == 0 {
            continue;
        }
        match io::Error::last_os_error().raw_os_error() {
            // Past the last capability, or (on rung 0) nothing to give up with.
            Some(libc::EINVAL | libc::EPERM) => break,
            _ => return Err(io::Error::last_os_error()),
        }
    }
    // SAFETY: takes numbers only.
    if unsafe { libc::prctl(libc::PR_CAP_AMBIENT, libc::PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) } == -1 {
        return Err(io::Error::last_os_error());
    }
    clear_capabilities()?;
    Ok(prctl::set_no_new_privs()?)
}

/// `struct __user_cap_header_struct` of the kernel.
#[repr(C)]
struct Header {
    version: u32,
    pid: libc::c_int,
}

/// Version 3: each set takes two 32-bit words.
const VERSION: u32 = 0x2008_0522;

fn clear_capabilities() -> io::Result<()> {
    let header = Header { version: VERSION, pid: 0 };
    // Effective, permitted and inheritable, twice.
    let none = [0_u32; 6];
    // SAFETY: both are laid out as the kernel's version 3 reads them, and outlive the call.
    match unsafe { libc::syscall(libc::SYS_capset, &raw const header, none.as_ptr()) } {
        -1 => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}
