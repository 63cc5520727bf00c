//! The host by every address of its own, and the world.
use std::net::{SocketAddr, TcpStream, UdpSocket};
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr as UnixAddr, UnixStream};
use std::time::Duration;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let (tcp, udp, mark) = (&args[2], &args[3], &args[4]);
    for host in ["127.0.0.1", "[::1]", "10.0.2.2", "172.17.0.1", "169.254.169.254", "192.0.2.1", "1.1.1.1"] {
        let to: SocketAddr = format!("{host}:{tcp}").parse().unwrap();
        assert!(TcpStream::connect_timeout(&to, Duration::from_millis(100)).is_err(), "reached {to}");
        let from = if to.is_ipv6() { "[::]:0" } else { "0.0.0.0:0" };
        let socket = UdpSocket::bind(from).unwrap();
        // To its own loopback it may send; nobody is there.
        drop(socket.send_to(b"x", format!("{host}:{udp}")));
    }
    let socket = UdpSocket::bind("0.0.0.0:0").unwrap();
    socket.set_broadcast(true).unwrap();
    assert!(socket.send_to(b"x", format!("255.255.255.255:{udp}")).is_err(), "broadcast");
    assert!(socket.send_to(b"x", format!("1.1.1.1:{udp}")).is_err(), "the world");
    let abstract_name = UnixAddr::from_abstract_name(mark).unwrap();
    assert!(UnixStream::connect_addr(&abstract_name).is_err(), "an abstract socket of the host's");
    for path in
        ["/run/docker.sock", "/var/run/docker.sock", "/run/dbus/system_bus_socket", "/run/systemd/notify"]
    {
        assert!(UnixStream::connect(path).is_err(), "{path}");
    }
}
