//! The offerslook command: offer ids in, tracking links out
fn main() {}
