//! Endpoints of your own, outside of the client's crates.
//!
//! Suppose that a network keeps notes on offers for its affiliates. The client knows nothing of them, and does
//! not have to: these three types, made of public items alone, go wherever its own endpoints go. `tests` sends
//! them with both adapters.

mod batch_notes;
mod list_notes;
mod note;
mod save_note;

pub use batch_notes::BatchNotes;
pub use list_notes::ListNotes;
pub use note::Note;
pub use save_note::SaveNote;
