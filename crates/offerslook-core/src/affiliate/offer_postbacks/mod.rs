//! `/aff/v1/offer_postbacks…`: what tells the affiliate of conversions.

// `cargo xtask endpoint sync` derives what follows.
mod code;
mod create_postback;
mod delete_postback;
mod filter;
mod get_postback;
mod id;
mod list_postbacks;
mod row;
mod scope;
mod type_rule;
mod update_postback;

pub use code::{ParsePostbackCodeError, PostbackCode};
pub use create_postback::CreatePostback;
pub use delete_postback::DeletePostback;
pub use filter::PostbackFilter;
pub use get_postback::GetPostback;
pub use id::{ParsePostbackIdError, PostbackId};
pub use list_postbacks::{ListPostbacks, PostbackField};
pub use row::{Postback, PostbackKind, PostbackStatus};
pub use scope::PostbackScope;
pub use type_rule::PostbackKindError;
pub use update_postback::UpdatePostback;
