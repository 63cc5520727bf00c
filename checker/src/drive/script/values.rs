//! Templates become bytes.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::net::SocketAddr;

use super::binding::Names;
use crate::drive::part::Part;
use crate::drive::world::World;
use crate::scenario::generate::{Blob, Value};
use crate::scenario::step::{Channel, Data, Generator, Scenario};
use crate::scenario::template::{Piece, Template};

/// The run's fresh values and addresses.
#[derive(Debug)]
pub struct Values {
    seed: u64,
    vars: HashMap<String, Var>,
    pub addrs: HashMap<String, SocketAddr>,
    /// `${dir}`.
    dir: String,
    /// Rounds of `repeat` and members of `for`, outermost first.
    pub rounds: Vec<u32>,
}

/// A variable; its value is made when it is first asked for, since a scenario uses few of an exercise's.
#[derive(Debug)]
struct Var {
    generator: Generator,
    value: OnceCell<Value>,
}

/// A template that has no value now; the course reader lets none through, so this is our fault.
pub type NoValue = String;

impl Values {
    pub fn new(scenario: &Scenario, addrs: HashMap<String, SocketAddr>, dir: String, seed: u64) -> Self {
        let vars = scenario
            .vars
            .iter()
            .map(|(name, generator)| {
                (name.clone(), Var { generator: generator.clone(), value: OnceCell::new() })
            })
            .collect();
        Values { seed, vars, addrs, dir, rounds: Vec::new() }
    }

    fn var(&self, name: &str) -> Option<&Value> {
        let var = self.vars.get(name)?;
        Some(var.value.get_or_init(|| Value::make(&var.generator, name, self.seed)))
    }

    pub fn bytes(&self, template: &Template, world: &World, names: &Names) -> Result<Vec<u8>, NoValue> {
        let mut out = Vec::new();
        for piece in &template.0 {
            out.extend(self.piece(piece, world, names)?);
        }
        Ok(out)
    }

    pub fn text(&self, template: &Template, world: &World, names: &Names) -> Result<String, NoValue> {
        String::from_utf8(self.bytes(template, world, names)?)
            .map_err(|_| "bytes that are not UTF-8 stand where text is needed".into())
    }

    pub fn addr(&self, template: &Template, world: &World, names: &Names) -> Result<SocketAddr, NoValue> {
        let text = self.text(template, world, names)?;
        text.parse().map_err(|_| format!("`{text}` is no address"))
    }

    pub fn blob(&self, name: &str) -> Result<&Blob, NoValue> {
        match self.var(name) {
            Some(Value::Blob(blob)) => Ok(blob),
            _ => Err(format!("`{name}` is no blob")),
        }
    }

    /// What `data` sends; None for a blob, which is never held in memory.
    pub fn data(&self, data: &Data, world: &World, names: &Names) -> Result<Option<Vec<u8>>, NoValue> {
        Ok(match data {
            Data::Line(template) => {
                let mut line = self.bytes(template, world, names)?;
                line.push(b'\n');
                Some(line)
            }
            Data::Text(template) => Some(self.bytes(template, world, names)?),
            Data::Bytes(bytes) => Some(bytes.clone()),
            Data::Blob(_) => None,
        })
    }

    fn piece(&self, piece: &Piece, world: &World, names: &Names) -> Result<Vec<u8>, NoValue> {
        let missing = |what: String| Err(format!("{what} has no value here"));
        Ok(match piece {
            Piece::Literal(text) => text.clone().into_bytes(),
            Piece::Name(name) if name == "dir" => self.dir.clone().into_bytes(),
            Piece::Name(name) => match (self.var(name), self.addrs.get(name)) {
                (Some(Value::Bytes(bytes)), _) => bytes.clone(),
                (_, Some(addr)) => addr.to_string().into_bytes(),
                _ => return missing(format!("${{{name}}}")),
            },
            Piece::Len(name) => match self.var(name) {
                Some(value) => value.len().to_string().into_bytes(),
                None => return missing(format!("${{{name}.len}}")),
            },
            Piece::Addr(part) => match names.find(part).map(|slot| &world.slots[slot].part) {
                Some(Part::Conn(conn)) => conn.local.to_string().into_bytes(),
                Some(Part::Udp(udp)) => udp.local.to_string().into_bytes(),
                _ => return missing(format!("${{{part}.addr}}")),
            },
            Piece::Port(name) => match self.addrs.get(name) {
                Some(addr) => addr.port().to_string().into_bytes(),
                None => return missing(format!("${{{name}.port}}")),
            },
            Piece::Group(part, group) => match names.group(part, group) {
                Some(bytes) => bytes,
                None => return missing(format!("${{{part}.{group}}}")),
            },
            Piece::LineNumber(part, channel) => match names.find(part).map(|slot| &world.slots[slot].part) {
                Some(Part::Program(program)) => {
                    let printed = if *channel == Channel::Stderr { &program.stderr } else { &program.stdout };
                    (printed.input.lines + 1).to_string().into_bytes()
                }
                _ => return missing(format!("${{{part}.{}.line}}", channel.name())),
            },
            Piece::Round => match self.rounds.last() {
                Some(round) => round.to_string().into_bytes(),
                None => return missing("${n}".into()),
            },
        })
    }
}
