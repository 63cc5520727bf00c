//! Addresses that a scenario may use: loopback, with a port that the kernel never gives out.

use std::cell::Cell;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::ops::{Range, RangeInclusive};

use super::field::Field;
use super::nearest::quoted;

/// Above 1023, below the range from which the kernel gives ports out.
const PORTS: RangeInclusive<u16> = 1024..=32_767;

/// The two addresses of the loopback network at which no host can be.
const NO_HOST: [IpAddr; 2] =
    [IpAddr::V4(Ipv4Addr::new(127, 0, 0, 0)), IpAddr::V4(Ipv4Addr::new(127, 255, 255, 255))];

/// An address to which a scenario gives a name.
pub(super) struct Named {
    /// None where it has a fault, which is then told already.
    pub at: Option<SocketAddr>,
    /// Where its name stands.
    pub span: Range<usize>,
    /// Whether a step has named it, or its name has a fault.
    pub used: Cell<bool>,
}

/// Whether port 0, "any", may stand in an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AnyPort {
    Refused,
    Allowed,
}

/// The address written in `field`.
pub(super) fn read(field: &Field<'_>) -> Option<SocketAddr> {
    let text = field.string()?;
    check(field, &text, AnyPort::Refused)
}

/// `text` as an address; `field` is where it is written.
pub(super) fn check(field: &Field<'_>, text: &str, any: AnyPort) -> Option<SocketAddr> {
    let Ok(address) = text.parse::<SocketAddr>() else {
        let cure = "write `127.0.0.1:PORT` or `[::1]:PORT`".to_owned();
        field.fault(format!("{} is not an address", quoted(text)), cure);
        return None;
    };
    if !address.ip().is_loopback() {
        let cure = "write `127.0.0.1` or `[::1]`; nothing else is reached from a scenario".to_owned();
        field.fault(format!("`{}` is not a loopback address", address.ip()), cure);
        return None;
    }
    if NO_HOST.contains(&address.ip()) {
        let cure = "write an address between the two ends of the network: `127.0.0.1`".to_owned();
        field.fault(format!("nobody can be at `{}`: it is no host's address", address.ip()), cure);
        return None;
    }
    let port = address.port();
    let allowed = PORTS.contains(&port) || port == 0 && any == AnyPort::Allowed;
    if !allowed {
        let cure = format!("choose a port from {} to {}", PORTS.start(), PORTS.end());
        field.fault(format!("port {port} cannot be used"), cure);
        return None;
    }
    Some(address)
}
