//! How connections are made: name, TCP, proxy, TLS, all within one limit.

mod dialer;
mod fault;
mod guarded;
mod limit;
mod secured;

pub(crate) use dialer::{Dialer, Unresolved};
pub(crate) use fault::timeout;
