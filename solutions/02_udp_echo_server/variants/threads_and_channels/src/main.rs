//! One thread receives, one answers, one prints, on two clones of one socket, tied together by channels; the
//! main thread only waits for bad news.

use std::net::{SocketAddr, UdpSocket};
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;

type Packet = (Vec<u8>, SocketAddr);

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [addr] = &args[..] else { return usage() };
    let Ok(addr) = addr.parse::<SocketAddr>() else { return usage() };
    match start(addr) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("udp_echo_server: {why}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("usage: udp_echo_server ADDR");
    ExitCode::from(2)
}

fn start(addr: SocketAddr) -> Result<(), String> {
    let ears = UdpSocket::bind(addr).map_err(|e| format!("{addr}: {e}"))?;
    let mouth = ears.try_clone().map_err(|e| e.to_string())?;
    let (to_print, lines) = channel();
    let (to_answer, packets) = sync_channel(8);
    let (trouble, bad_news) = channel();
    let also_trouble = trouble.clone();
    thread::spawn(move || hear(&ears, &to_print, &to_answer, &trouble));
    thread::spawn(move || answer(&mouth, &packets));
    thread::spawn(move || show(&lines, &also_trouble));
    Err(bad_news.recv().unwrap_or_else(|_| "all threads are gone".into()))
}

fn hear(
    socket: &UdpSocket,
    to_print: &Sender<String>,
    answers: &SyncSender<Packet>,
    trouble: &Sender<String>,
) {
    let mut buffer = [0; 65_536];
    for number in 1.. {
        let (n, peer) = match socket.recv_from(&mut buffer) {
            Ok(got) => got,
            Err(error) => {
                let _ = trouble.send(error.to_string());
                return;
            }
        };
        let _ = answers.send((buffer[..n].to_vec(), peer));
        let _ = to_print.send(format!("#{number} from {peer}: {n} bytes"));
    }
}

fn answer(socket: &UdpSocket, packets: &Receiver<Packet>) {
    for (bytes, peer) in packets {
        if let Err(error) = socket.send_to(&bytes, peer) {
            eprintln!("udp_echo_server: {peer} gets no answer: {error}");
        }
    }
}

fn show(lines: &Receiver<String>, trouble: &Sender<String>) {
    use std::io::Write;
    for line in lines {
        let mut stdout = std::io::stdout().lock();
        if let Err(error) = writeln!(stdout, "{line}").and_then(|()| stdout.flush()) {
            let _ = trouble.send(format!("stdout: {error}"));
        }
    }
}
