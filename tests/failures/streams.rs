//! Something else comes than was expected, or nothing.

use checker::record::finding::Finding;

use super::broken;

const ASK: &str = r#"
  { start = "demo", args = ["${addr}"], on = "listening" },
  { connect = "ann" },
  { send = "ann", line = "hello, 你好" },
  { expect = "ann", line = "hello, 你好", why = "say again what ann said" },
  { expect = "ann", eof = true },
"#;

const TWO_PEERS: &str = r#"
  { start = "demo", args = ["${addr}"], on = "bound" },
  { bind = "ann" }, { bind = "bob" },
  { send = "ann", text = "from ann" }, { expect = "ann", datagram = "from ann" },
  { send = "bob", text = "from bob" }, { expect = "bob", datagram = "from bob", why = "answer whoever asked" },
"#;

broken! {
    never_answers: Deadline, ASK;
    answers_in_part: Deadline, ASK;
    hangs_up: EndOfStream, ASK;
    resets: Reset, ASK;
    shouts: WrongBytes, ASK;
    says_goodbye: ExtraBytes, ASK;
    answers_the_first: WrongPeer, TWO_PEERS;
    answers_from_elsewhere: WrongPeer, TWO_PEERS;
}
