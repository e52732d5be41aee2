use super::OfferId;

/// What a batch takes as an offer id: [`OfferId`], `&OfferId` or `u64`.
///
/// `u64` is the only integer, so that literals need no suffix: `client.links([16, 102])`. This trait is sealed.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not taken as an offer id",
    label = "expected `OfferId`, `&OfferId` or `u64`",
    note = "parse strings as `OfferId`, and convert other integers to `u64`"
)]
pub trait IntoOfferId: sealed::Sealed {}

impl IntoOfferId for OfferId {}
impl IntoOfferId for &OfferId {}
impl IntoOfferId for u64 {}

pub(crate) mod sealed {
    use super::OfferId;

    pub trait Sealed {
        /// Returns the id, or the number if it is not an id.
        fn into_offer_id(self) -> Result<OfferId, u64>;
    }

    impl Sealed for OfferId {
        fn into_offer_id(self) -> Result<OfferId, u64> {
            Ok(self)
        }
    }

    impl Sealed for &OfferId {
        fn into_offer_id(self) -> Result<OfferId, u64> {
            Ok(*self)
        }
    }

    impl Sealed for u64 {
        fn into_offer_id(self) -> Result<OfferId, u64> {
            OfferId::new(self).ok_or(self)
        }
    }
}
