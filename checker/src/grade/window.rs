//! How many submissions may be under way at a time: what they need on the disk stays small, however
//! large the class is.

use std::sync::{Condvar, Mutex, PoisonError};

/// Room for so many submissions.
#[derive(Debug)]
pub struct Window {
    /// None when nothing more may begin.
    free: Mutex<Option<usize>>,
    changed: Condvar,
}

impl Window {
    pub fn new(room: usize) -> Self {
        Window { free: Mutex::new(Some(room.max(1))), changed: Condvar::new() }
    }

    /// Waits until there is room, and takes it. False when nothing more may begin.
    pub fn enter(&self) -> bool {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match free.as_mut() {
                None => return false,
                Some(0) => free = self.changed.wait(free).unwrap_or_else(PoisonError::into_inner),
                Some(room) => {
                    *room -= 1;
                    return true;
                }
            }
        }
    }

    /// Takes room if there is some now.
    pub fn enter_at_once(&self) -> bool {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        match free.as_mut() {
            None | Some(0) => false,
            Some(room) => {
                *room -= 1;
                true
            }
        }
    }

    /// Gives the room back.
    pub fn leave(&self) {
        if let Some(room) = self.free.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            *room += 1;
        }
        self.changed.notify_one();
    }

    /// Nothing more begins.
    pub fn close(&self) {
        *self.free.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn who_finds_no_room_waits_until_somebody_leaves_or_all_is_over() {
        let window = Window::new(1);
        assert!(window.enter() && !window.enter_at_once());
        window.leave();
        assert!(window.enter_at_once());
        thread::scope(|scope| {
            let waiting = scope.spawn(|| window.enter());
            window.leave();
            assert!(waiting.join().unwrap());
            let waiting = scope.spawn(|| window.enter());
            window.close();
            assert!(!waiting.join().unwrap());
        });
        assert!(!window.enter() && !window.enter_at_once());
    }
}
