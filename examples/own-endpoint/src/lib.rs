//! Endpoints of your own, outside of the crates of the client.
//!
//! Suppose that a network keeps notes on offers for its affiliates. The client knows nothing of them, and need not:
//! these three types use public items only, and work wherever its own endpoints work. `tests` sends them with both
//! clients.

mod batch_notes;
mod list_notes;
mod note;
mod save_note;

pub use batch_notes::BatchNotes;
pub use list_notes::ListNotes;
pub use note::Note;
pub use save_note::SaveNote;
