//! How many sockets a network has, by `/proc/net/sockstat` and `sockstat6`: figures that the kernel keeps for each
//! network, and that cost it no walk.

use std::io;

use crate::sandbox::procfs;

/// Whether this process's network has no socket of a transport protocol, nor what a connection leaves behind for a
/// while.
pub fn is_vacant() -> io::Result<bool> {
    let file = |name: &str| procfs::read(format!("/proc/self/net/{name}"));
    Ok(none_in(&file("sockstat")?) && file("sockstat6").map_or(true, |text| none_in(&text)))
}

/// Lines such as `TCP: inuse 0 orphan 0 tw 3 alloc 1 mem 47`, of which `inuse` and `tw` are about this network.
fn none_in(text: &str) -> bool {
    const OWN: [&str; 2] = ["inuse", "tw"];
    let mut found = 0;
    for line in text.lines() {
        let words: Vec<&str> = line.split_ascii_whitespace().skip(1).collect();
        for pair in words.chunks(2).filter(|pair| OWN.contains(&pair[0])) {
            found += 1;
            if pair.get(1) != Some(&"0") {
                return false;
            }
        }
    }
    found > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_networks_own_sockets_count() {
        let text = |tcp, tw, udp| {
            format!(
                "sockets: used 9\nTCP: inuse {tcp} orphan 7 tw {tw} alloc 8 mem 47\nUDP: inuse {udp} mem 3\n\
                 RAW: inuse 0\nFRAG: inuse 0 memory 0\n"
            )
        };
        assert!(none_in(&text(0, 0, 0)));
        for some in [text(1, 0, 0), text(0, 1, 0), text(0, 0, 1)] {
            assert!(!none_in(&some), "{some}");
        }
        assert!(none_in("TCP6: inuse 0\nUDP6: inuse 0\n") && !none_in("TCP6: inuse 2\n"));
        assert!(!none_in(""), "nothing is told");
    }

    #[test]
    fn a_listener_is_seen() {
        let _listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        assert!(!is_vacant().unwrap());
    }
}
