//! Accepts one client, stores all that it sends in a file, and answers with a receipt.
//!
//! The file appears under its final name when it is whole, and not a moment earlier: until then the
//! bytes live beside it, under another name. Whoever looks at the final name sees either what was
//! there before or the complete new file.

use std::env;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{self, ExitCode};

/// How much is held in memory at a time, however long the file is.
const CHUNK: usize = 64 * 1024;

fn main() -> ExitCode {
    // `args_os`, not `args`: a file name on Unix is any bytes, and `args` panics if they are no text.
    let mut args = env::args_os().skip(1);
    let (Some(given), Some(dest), None) = (args.next(), args.next(), args.next()) else {
        return usage("exactly two arguments are needed");
    };
    let Some(addr) = given.to_str().and_then(|text| text.parse::<SocketAddr>().ok()) else {
        return usage(&format!("{} is no address", given.display()));
    };
    match run(addr, Path::new(&dest)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("server: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// Says what is wrong with the arguments, and what would be right.
fn usage(problem: &str) -> ExitCode {
    eprintln!("server: {problem}");
    eprintln!("usage: server ADDR DEST    (127.0.0.1:6666 or [::1]:6666; DEST is the file to write)");
    ExitCode::from(2)
}

fn run(addr: SocketAddr, dest: &Path) -> Result<(), String> {
    // A file cannot take the place of a folder. Better to say so before anybody has sent a gigabyte.
    if dest.is_dir() {
        return Err(format!("{} is a folder", dest.display()));
    }

    let listener = TcpListener::bind(addr).map_err(|err| format!("cannot listen on {addr}: {err}"))?;
    eprintln!("listening on {addr}");
    let (mut client, peer) = listener.accept().map_err(|err| format!("cannot accept a client: {err}"))?;
    drop(listener);
    eprintln!("{peer} uploads");

    // From here on every `?` leaves through `PartFile::drop`, which sweeps up.
    let mut part = PartFile::beside(dest)?;
    let length = receive(&mut client, &mut part.file)?;
    part.finish(dest)?;

    // Only now is the receipt true: the file stands under its name. A receipt sent earlier would
    // have to be taken back if the renaming failed.
    let receipt = format!("received {length} bytes\n");
    client
        .write_all(receipt.as_bytes())
        .map_err(|err| format!("the file is stored, but the receipt cannot be sent: {err}"))?;
    let mut stdout = io::stdout().lock();
    stdout
        .write_all(receipt.as_bytes())
        .and_then(|()| stdout.flush())
        .map_err(|err| format!("cannot write to stdout: {err}"))
}

/// Copies all that `client` sends to `file`, and returns how many bytes it was.
fn receive(client: &mut TcpStream, file: &mut File) -> Result<u64, String> {
    let mut chunk = vec![0; CHUNK];
    let mut length = 0;
    loop {
        // `read` gives what has arrived, from one byte to a full chunk, and waits as long as it
        // takes for the first of them. How the client cut its writes cannot be seen here.
        let count = match client.read(&mut chunk) {
            // The client shut down its writing half: this is the end of the file. (The kernel does
            // the same for a client that dies in mid-upload without a reset. That is what the
            // receipt is for: only the client knows whether the number is right.)
            Ok(0) => return Ok(length),
            Ok(count) => count,
            Err(err) if err.kind() == ErrorKind::Interrupted => continue,
            // A reset is not an end. What we have is a piece of a file, of no use to anybody.
            Err(err) => return Err(format!("the upload broke off after {length} bytes: {err}")),
        };
        file.write_all(&chunk[..count]).map_err(|err| format!("cannot store the upload: {err}"))?;
        length += count as u64;
    }
}

/// A file that is not whole yet. Unless it is finished, it disappears with this value.
struct PartFile {
    path: PathBuf,
    file: File,
    finished: bool,
}

impl PartFile {
    /// Creates an empty file in the folder of `dest`.
    ///
    /// The same folder, since `rename` is one indivisible step within a file system only. The
    /// folder for temporary files may well be on another one.
    fn beside(dest: &Path) -> Result<Self, String> {
        if dest.file_name().is_none() {
            return Err(format!("{} does not name a file", dest.display()));
        }
        // Another program may use our name, or have left it behind: `create_new` never opens a file
        // that is there, so we try the next one. The name does not contain DEST's, which may
        // already be as long as a name can be.
        let mut attempt = 0;
        loop {
            let path = dest.with_file_name(format!(".upload-{}-{attempt}.part", process::id()));
            match File::create_new(&path) {
                Ok(file) => return Ok(Self { path, file, finished: false }),
                Err(err) if err.kind() == ErrorKind::AlreadyExists && attempt < 100 => attempt += 1,
                Err(err) => return Err(format!("cannot create {}: {err}", path.display())),
            }
        }
    }

    /// Gives the file its final name. A file that had this name is replaced in the same instant.
    ///
    /// (To survive a power cut as well, `File::sync_all` would have to come first.)
    fn finish(mut self, dest: &Path) -> Result<(), String> {
        fs::rename(&self.path, dest).map_err(|err| format!("cannot write {}: {err}", dest.display()))?;
        self.finished = true;
        Ok(())
    }
}

impl Drop for PartFile {
    fn drop(&mut self) {
        if !self.finished
            && let Err(err) = fs::remove_file(&self.path)
        {
            eprintln!("cannot remove {}: {err}", self.path.display());
        }
    }
}
