//! Whether everything stands still: the programs rest, and nothing is on its way to or from them. What
//! has not come by then never comes.

use std::time::{Duration, Instant};

use super::kernel::rest::{self, Rest};
use super::kernel::sock_diag::SocketInfo;
use super::part::Part;
use super::part::conn::Conn;
use super::part::program::Program;
use super::world::World;
use crate::record::fact::End;

/// `SYN_RECV` of the kernel's `net/tcp_states.h`: established for one side only.
const HALF_OPEN: u8 = 3;

/// Watches for a standstill that lasts.
#[derive(Debug)]
pub struct Watch {
    lasting: Duration,
    next: Instant,
    /// From a look that came to nothing to the next one.
    patience: Duration,
    since: Option<(Instant, Vec<Rest>)>,
}

impl Watch {
    /// Who is busy, or rests only for a time, is looked at less and less often, down to this.
    const MOST_PATIENCE: Duration = Duration::from_millis(20);

    /// A standstill of at least `lasting`, by two looks. Until a third of that is over nobody looks: what comes
    /// at once is not to be slowed by questions.
    pub fn lasting(lasting: Duration) -> Self {
        let patience = lasting / 3;
        Watch { lasting, next: Instant::now() + patience, patience, since: None }
    }

    /// How long until the next look, at most.
    pub fn until_next(&self) -> Duration {
        self.next.saturating_duration_since(Instant::now())
    }

    /// Looks, if it is time to: whether everything has stood still for long enough.
    pub fn is_over(&mut self, world: &mut World) -> bool {
        let now = Instant::now();
        if now < self.next {
            return false;
        }
        let pause = match (world.rests(), &self.since) {
            (None, _) => {
                self.since = None;
                self.tire()
            }
            (Some(rest), Some((since, before))) if rest == *before => {
                let left = self.lasting.saturating_sub(now.duration_since(*since));
                match left.is_zero() {
                    true if world.has_nothing_on_its_way(&rest) => return true,
                    true => self.tire(),
                    false => left.min(self.lasting / 3),
                }
            }
            (Some(rest), before) => {
                let patience = if before.is_some() { self.tire() } else { self.patience };
                self.since = Some((now, rest));
                patience.max(self.lasting)
            }
        };
        self.next = now + pause;
        false
    }

    fn tire(&mut self) -> Duration {
        self.patience = (self.patience * 2).min(Self::MOST_PATIENCE);
        self.patience
    }
}

impl World {
    /// Whether the checker itself has sent all that it was to send.
    fn has_sent_all(&self) -> bool {
        self.slots.iter().all(|slot| match &slot.part {
            Part::Conn(conn) => conn.is_settled(),
            Part::Relay(relay) => !relay.is_busy() && relay.connections().all(Conn::is_settled),
            Part::Program(program) => program.stdin.is_none() || program.stdin_queue.is_empty(),
            Part::Listener(_) | Part::Udp(_) => true,
        })
    }

    /// Whether a program may wait for something that the checker itself has to bring.
    pub fn brings(&self) -> bool {
        !self.has_sent_all() || self.slots.iter().any(|slot| matches!(slot.part, Part::Relay(_)))
    }

    /// The rest of every program; None where one does not rest, or the checker itself has yet to send.
    fn rests(&mut self) -> Option<Vec<Rest>> {
        if !self.has_sent_all() {
            return None;
        }
        let look = |program: &mut Program| rest::look(&mut program.threads, &program.process.members());
        let rests: Option<Vec<Rest>> = self.programs_mut().map(look).collect();
        rests.filter(|rests| !rests.is_empty())
    }

    /// Whether neither the kernel nor a timer has anything in store for anybody.
    fn has_nothing_on_its_way(&self, rests: &[Rest]) -> bool {
        let still = self.slots.iter().all(|slot| match &slot.part {
            Part::Conn(conn) => self.is_still(conn),
            Part::Relay(relay) => relay.connections().all(|conn| self.is_still(conn)),
            Part::Program(_) | Part::Listener(_) | Part::Udp(_) => true,
        });
        still && !rest::packets_wait() && rests.iter().all(Rest::has_no_end)
    }

    /// Whether both kernels' halves of a connection have nothing left to deliver: Nagle's algorithm,
    /// closed windows and lost handshakes all keep something back for a while.
    fn is_still(&self, conn: &Conn) -> bool {
        if conn.local.port() == 0 {
            return true;
        }
        let ours = || self.diag.connection(conn.local, conn.remote);
        let delivered = ours().is_ok_and(|ours| ours.is_none_or(|ours| ours.unsent == 0));
        // After the end of what comes, the other half may be gone.
        let open = conn.socket.is_some() && conn.input.end == End::Open;
        conn.acknowledge();
        let theirs = || self.diag.connection(conn.remote, conn.local);
        let taken = |theirs: Option<SocketInfo>| {
            theirs.is_some_and(|theirs| theirs.unsent == 0 && theirs.state != HALF_OPEN)
        };
        delivered && (!open || theirs().is_ok_and(taken))
    }
}
