//! Failed scenarios, put together by hand.

use std::net::SocketAddr;

use super::{FailureContext, Look, failure};
use crate::record::bytes::Excerpt;
use crate::record::fact::{Fact, Protocol};
use crate::record::finding::Finding;
use crate::record::observation::{Exit, Observation, ProgramRecord, ProgramState, Socket, StepPlace, Stop};
use crate::record::transcript::{Entry, Happening, Preview, Transcript};
use crate::verdict::outcome::{Detail, Failure, Judged, Verdict};

pub(super) const SERVER: &str = "127.0.0.1:5556";

pub(super) fn addr(text: &str) -> SocketAddr {
    text.parse().unwrap()
}

pub(super) fn sent(text: impl AsRef<[u8]>) -> Happening {
    Happening::Sent(Preview::of(text.as_ref()))
}

pub(super) fn received(text: impl AsRef<[u8]>) -> Happening {
    Happening::Received(Preview::of(text.as_ref()))
}

pub(super) fn connected(port: u16) -> Happening {
    Happening::Connected { local: SocketAddr::from(([127, 0, 0, 1], port)), remote: addr(SERVER) }
}

pub(super) fn program(part: &str) -> ProgramRecord {
    ProgramRecord {
        part: part.into(),
        program: part.into(),
        pid: 12,
        exit: None,
        stopped: false,
        stdout: Excerpt::default(),
        stderr: Excerpt::default(),
        panic: None,
        peak_kib: 2100,
        limit: None,
        left: Vec::new(),
    }
}

pub(super) fn socket(state: &str, remote: Option<&str>, unread: u64) -> Socket {
    Socket {
        protocol: Protocol::Tcp,
        local: addr(SERVER),
        remote: remote.map(addr),
        state: state.into(),
        unread,
        unsent: 0,
    }
}

pub(super) fn state(part: &str, state: &str, sockets: Vec<Socket>) -> ProgramState {
    ProgramState { part: part.into(), state: state.into(), processes: 1, threads: 1, sockets, waits: vec![] }
}

/// A failed scenario of `04_multi_client`, to be changed where a test needs another.
pub(super) struct Sample {
    pub exercise: &'static str,
    pub judged: Judged,
}

impl Sample {
    pub fn new(finding: Finding, detail: Detail) -> Self {
        let step = StepPlace {
            number: 5,
            total: 9,
            line: 31,
            why: Some("serve bob while ann thinks".into()),
            rounds: Vec::new(),
        };
        let observation = Observation {
            seed: 1795,
            rung: 0,
            stop: Stop::Finished,
            programs: vec![program("server")],
            kernel: vec![state("server", "sleeping", vec![socket("LISTEN", None, 0)])],
            transcript: Transcript::default(),
            took_us: 5_003_000,
            starved: false,
        };
        let failure = Failure { finding, step: Some(step), waited_ms: 5000, at_rest: false, detail };
        let judged = Judged {
            number: 3,
            name: "bob is answered while ann stays silent".into(),
            points: 2,
            verdict: Verdict::Failed(Box::new(failure)),
            observation: Some(observation),
            flaky: false,
            known: false,
        };
        let mut sample = Sample { exercise: "04_multi_client", judged };
        sample.add(0, "server", Happening::Started { pid: 12, args: vec![SERVER.into()] });
        sample.add(2, "server", Happening::Ready { at: addr(SERVER) });
        sample
    }

    pub fn fact(finding: Finding, fact: Fact) -> Self {
        Self::new(finding, Detail::Fact(fact))
    }

    pub fn add(&mut self, at_ms: u64, part: &str, what: Happening) -> &mut Self {
        self.observation().transcript.push(Entry { at_us: at_ms * 1000, part: part.into(), what });
        self
    }

    pub fn observation(&mut self) -> &mut Observation {
        self.judged.observation.as_mut().unwrap()
    }

    pub fn failure(&mut self) -> &mut Failure {
        let Verdict::Failed(failure) = &mut self.judged.verdict else { panic!("a failure") };
        failure
    }

    pub fn step(&mut self) -> &mut StepPlace {
        self.failure().step.as_mut().unwrap()
    }

    pub fn ended(&mut self, at_ms: u64, exit: Exit) -> &mut Self {
        let observation = self.observation();
        observation.programs[0].exit = Some(exit);
        observation.kernel[0].state = "ended".into();
        observation.kernel[0].sockets.clear();
        observation.took_us = at_ms * 1000;
        self.add(at_ms, "server", Happening::Exited(exit))
    }

    pub fn show(&self, width: usize, color: bool) -> String {
        let context = FailureContext {
            exercise: self.exercise,
            short: &self.exercise[..2],
            scenario: &self.judged,
            file: &format!("exercises/{}/exercise.toml", self.exercise),
        };
        failure(&context, Look { width, color })
    }
}
