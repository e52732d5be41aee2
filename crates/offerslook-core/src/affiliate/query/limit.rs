use std::num::NonZeroU32;

/// How many rows a page may have: from 1 to `MOST`.
///
/// ```
/// use offerslook_core::affiliate::Limit;
///
/// assert_eq!(Limit::<200>::of::<50>().get().get(), 50); // checked by the compiler
/// assert_eq!(Limit::<200>::new(201), None); // checked when it runs
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Limit<const MOST: u32>(NonZeroU32);

impl<const MOST: u32> Limit<MOST> {
    /// As many rows as a page may have.
    pub const MOST: Self = Self::of::<MOST>();

    /// This many rows. Zero, and more than `MOST`, do not compile.
    #[must_use]
    pub const fn of<const ROWS: u32>() -> Self {
        const {
            let allowed = if ROWS <= MOST { ROWS } else { 0 };
            Self(NonZeroU32::new(allowed).expect("a limit is from 1 to the most rows of a page"))
        }
    }

    /// This many rows, or `None` for zero and for more than `MOST`.
    #[must_use]
    pub fn new(rows: u32) -> Option<Self> {
        NonZeroU32::new(rows).filter(|rows| *rows <= Self::MOST.0).map(Self)
    }

    /// This many rows, or `MOST` if they are more.
    #[must_use]
    pub fn at_most(rows: NonZeroU32) -> Self {
        Self(rows.min(Self::MOST.0))
    }

    /// The number of rows.
    #[must_use]
    pub const fn get(self) -> NonZeroU32 {
        self.0
    }
}
