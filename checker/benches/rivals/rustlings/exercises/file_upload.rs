// Upload a file over TCP: the server stores it whole or not at all, and confirms it.
//
// `cargo run --bin file_upload -- server 127.0.0.1:6666 dest.txt`, then `client` with a source.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process;

const CHUNK: usize = 64 * 1024;
const RECEIPT_LIMIT: u64 = 64;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args[..] {
        ["server", addr, dest] => TcpListener::bind(addr)
            .and_then(|listener| listener.accept())
            .map_err(|e| e.to_string())
            .and_then(|(client, _)| receive(client, Path::new(dest)))
            .map(|length| println!("received {length} bytes")),
        ["client", addr, src] => TcpStream::connect(addr)
            .map_err(|e| e.to_string())
            .and_then(|server| upload(server, Path::new(src)))
            .map(|length| println!("sent {length} bytes")),
        _ => {
            println!("besides server or client exactly two arguments are needed: an address, a file");
            Ok(())
        }
    };
    if let Err(why) = done {
        eprintln!("file_upload: {why}");
    }
}

/// Stores all that `client` sends, confirms it, and returns how many bytes it was.
fn receive(mut client: TcpStream, dest: &Path) -> Result<u64, String> {
    let mut part = PartFile::beside(dest)?;
    let mut chunk = vec![0; CHUNK];
    let mut length = 0;
    loop {
        let count = match client.read(&mut chunk) {
            Ok(0) => break,
            Ok(count) => count,
            Err(e) if e.kind() == ErrorKind::Interrupted => continue,
            Err(e) => return Err(format!("the upload broke off after {length} bytes: {e}")),
        };
        part.file.write_all(&chunk[..count]).map_err(|e| format!("cannot store the upload: {e}"))?;
        length += count as u64;
    }
    part.finish(dest)?;
    let receipt = format!("received {length} bytes\n");
    client.write_all(receipt.as_bytes()).map_err(|e| format!("the receipt cannot be sent: {e}"))?;
    Ok(length)
}

/// A file that is not whole yet. Unless it is finished, it disappears with this value.
struct PartFile {
    path: PathBuf,
    file: File,
    finished: bool,
}

impl PartFile {
    fn beside(dest: &Path) -> Result<Self, String> {
        let path = dest.with_file_name(format!(".upload-{}.part", process::id()));
        let file = File::create_new(&path).map_err(|e| format!("cannot create {}: {e}", path.display()))?;
        Ok(Self { path, file, finished: false })
    }

    fn finish(mut self, dest: &Path) -> Result<(), String> {
        fs::rename(&self.path, dest).map_err(|e| format!("cannot write {}: {e}", dest.display()))?;
        self.finished = true;
        Ok(())
    }
}

impl Drop for PartFile {
    fn drop(&mut self) {
        if !self.finished {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Sends the file, waits for the receipt, and returns how many bytes it was.
fn upload(mut server: TcpStream, src: &Path) -> Result<u64, String> {
    let mut file = File::open(src).map_err(|e| format!("cannot read {}: {e}", src.display()))?;
    let length = io::copy(&mut file, &mut server).map_err(|e| format!("the upload broke off: {e}"))?;
    server.shutdown(Shutdown::Write).map_err(|e| format!("cannot end the upload: {e}"))?;
    let mut line = Vec::new();
    BufReader::new(server)
        .take(RECEIPT_LIMIT)
        .read_until(b'\n', &mut line)
        .map_err(|e| format!("no receipt: {e}"))?;
    if line.pop_if(|byte| *byte == b'\n').is_none() {
        return Err("no whole receipt".to_owned());
    }
    line.pop_if(|byte| *byte == b'\r');
    if line != format!("received {length} bytes").as_bytes() {
        return Err(format!("sent {length} bytes, but got {:?}", String::from_utf8_lossy(&line)));
    }
    Ok(length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    fn pair() -> (TcpStream, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let one = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        (one, listener.accept().unwrap().0)
    }

    /// A folder of the test's own, that goes with it.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("file_upload-{}-{name}", process::id()));
            fs::create_dir_all(&path).unwrap();
            Folder(path)
        }

        fn file(&self, name: &str) -> PathBuf {
            self.0.join(name)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn there_and_back(name: &str, content: &[u8]) {
        let folder = Folder::new(name);
        let (src, dest) = (folder.file("src"), folder.file("dest"));
        fs::write(&src, content).unwrap();
        let (client, server) = pair();
        let receiving = thread::spawn({
            let dest = dest.clone();
            move || receive(server, &dest)
        });
        assert_eq!(upload(client, &src), Ok(content.len() as u64));
        assert_eq!(receiving.join().unwrap(), Ok(content.len() as u64));
        assert!(fs::read(&dest).unwrap() == content, "the file has changed on its way");
        assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 2, "something was left behind");
    }

    #[test]
    fn small_and_empty_files_arrive() {
        there_and_back("small", "红凤凰\r\n\0".as_bytes());
        there_and_back("empty", b"");
    }

    #[test]
    fn eight_mebibytes_arrive() {
        let content: Vec<u8> = (0..8 * 1024 * 1024u32).map(|n| (n ^ (n >> 8)) as u8).collect();
        there_and_back("large", &content);
    }

    #[test]
    fn an_upload_that_is_reset_leaves_the_old_file() {
        let folder = Folder::new("reset");
        let dest = folder.file("dest");
        fs::write(&dest, "old").unwrap();
        let (mut client, mut server) = pair();
        client.write_all(b"the beginning").unwrap();
        // Closing with unread bytes resets the connection.
        server.write_all(b"unread").unwrap();
        client.peek(&mut [0; 1]).unwrap();
        drop(client);
        assert!(receive(server, &dest).is_err());
        assert_eq!(fs::read_to_string(&dest).unwrap(), "old");
        assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 1);
    }

    #[test]
    fn a_wrong_receipt_is_an_error() {
        for receipt in ["received 4 bytes\n", "received 5 bytes", "", "ok\n"] {
            let folder = Folder::new("receipt");
            fs::write(folder.file("src"), "12345").unwrap();
            let (client, mut server) = pair();
            let serving = thread::spawn(move || {
                io::copy(&mut server, &mut io::sink()).unwrap();
                server.write_all(receipt.as_bytes()).unwrap();
            });
            assert!(upload(client, &folder.file("src")).is_err(), "{receipt:?}");
            serving.join().unwrap();
        }
    }
}
