//! What the benchmarks have in common. The programs that are compared are in `src/bin`; `src/main.rs` runs them.

pub mod answers;
pub mod cases;
pub mod client;
pub mod peer;
