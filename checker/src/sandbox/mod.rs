//! Where a student's program runs: namespaces, limits, supervision. A leaf: it knows commands and
//! limits, never an exercise or a scenario.
