use std::fmt;

/// The order of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    /// Lowest first: `+`.
    Ascending,
    /// Highest first: `-`.
    Descending,
}

impl Order {
    /// Returns the value of `sort`: `+id`.
    pub(in crate::affiliate) fn by(self, field: &str) -> impl fmt::Display {
        let sign = match self {
            Self::Ascending => '+',
            Self::Descending => '-',
        };
        format!("{sign}{field}")
    }
}
