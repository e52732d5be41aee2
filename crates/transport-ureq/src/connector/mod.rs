//! How connections are made: DNS, TCP, proxy, TLS, all within one timeout.

mod dialer;
mod guarded;
mod limit;
mod secured;

pub(crate) use dialer::{Dialer, Unresolved};
