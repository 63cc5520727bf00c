//! A tab with a page in it: what it shows, and hands on a keyboard and a mouse.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::chromium::Chromium;
use crate::gradebook::record::Record;
use crate::report::grades::CourseInfo;
use crate::report::page::page;

pub struct Tab {
    pub browser: Chromium,
    session: String,
    file: PathBuf,
}

impl Tab {
    /// The page of a class, loaded; None where the tests do without a browser.
    pub fn of(class: &[Record], course: &CourseInfo) -> Option<Self> {
        let mut tab = Self::blank(&page(class, course, "Homework 1"))?;
        tab.go("");
        Some(tab)
    }

    fn blank(html: &str) -> Option<Self> {
        let mut browser = Chromium::start()?;
        let file = browser.home.path().join("report.html");
        std::fs::write(&file, html).expect("written");
        let target = browser.ask("", "Target.createTarget", json!({ "url": "about:blank" }));
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let session = browser.ask("", "Target.attachToTarget", attach)["sessionId"]
            .as_str()
            .expect("a name")
            .to_owned();
        for room in ["Page", "Runtime", "Log", "Network", "Audits"] {
            browser.ask(&session, &format!("{room}.enable"), json!({}));
        }
        Some(Self { browser, session, file })
    }

    /// Loads the page anew, with `hash` behind its address.
    pub fn go(&mut self, hash: &str) {
        let url = format!("file://{}{hash}", self.file.display());
        // By way of another page: a new hash alone would load nothing.
        for url in ["about:blank", &url] {
            self.browser.events.retain(|event| event["method"] != "Page.loadEventFired");
            self.ask("Page.navigate", json!({ "url": url }));
            self.browser.wait_for("Page.loadEventFired");
        }
    }

    pub fn ask(&mut self, method: &str, parameters: Value) -> Value {
        self.browser.ask(&self.session, method, parameters)
    }

    /// What an expression comes to; a promise is waited for.
    ///
    /// # Panics
    /// If it throws.
    pub fn eval(&mut self, script: &str) -> Value {
        let parameters = json!({ "expression": script, "returnByValue": true, "awaitPromise": true });
        let mut answer = self.ask("Runtime.evaluate", parameters);
        assert!(answer.get("exceptionDetails").is_none(), "{script}: {answer}");
        answer["result"]["value"].take()
    }

    pub fn text(&mut self, script: &str) -> String {
        self.eval(script).as_str().unwrap_or_else(|| panic!("{script} is no text")).to_owned()
    }

    /// A text out of an answer.
    pub fn text_of(&mut self, method: &str, parameters: Value, field: &str) -> String {
        self.ask(method, parameters)[field].as_str().expect("a text").to_owned()
    }

    /// Waits, in the page, until `condition` holds.
    ///
    /// # Panics
    /// If that takes half a minute.
    pub fn until(&mut self, condition: &str) {
        let script = format!(
            "new Promise(done => {{ const begin = performance.now(); const look = () => {{ \
             if ({condition}) done(true); else if (performance.now() - begin > 30000) done(false); \
             else setTimeout(look, 5); }}; look(); }})"
        );
        assert_eq!(self.eval(&script), true, "never: {condition}");
    }

    /// Presses a key and lets it go, as a hand does: `Tab`, `Enter`, `Escape`, a letter.
    pub fn press(&mut self, key: &str) {
        let (code, text) = match key {
            "Tab" => (9, ""),
            "Enter" => (13, "\r"),
            "Escape" => (27, ""),
            " " => (32, " "),
            _ => (u32::from(key.chars().next().expect("a key")), key),
        };
        let down = if text.is_empty() { "rawKeyDown" } else { "keyDown" };
        let event = json!({ "type": down, "key": key, "windowsVirtualKeyCode": code, "text": text });
        self.ask("Input.dispatchKeyEvent", event);
        self.ask(
            "Input.dispatchKeyEvent",
            json!({ "type": "keyUp", "key": key, "windowsVirtualKeyCode": code }),
        );
    }

    pub fn write(&mut self, text: &str) {
        text.chars().for_each(|c| self.press(&c.to_string()));
    }

    /// Presses Tab until `selector` has the focus; how often.
    ///
    /// # Panics
    /// If it never gets it.
    pub fn tab_to(&mut self, selector: &str) -> usize {
        let is_there = format!("document.activeElement.matches({selector:?})");
        for count in 0..60 {
            if self.eval(&is_there) == true {
                return count;
            }
            self.press("Tab");
        }
        panic!("the keyboard does not reach {selector}");
    }

    /// Clicks the middle of the first element that `selector` finds.
    pub fn click(&mut self, selector: &str) {
        let script = format!(
            "(() => {{ const found = document.querySelector({selector:?}); \
             found.scrollIntoView({{ block: 'center', inline: 'center' }}); \
             const box = found.getClientRects()[0]; return [box.x + box.width / 2, box.y + box.height / 2]; }})()"
        );
        let place = self.eval(&script);
        for kind in ["mousePressed", "mouseReleased"] {
            let event =
                json!({ "type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1 });
            self.ask("Input.dispatchMouseEvent", event);
        }
    }

    /// Errors, warnings and violations that the browser told of, and requests for anything but the page.
    pub fn complaints(&mut self) -> Vec<String> {
        // What was told before this answer has arrived with it.
        self.eval("0");
        let file = format!("file://{}", self.file.display());
        let is_ours = |url: &str| url == "about:blank" || url.split('#').next() == Some(&file);
        let complains = |event: &&Value| match event["method"].as_str().unwrap_or("") {
            "Runtime.exceptionThrown"
            | "Runtime.consoleAPICalled"
            | "Log.entryAdded"
            | "Audits.issueAdded" => true,
            "Page.javascriptDialogOpening" => true,
            "Network.requestWillBeSent" => !is_ours(event["params"]["request"]["url"].as_str().unwrap_or("")),
            _ => false,
        };
        self.browser.events.iter().filter(complains).map(Value::to_string).collect()
    }
}
