use super::OfferId;

/// What a batch takes as an offer id: [`OfferId`], `&OfferId` or `u64`.
///
/// `u64` is the only integer, so that literals need no suffix: `client.links([16, 102])`. This trait is sealed.
pub trait IntoOfferId: sealed::Sealed {}

impl<T: sealed::Sealed> IntoOfferId for T {}

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
