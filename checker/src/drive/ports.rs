//! Ports on a network that is shared with everything else on the machine.

use std::collections::HashMap;
use std::fs::{self, DirBuilder, File};
use std::net::{SocketAddr, TcpListener, UdpSocket};
use std::os::unix::fs::DirBuilderExt;

/// Below the range from which the kernel gives ports out (ip_local_port_range of ip(7) begins at
/// 32768): no connection of anybody's can come to sit on them by chance.
const RANGE: std::ops::Range<u16> = 20_000..32_000;

/// Addresses of one scenario. Other checkers of the same user keep away from them while this lives.
#[derive(Debug)]
pub struct Claim {
    pub addrs: HashMap<String, SocketAddr>,
    _locks: Vec<File>,
}

/// For each wanted address one with the same host and a port that is free, and locked.
pub fn claim(wanted: &HashMap<String, SocketAddr>, seed: u64) -> Result<Claim, String> {
    let folder = std::env::temp_dir().join(format!("checker-ports-{}", nix::unistd::geteuid()));
    if !folder.is_dir() {
        // Another checker may make it at the same moment.
        let made = DirBuilder::new().mode(0o700).create(&folder);
        made.or_else(|error| if folder.is_dir() { Ok(()) } else { Err(error) })
            .map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let mut rng = fastrand::Rng::with_seed(seed ^ u64::from(std::process::id()));
    let mut claim = Claim { addrs: HashMap::new(), _locks: Vec::new() };
    for (name, addr) in wanted {
        let (port, lock) = (0..2000)
            .find_map(|_| lock(&folder, addr, rng.u16(RANGE)))
            .ok_or("no free port was found between 20000 and 32000")?;
        claim.addrs.insert(name.clone(), SocketAddr::new(addr.ip(), port));
        claim._locks.push(lock);
    }
    Ok(claim)
}

fn lock(folder: &std::path::Path, addr: &SocketAddr, port: u16) -> Option<(u16, File)> {
    let path = folder.join(port.to_string());
    let lock = fs::OpenOptions::new().create(true).truncate(false).write(true).open(path).ok()?;
    lock.try_lock().ok()?;
    let addr = SocketAddr::new(addr.ip(), port);
    // Free for both, so that it does not matter which of them the scenario is about.
    let free = TcpListener::bind(addr).is_ok() && UdpSocket::bind(addr).is_ok();
    free.then_some((port, lock))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_do_not_meet() {
        let wanted = HashMap::from([
            ("addr".to_owned(), "127.0.0.1:5555".parse().unwrap()),
            ("front".to_owned(), "[::1]:5555".parse().unwrap()),
        ]);
        // The same seed: both begin at the same ports.
        let first = claim(&wanted, 1).unwrap();
        let second = claim(&wanted, 1).unwrap();
        let mut ports: Vec<u16> =
            first.addrs.values().chain(second.addrs.values()).map(SocketAddr::port).collect();
        ports.sort_unstable();
        ports.dedup();
        assert_eq!(ports.len(), 4);
        assert!(first.addrs["front"].is_ipv6() && RANGE.contains(&first.addrs["addr"].port()));
    }
}
