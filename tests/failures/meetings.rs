//! The two sides never meet, or meet too often.

use checker::record::finding::Finding;

use super::broken;

const LISTENS: &str = r#"
  { start = "demo", args = ["${addr}"], on = "listening", why = "listen on the address that is given" },
"#;

broken! {
    listens_everywhere: WrongAddress, LISTENS;
    never_listens: NotReady, LISTENS;
    ends_at_once: Ended, LISTENS;
    closes_the_door: Refused, r#"
  { start = "demo", args = ["${addr}"], on = "listening" },
  { connect = "ann" }, { expect = "ann", line = "welcome" },
  { connect = "bob", why = "keep listening while a client is served" },
"#;
    never_reads: NotRead, r#"
  { start = "demo", args = ["${addr}"], on = "listening" },
  { connect = "ann" },
  { send = "ann", line = "hello", until = "read", why = "read what a client sends" },
"#;
    connects_twice: UnwantedConnection, r#"
  { listen = "door" },
  { start = "demo", args = ["${addr}"] },
  { accept = "conn", on = "door" },
  { expect = "door", nothing_ms = 1000, why = "one connection is enough" },
"#;
}
