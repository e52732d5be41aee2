//! `/aff/v1/offer_postbacks…`: how the affiliate is notified of conversions.

// `cargo xtask endpoint sync` derives what follows.
mod code;
mod create_postback;
mod delete_postback;
mod field;
mod filter;
mod get_postback;
mod id;
mod kind;
mod list_postbacks;
mod row;
mod scope;
mod update_postback;

pub use code::{ParsePostbackCodeError, PostbackCode};
pub use create_postback::CreatePostback;
pub use delete_postback::DeletePostback;
pub use field::PostbackField;
pub use filter::PostbackFilter;
pub use get_postback::GetPostback;
pub use id::{ParsePostbackIdError, PostbackId};
pub use kind::{ConversionProtocol, PostbackKind, PostbackKindError};
pub use list_postbacks::ListPostbacks;
pub use row::{Postback, PostbackStatus};
pub use scope::PostbackScope;
pub use update_postback::UpdatePostback;
