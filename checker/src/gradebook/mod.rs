//! What is known of graded submissions: plain, serialisable data, which everything after grading is made from.

pub mod record;
