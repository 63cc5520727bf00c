//! Datagrams: none, a wrong one, or one from, or at, the wrong place.

use std::net::SocketAddr;

use super::case::{Case, Told};
use super::compare::compare;
use super::{difference, stream, words};
use crate::record::bytes::Excerpt;
use crate::record::fact::Want;

pub(super) fn tell(case: &Case, part: &str, want: &Want, got: Option<&(SocketAddr, Excerpt)>) -> Told {
    let lead = format!("{part} ← ");
    match (want, got) {
        (Want::Datagram { payload, from }, Some((source, came))) => {
            let mut told = payloads(case, &lead, payload, came);
            if source != from {
                told.expected.push(format!("from {from}"));
                told.got.push(format!("from {source}"));
                told.advice = Some(
                    "An answer goes out by the socket on which the question came in; another socket has \
                     another port."
                        .into(),
                );
            }
            told
        }
        (Want::Datagram { payload, .. }, None) => {
            Told::new(shown(case, &lead, payload), format!("no datagram {}", case.within()))
        }
        (Want::Nothing { ms }, Some((source, came))) => {
            let wanted = match ms {
                0 => format!("{lead}no more datagrams"),
                ms => format!("{lead}no datagram for {}", words::duration(*ms)),
            };
            let told = Told::new(wanted, shown(case, &lead, came));
            Told { got: [told.got, vec![format!("from {source}")]].concat(), ..told }
        }
        (_, Some((source, came))) => Told::new(
            format!("{lead}nothing of this kind"),
            format!("{} from {source}", shown(case, &lead, came)),
        ),
        (_, None) => Told::new(format!("{lead}a datagram"), format!("no datagram {}", case.within())),
    }
}

/// The right datagram arrived at another peer.
pub(super) fn misdirected(case: &Case, part: &str, arrived_at: &str, payload: &Excerpt) -> Told {
    Told::new(shown(case, &format!("{part} ← "), payload), format!("the same datagram, but at {arrived_at}"))
        .advise("Answer to the address that recv_from() gave for this very datagram.")
}

fn shown(case: &Case, lead: &str, payload: &Excerpt) -> String {
    if payload.is_empty() { format!("{lead}an empty datagram") } else { case.line(lead, payload, true) }
}

fn payloads(case: &Case, lead: &str, want: &Excerpt, got: &Excerpt) -> Told {
    if !want.is_empty() && got.is_empty() {
        return Told::new(shown(case, lead, want), shown(case, lead, got)).advise(
            "recv_from() and read() fill only as many bytes as the buffer has: Vec::new() and Vec::with_capacity(n) have \
             none, vec![0; n] has n.",
        );
    }
    if want == got || want.is_empty() {
        return Told::new(shown(case, lead, want), shown(case, lead, got));
    }
    let at = stream::first_difference(want, got, None);
    let compared = compare(lead, want, got, at, case.columns);
    Told { expected: vec![compared.expected], got: compared.got, advice: difference::tell(want, got, at) }
}
