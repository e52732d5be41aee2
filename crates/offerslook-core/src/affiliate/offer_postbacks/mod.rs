//! `/aff/v1/offer_postbacks…`: what tells the affiliate of conversions.

// What follows is derived: `cargo xtask endpoint sync` writes it.
mod code;
mod create;
mod delete;
mod filter;
mod get;
mod id;
mod list;
mod row;
mod scope;
mod type_rule;
mod update;

pub use code::{ParsePostbackCodeError, PostbackCode};
pub use create::CreatePostback;
pub use delete::DeletePostback;
pub use filter::PostbackFilter;
pub use get::GetPostback;
pub use id::{ParsePostbackIdError, PostbackId};
pub use list::{ListPostbacks, PostbackField};
pub use row::{Postback, PostbackKind, PostbackStatus};
pub use scope::PostbackScope;
pub use type_rule::PostbackKindError;
pub use update::UpdatePostback;
