//! Rows as bytes, in every format, and where the bytes go.

mod cell;
mod format;
mod inputs;
mod json;
mod print;
mod safe_text;
mod separated;
mod sink;
mod table;
mod writer;

pub(crate) use cell::{Cell, Tone};
use format::Encode;
pub(crate) use format::Format;
pub(crate) use inputs::Inputs;
pub(crate) use print::print;
pub(crate) use safe_text::safe_text;
pub(crate) use sink::Sink;
pub(crate) use writer::{Finished, Writer};
