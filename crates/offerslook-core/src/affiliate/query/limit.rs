use std::num::NonZeroU32;

/// The number of rows per page: from 1 to `MAX_ROWS`.
///
/// ```
/// use offerslook_core::affiliate::Limit;
///
/// assert_eq!(Limit::<200>::of::<50>().get().get(), 50); // checked at compile time
/// assert_eq!(Limit::<200>::new(201), None); // checked at run time
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Limit<const MAX_ROWS: u32>(NonZeroU32);

impl<const MAX_ROWS: u32> Limit<MAX_ROWS> {
    /// The maximum.
    pub const MAX: Self = Self::of::<MAX_ROWS>();

    /// Returns this number of rows. Zero, and more than the maximum, do not compile.
    #[must_use]
    pub const fn of<const ROWS: u32>() -> Self {
        const {
            let allowed = if ROWS <= MAX_ROWS { ROWS } else { 0 };
            Self(NonZeroU32::new(allowed).expect("a limit is from 1 to the maximum number of rows per page"))
        }
    }

    /// Returns this number of rows, or `None` for zero and for more than the maximum.
    #[must_use]
    pub fn new(rows: u32) -> Option<Self> {
        NonZeroU32::new(rows).filter(|rows| *rows <= Self::MAX.0).map(Self)
    }

    /// Returns this number of rows, or the maximum if that is less.
    #[must_use]
    pub fn at_most(rows: NonZeroU32) -> Self {
        Self(rows.min(Self::MAX.0))
    }

    /// Returns the number of rows.
    #[must_use]
    pub const fn get(self) -> NonZeroU32 {
        self.0
    }
}
