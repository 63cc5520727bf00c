//! Descriptors on their way to another process (unix(7), `SCM_RIGHTS`).

use std::io::{self, IoSlice, IoSliceMut};
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};

use nix::errno::Errno;
use nix::sys::socket::{ControlMessage, ControlMessageOwned, MsgFlags, recvmsg, sendmsg};

/// The most that is handed over at once: programs of one exercise, and room to spare.
pub const MOST: usize = 32;

/// Sends descriptors and a text, which is not empty, in one message.
pub fn send(socket: BorrowedFd, text: &[u8], fds: &[BorrowedFd]) -> io::Result<()> {
    let raw: Vec<RawFd> = fds.iter().map(AsRawFd::as_raw_fd).collect();
    let rights = [ControlMessage::ScmRights(&raw)];
    let attached = if raw.is_empty() { &rights[..0] } else { &rights[..] };
    let sent =
        sendmsg::<()>(socket.as_raw_fd(), &[IoSlice::new(text)], attached, MsgFlags::MSG_NOSIGNAL, None)?;
    if sent == text.len() { Ok(()) } else { Err(io::Error::other("a message was cut short")) }
}

/// Takes one such message of at most `most` bytes; waits for it. An empty text: the other side is gone.
pub fn receive(socket: BorrowedFd, most: usize) -> io::Result<(Vec<u8>, Vec<OwnedFd>)> {
    receive_by(socket, most, MsgFlags::empty())
}

/// The same, with flags of recv(2).
pub(super) fn receive_by(
    socket: BorrowedFd,
    most: usize,
    flags: MsgFlags,
) -> io::Result<(Vec<u8>, Vec<OwnedFd>)> {
    let mut text = vec![0; most];
    let mut rights = nix::cmsg_space!([RawFd; MOST]);
    let mut buffer = [IoSliceMut::new(&mut text)];
    let message = loop {
        let flags = flags | MsgFlags::MSG_CMSG_CLOEXEC;
        match recvmsg::<()>(socket.as_raw_fd(), &mut buffer, Some(&mut rights), flags) {
            Err(Errno::EINTR) => {}
            // With the other end gone, what it left unread makes a reset of the end.
            Err(Errno::ECONNRESET) => return Ok((Vec::new(), Vec::new())),
            other => break other?,
        }
    };
    let mut fds = Vec::new();
    for control in message.cmsgs()? {
        if let ControlMessageOwned::ScmRights(raw) = control {
            // SAFETY: the kernel has just made these descriptors for this process, and nobody else knows
            // them.
            fds.extend(raw.into_iter().map(|fd| unsafe { OwnedFd::from_raw_fd(fd) }));
        }
    }
    let n = message.bytes;
    text.truncate(n);
    Ok((text, fds))
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::io::{Read, Seek, Write};
    use std::os::fd::AsFd;
    use std::os::unix::net::UnixStream;

    use super::*;

    #[test]
    fn descriptors_arrive_with_their_text() {
        let (here, there) = UnixStream::pair().unwrap();
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(b"inside").unwrap();
        file.rewind().unwrap();
        send(here.as_fd(), b"one", &[file.as_fd(), here.as_fd()]).unwrap();
        send(here.as_fd(), b"none", &[]).unwrap();
        let (text, mut fds) = receive(there.as_fd(), 3).unwrap();
        assert_eq!((&text[..], fds.len()), (&b"one"[..], 2));
        let mut inside = String::new();
        File::from(fds.remove(0)).read_to_string(&mut inside).unwrap();
        assert_eq!(inside, "inside");
        drop((here, fds));
        assert_eq!(receive(there.as_fd(), 64).unwrap().0, b"none");
        assert_eq!(receive(there.as_fd(), 64).unwrap().0, b"", "the end");
    }
}
