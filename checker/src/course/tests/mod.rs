//! Whole files, right and wrong.

mod course;
mod exercise;
mod language;
mod lookup;
mod robust;
mod solution;
mod steps_groups;
mod steps_keys;
mod steps_names;
mod steps_over;
mod steps_values;
mod support;
mod variables;
