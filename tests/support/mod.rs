//! Small courses to run the checker on, and what is expected of it.

pub mod checked;
pub mod mini;
pub mod procfs;
pub mod snapshot;
pub mod terminal;
pub mod users;

pub use checked::Checked;
pub use mini::Mini;
