//! Rows as bytes, in every format, and where the bytes go.

mod cell;
mod encode;
mod format;
mod inputs;
mod json;
mod print;
mod separated;
mod sink;
mod table;
mod writer;

pub(crate) use cell::{Cell, Tone};
use encode::Encode;
pub(crate) use inputs::Inputs;
pub(crate) use print::print;
pub(crate) use sink::{Finished, Sink};
pub(crate) use writer::Writer;
