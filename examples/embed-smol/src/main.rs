//! Placeholder until the core stands.
fn main() {}
