//! A Chromium without a window, spoken to through two pipes: no port is open, and no driver is needed.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

/// No answer takes as long as this; a browser that is stuck fails the test.
const PATIENCE: Duration = Duration::from_secs(60);
const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
const FLAGS: [&str; 14] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--no-first-run",
    "--no-default-browser-check",
    "--remote-debugging-pipe",
    "--window-size=1280,900",
];

/// Ends with the value.
pub struct Chromium {
    child: Child,
    to: Option<ChildStdin>,
    from: Receiver<Value>,
    asked: u64,
    /// Everything that was told without being asked for.
    pub events: Vec<Value>,
    /// Holds the profile, and whatever a test wants to put beside it.
    pub home: TempDir,
}

impl Chromium {
    /// A fresh browser, or None where there is none.
    ///
    /// # Panics
    /// Without a browser, where `CHECKER_NEEDS_BROWSER` is set, as in CI.
    pub fn start() -> Option<Self> {
        let Some(path) = find() else {
            assert!(
                std::env::var_os("CHECKER_NEEDS_BROWSER").is_none(),
                "no chromium found: `apt-get install -y chromium`"
            );
            eprintln!("not tried: there is no chromium (`apt-get install -y chromium`)");
            return None;
        };
        let home = TempDir::new().expect("a folder");
        // The browser reads commands from 3 and answers on 4; a shell can put our pipes there.
        let mut child = Command::new("sh")
            .args(["-c", "exec \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1", "sh"])
            .arg(path)
            .args(FLAGS)
            .arg(format!("--user-data-dir={}", home.path().join("profile").display()))
            .env("HOME", home.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell");
        let (tell, from) = channel();
        let answers = BufReader::new(child.stdout.take().expect("a pipe"));
        // Ends when the browser closes its end.
        std::thread::spawn(move || {
            for message in answers.split(0).map_while(Result::ok) {
                let message = serde_json::from_slice(&message).expect("json");
                if tell.send(message).is_err() {
                    break;
                }
            }
        });
        let to = child.stdin.take();
        Some(Self { child, to, from, asked: 0, events: Vec::new(), home })
    }

    /// Asks and waits for the answer; `session` is a tab's, and empty for the browser itself.
    ///
    /// # Panics
    /// If it answers with an error, or not at all.
    pub fn ask(&mut self, session: &str, method: &str, parameters: Value) -> Value {
        self.asked += 1;
        let mut message = json!({ "id": self.asked, "method": method, "params": parameters });
        if !session.is_empty() {
            message["sessionId"] = session.into();
        }
        let bytes = [message.to_string().as_bytes(), b"\0"].concat();
        self.to.as_mut().expect("open").write_all(&bytes).expect("a browser that listens");
        loop {
            let mut answer = self.next(method);
            if answer["id"] == self.asked {
                assert!(answer.get("error").is_none(), "{method}: {answer}");
                return answer["result"].take();
            }
            self.events.push(answer);
        }
    }

    /// Waits until the browser tells of `event`, or returns at once where it has.
    ///
    /// # Panics
    /// If it does not.
    pub fn wait_for(&mut self, event: &str) {
        while !self.events.iter().any(|told| told["method"] == event) {
            let told = self.next(event);
            self.events.push(told);
        }
    }

    fn next(&mut self, waiting_for: &str) -> Value {
        self.from.recv_timeout(PATIENCE).unwrap_or_else(|why| panic!("waiting for {waiting_for}: {why}"))
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // It leaves, with all that it started, when nobody can speak to it any more. What it still
        // says is read by the thread, until the end.
        self.to = None;
        while self.from.recv_timeout(Duration::from_secs(5)).is_ok() {}
        if !matches!(self.child.try_wait(), Ok(Some(_))) {
            // Nothing is to be done if it has gone meanwhile.
            _ = self.child.kill();
        }
        _ = self.child.wait();
    }
}

fn find() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("CHECKER_BROWSER") {
        return Some(path.into());
    }
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    let paths = NAMES.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    paths.into_iter().find(|path| path.is_file())
}
