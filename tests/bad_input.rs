//! Whatever is wrong with the course, the call or the machine: the right exit code, and words that help.

mod course;
mod machine;
