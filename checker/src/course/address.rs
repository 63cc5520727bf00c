//! Addresses that a scenario may use: loopback, with a port that the kernel never gives out.

use std::net::SocketAddr;
use std::ops::RangeInclusive;

use super::field::Field;
use super::nearest::quoted;

/// Above 1023, below the range from which the kernel gives ports out.
const PORTS: RangeInclusive<u16> = 1024..=32_767;

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
    let port = address.port();
    let allowed = PORTS.contains(&port) || port == 0 && any == AnyPort::Allowed;
    if !allowed {
        let cure = format!("choose a port from {} to {}", PORTS.start(), PORTS.end());
        field.fault(format!("port {port} cannot be used"), cure);
        return None;
    }
    Some(address)
}
