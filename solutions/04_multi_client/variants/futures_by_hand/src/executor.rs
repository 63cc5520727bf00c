//! A list of futures, polled in turn.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

type Task = Pin<Box<dyn Future<Output = ()>>>;

#[derive(Clone, Default)]
pub struct Spawner(Rc<RefCell<Vec<Task>>>);

impl Spawner {
    pub fn spawn(&self, task: impl Future<Output = ()> + 'static) {
        self.0.borrow_mut().push(Box::pin(task));
    }

    /// Runs until no task is left. The youngest is polled first.
    pub fn run(&self) {
        let mut tasks: Vec<Task> = Vec::new();
        let mut context = Context::from_waker(Waker::noop());
        loop {
            tasks.append(&mut self.0.borrow_mut());
            if tasks.is_empty() {
                return;
            }
            for n in (0..tasks.len()).rev() {
                if let Poll::Ready(()) = tasks[n].as_mut().poll(&mut context) {
                    drop(tasks.swap_remove(n));
                }
            }
            thread::sleep(Duration::from_millis(1));
        }
    }
}
